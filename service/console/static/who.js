// Choosing whom to be and where to speak.

import { readyToType } from "./compose.js";
import { $, badge, el, face } from "./dom.js";
import {
  chatsOf, go, isGroup, keyOf, on, openChat, personKey, same, speakAs, state,
} from "./state.js";
import { titleOf } from "./talk.js";
import { oneRole, roleName, t } from "./words.js";

const ROLES = ["teacher", "liaison", "leader", "head", "deputy_head", "office", "working", "admin"];
const MANY = 8;

export function setUpWho() {
  on("place people language unread", draw);
  $("filter").addEventListener("input", drawPeople);
}

function draw() {
  if (!state.speaker) return;
  drawChats();
  drawPeople();
  drawBadge();
}

function drawChats() {
  keepingFocus($("chats"), () => $("chats").replaceChildren(...chatsOf(state.speaker).map((chat) => el("li", {}, chatButton(chat)))));
}

function chatButton(chat) {
  const here = same(chat.id, state.chat?.id);
  const count = state.unread.get(keyOf(state.speaker, chat));
  return el("button", {
    type: "button", class: "row", "data-chat": chat.id, "data-kind": chat.kind, "aria-current": here ? "true" : null,
    on: { click: () => { openChat(chat); go("talk"); readyToType(); } },
  }, chatSign(chat), el("span", { class: "lines" },
    el("strong", { text: titleOf(chat) }), el("span", { text: chatNote(chat) })), badge(count, t("unread", { n: count })));
}

const chatSign = (chat) => (isGroup(chat)
  ? el("span", { class: "face group", "aria-hidden": "true", text: [...chat.title][0] })
  : el("img", { class: "face", src: "/console/static/icon.svg", alt: "", width: "32", height: "32" }));

const chatNote = (chat) => (isGroup(chat)
  ? [t("group"), chat.members?.length && t("members", { n: chat.members.length })].filter(Boolean).join(" · ")
  : t("only", { name: state.speaker.name }));

function drawPeople() {
  const wanted = $("filter").value.trim().toLowerCase();
  const people = state.people.filter((person) => matches(person, wanted));
  $("filter-field").hidden = state.people.length <= MANY;
  $("no-people").hidden = people.length > 0;
  keepingFocus($("people"), () => $("people").replaceChildren(...byRole(people).map(roleGroup)));
}

function matches(person, wanted) {
  const text = [person.name, person.unit, ...(person.classes ?? []), ...(person.roles ?? []).map(oneRole)].join(" ");
  return text.toLowerCase().includes(wanted);
}

/** People by the first of their roles in the order above; [[role, people], …] without empty ones. */
export function byRole(people) {
  const roles = [...ROLES, "other"].map((role) => [role, people.filter((person) => mainRole(person) === role)]);
  return roles.filter(([, members]) => members.length);
}

// A seat says more than "teacher": a liaison who teaches stands among the liaisons, the head among the heads.
const RANK = ["head", "deputy_head", "leader", "office", "admin", "liaison", "working", "teacher"];
const mainRole = (person) => RANK.find((role) => person.roles?.includes(role)) ?? "other";

function roleGroup([role, people]) {
  const id = `role-${role}`;
  return el("section", { class: "role", "data-role": role, "aria-labelledby": id },
    el("h3", { id, text: roleName(role) }), el("ul", {}, ...people.map((person) => el("li", {}, personButton(person)))));
}

function personButton(person) {
  const here = same(person.id, state.speaker.id);
  const count = here ? 0 : state.unread.get(personKey(person.id)); // one's own are counted beside the chat
  return el("button", {
    type: "button", class: "row", "data-person": person.id, "aria-current": here ? "true" : null,
    on: { click: () => { speakAs(person); go("talk"); readyToType(); } },
  }, face(person.name), el("span", { class: "lines" },
    el("strong", { text: person.name }), el("span", { text: personNote(person) })), badge(count, t("unread", { n: count })));
}

function personNote(person) {
  const others = (person.roles ?? []).filter((role) => role !== mainRole(person)).map(oneRole);
  const parts = [person.unit, person.classes?.join(t("comma")), others.join(t("comma"))];
  return parts.filter(Boolean).join(" · ");
}

function drawBadge() {
  const count = [...state.unread].filter(([key]) => chatsOf(state.speaker).some((chat) => keyOf(state.speaker, chat) === key))
    .reduce((sum, [, number]) => sum + number, 0);
  $("who-badge").hidden = !count;
  $("who-badge").textContent = count;
}

// Drawing anew must not throw a keyboard user back to the top of the page.
function keepingFocus(place, redraw) {
  const { person, chat } = place.contains(document.activeElement) ? document.activeElement.dataset : {};
  redraw();
  const again = [...place.querySelectorAll("button")].find((button) => (person ?? chat) !== undefined
    && button.dataset.person === person && button.dataset.chat === chat);
  again?.focus({ preventScroll: true });
}

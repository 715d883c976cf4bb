// What the bot said to others: any person's one-to-one messages, or all it said in a group.

import { bubble } from "./bubbles.js";
import { putInBox, readyToType } from "./compose.js";
import { $, badge, el, nearBottom, toBottom } from "./dom.js";
import {
  chatsOf, clearUnread, directOf, go, groupKey, groups, nameOf, on, openChat, ownerOf, personKey, same, show, speakAs, state,
} from "./state.js";
import { readInbox } from "./threads.js";
import { dayKey, moment, shortDay } from "./time.js";
import { byRole } from "./who.js";
import { roleName, t } from "./words.js";

const list = $("inbox");
const select = $("inbox-of");
let asked = 0;
let drawn = null;
let following = true; // while the newest message is in sight, the list stays with it

export function setUpOthers() {
  on("people language", drawSelect);
  on("shown language people", load);
  on("unread", drawArrivals);
  on("view place", () => { markRead(); drawArrivals(); drawTakeOver(); });
  select.addEventListener("change", () => show(select.value));
  $("speak-as").addEventListener("click", takeOver);
  list.addEventListener("scroll", () => { following = nearBottom(list); });
  new ResizeObserver(() => { if (following) toBottom(list); }).observe(list);
}

export const isPanelSeen = () => state.view === "others" || matchMedia("(min-width: 68em)").matches;

function drawSelect() {
  const people = byRole(state.people).map(([role, members]) => optionGroup(roleName(role), members.map((person) => personKey(person.id))));
  const rooms = optionGroup(t("group"), groups().map((chat) => groupKey(chat.id)));
  select.replaceChildren(el("option", { value: "", text: t("pick") }), ...people, rooms);
  select.value = state.shown ?? "";
}

const optionGroup = (label, keys) => el("optgroup", { label }, ...keys.map((key) => el("option", { value: key, text: nameOf(key) })));

/** Reads and draws what is shown. An answer that comes after another was asked for is let go. */
export async function load() {
  const key = state.shown;
  const turn = asked += 1;
  select.value = key ?? "";
  let trouble = null;
  const rows = key && ownerOf(key) ? await readInbox(key).catch((error) => { trouble = error.message; return []; }) : [];
  if (turn !== asked) return;
  following ||= key !== drawn;
  drawn = key;
  drawRows(rows);
  $("inbox-empty").hidden = rows.length > 0;
  $("inbox-empty").textContent = trouble ?? (key ? t("inboxNone", { name: nameOf(key) }) : t("inboxStart"));
  drawTakeOver();
  markRead();
}

function drawRows(rows) {
  const stay = following;
  list.replaceChildren(...rows.map((row, index) => entry(row, rows[index - 1])));
  if (stay) toBottom(list);
  following = stay;
}

function entry(row, before) {
  const at = moment(row.at);
  const node = bubble({ kind: "bot", reply: row, at }, { speaker: null, group: false, choose: (choice) => takeOver(choice.say) });
  if (!before || dayKey(moment(before.at)) !== dayKey(at)) node.prepend(el("span", { class: "day", text: shortDay(at) }));
  for (const button of node.querySelectorAll(".choice")) button.title = t("sayAs", { name: nameOf(state.shown) });
  return node;
}

function drawTakeOver() {
  const button = $("speak-as");
  button.hidden = !canSpeakThere();
  if (!button.hidden) button.textContent = state.shown.startsWith("p:") ? t("speakAs", { name: nameOf(state.shown) }) : t("goGroup");
}

function canSpeakThere() {
  const owner = state.shown && ownerOf(state.shown);
  return Boolean(owner) && (state.shown.startsWith("p:") || chatsOf(state.speaker).includes(owner));
}

/** Goes on as the person shown, in their one-to-one chat. A choice is put in the box and not sent: whoever tries this sees what is said. */
function takeOver(text) {
  const owner = ownerOf(state.shown);
  if (state.shown.startsWith("p:")) speakAs(owner, directOf(owner));
  else openChat(owner);
  go("talk");
  if (typeof text === "string") putInBox(text);
  else readyToType();
}

function markRead() {
  if (state.shown && isPanelSeen()) clearUnread(state.shown);
}

// The newest arrival first; the speaker's own are counted beside their chats, not here.
function drawArrivals() {
  const keys = [...state.unread.keys()].reverse().filter((key) => ownerOf(key) && !isOwn(key));
  $("arrivals").hidden = !keys.length;
  $("arrivals").replaceChildren(...keys.map(arrival));
  const sum = keys.reduce((total, key) => total + state.unread.get(key), 0);
  $("others-badge").hidden = !sum;
  $("others-badge").textContent = sum > 99 ? "99+" : sum;
}

const isOwn = (key) => state.speaker && same(key, personKey(state.speaker.id));

function arrival(key) {
  const count = state.unread.get(key);
  return el("button", { type: "button", class: "chip", "data-arrival": key, on: { click: () => show(key) } },
    el("span", { text: nameOf(key) }), badge(count, t("unread", { n: count })));
}

// Shows the open chat: the list of messages, who speaks, and where.

import { ageChoices, bubble } from "./bubbles.js";
import { putInBox } from "./compose.js";
import { $, el, faceSign, nearBottom, toBottom } from "./dom.js";
import { say, sayAgain } from "./send.js";
import {
  chatById, clearUnread, directOf, isGroup, keyOf, on, openChat, same, state,
} from "./state.js";
import { refresh, thread } from "./threads.js";
import { dayKey, shortDay } from "./time.js";
import { t } from "./words.js";

const log = $("log");
let nodes = new Map(); // item -> its entry, of the chat that is shown
let shownAs = null;

export function setUpTalk() {
  on("place", openThread);
  on("people language", () => { shownAs = null; draw(); });
  on("thread", (key) => { if (key === openKey()) draw(); });
  on("commands", () => log.querySelector(".welcome")?.replaceWith(welcome()));
  on("view", markRead);
  on("replied", announce);
  $("newer").addEventListener("click", () => { toBottom(log); log.focus(); });
  log.addEventListener("scroll", () => { if (nearBottom(log)) $("newer").hidden = true; });
  // The space for messages shrinks when a keyboard opens or the box grows: the last message stays in sight.
  new ResizeObserver(() => { if (!$("newer").hidden) return; toBottom(log); }).observe(log);
}

export const openKey = () => (state.speaker && state.chat ? keyOf(state.speaker, state.chat) : null);

export const isTalkSeen = () => state.view === "talk" || matchMedia("(min-width: 45em)").matches;

function openThread() {
  draw();
  markRead();
  const key = openKey();
  if (key) refresh(key).catch(() => {}); // the page says elsewhere that the service is away
}

function markRead() {
  if (openKey() && isTalkSeen()) clearUnread(openKey());
}

function draw() {
  if (!state.speaker || !state.chat) return;
  drawHead();
  const as = `${openKey()}|${state.speaker.id}`;
  if (as !== shownAs) startOver(as);
  const follow = nearBottom(log);
  const added = drawEntries();
  if (follow) toBottom(log);
  else if (added) $("newer").hidden = false;
}

function startOver(as) {
  shownAs = as;
  nodes = new Map();
  log.replaceChildren(welcome());
  $("newer").hidden = true;
  toBottom(log);
}

function drawHead() {
  const { speaker, chat } = state;
  $("talk-title").textContent = titleOf(chat);
  $("talk-as").textContent = t("as", { name: speaker.name });
  $("where-face").textContent = faceSign(speaker.name);
  $("talk").dataset.chat = chat.id;
  $("talk").dataset.person = speaker.id;
}

export const titleOf = (chat) => (isGroup(chat) ? chat.title : t("direct"));

/** Puts the entries in order, making only those that are new or changed, so that what is read aloud is only what is new. */
function drawEntries() {
  const items = thread(openKey()).items.filter(isMine);
  const lastOwn = items.findLastIndex((item) => item.kind === "mine" && same(item.person.id, state.speaker.id));
  let previous = log.firstElementChild; // the welcome
  let day = null;
  let added = false;
  items.forEach((item, index) => {
    added ||= !nodes.has(item);
    const entry = entryOf(item);
    const today = dayKey(item.at);
    markDay(entry, item, today !== day);
    day = today;
    if (previous.nextElementSibling !== entry) previous.after(entry);
    ageChoices(entry, { late: index < lastOwn, foreign: Boolean(item.to) && !same(item.to.id, state.speaker.id) });
    previous = entry;
  });
  return added;
}

// In a group, a private hint is there for the one it was meant for.
const isMine = (item) => !["hint", "quiet"].includes(item.kind) || same(item.person.id, state.speaker.id);

function entryOf(item) {
  const before = nodes.get(item);
  if (before && !item.stale) return before;
  const entry = bubble(item, lookedAt());
  item.stale = false;
  if (before) before.replaceWith(entry);
  nodes.set(item, entry);
  return entry;
}

const lookedAt = () => ({
  speaker: state.speaker,
  group: isGroup(state.chat),
  titleOf: (reply) => (isGroup(chatById(reply.chat)) ? chatById(reply.chat).title : null),
  choose: (choice) => say(choice.say),
  resend: sayAgain,
  edit: (item) => putInBox(item.text),
  follow: (item) => openChat(isGroup(chatById(item.reply.chat)) ? chatById(item.reply.chat) : directOf(state.speaker)),
});

function markDay(entry, item, first) {
  const label = entry.querySelector(":scope > .day");
  if (first && !label) entry.prepend(el("span", { class: "day", text: shortDay(item.at) }));
  if (!first) label?.remove();
}

function welcome() {
  const first = state.commands.length ? t("welcomeOne") : t("welcomeNoExample");
  return el("div", { class: "welcome" },
    el("strong", { text: t("welcomeTitle") }),
    el("ol", {}, ...[first, t("welcomeTwo"), t("welcomeThree")].map((text) => el("li", { text }))),
    el("p", { text: t("foot") }));
}

// The log says new entries aloud by itself; when the answer came while another part was in view, this line does.
function announce({ replies }) {
  if (!isTalkSeen()) $("said").textContent = replies.map((reply) => reply.title ?? reply.text).join("\n");
}

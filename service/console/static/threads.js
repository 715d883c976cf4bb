// Keeps what was said in each chat while the page is open, and joins to it what the service says was delivered.

import { ask } from "./api.js";
import { chatById, groupKey, isGroup, ring } from "./state.js";
import { moment, now } from "./time.js";

const threads = new Map(); // key -> { items, loaded }
const waiting = new Map(); // key -> the last send that hasn't been answered
const SLACK = 2_000; // milliseconds: delivery times may be rounded to the second
const ALIKE = 60_000; // milliseconds within which an answer and its copy in the inbox are the same

export function thread(key) {
  if (!threads.has(key)) threads.set(key, { items: [], loaded: false });
  return threads.get(key);
}

export function add(key, item) {
  thread(key).items.push(item);
  ring("thread", key);
  return item;
}

/** Puts an answer under the message it answers, though a second one may have been sent meanwhile. */
export function addUnder(key, said, item) {
  const { items } = thread(key);
  let place = items.indexOf(said) + 1;
  while (place > 0 && items[place]?.under === said) place += 1;
  items.splice(place || items.length, 0, { ...item, under: said });
  ring("thread", key);
}

/** Takes an item to the end: a message sent again is said again. */
export function toEnd(key, item) {
  const { items } = thread(key);
  items.push(...items.splice(items.indexOf(item), 1));
}

/** Runs sends to one chat one after another: what a second message means may hang on the first one's answer. */
export function inTurn(key, job) {
  const turn = (waiting.get(key) ?? Promise.resolve()).then(job);
  const settled = turn.catch(() => {});
  waiting.set(key, settled);
  return turn;
}

/** What delivery brought to a person (`p:ID`) or what the bot said in a group (`c:ID`), oldest first. */
export function readInbox(key) {
  return ask("inbox", key.startsWith("p:") ? { person: key.slice(2) } : { chat: key.slice(2) });
}

/** Reads a chat's inbox into its thread. Waits for an answer under way, so that it isn't taken for someone else's. */
export async function refresh(key) {
  await waiting.get(key);
  const rows = await readInbox(key);
  const known = byRow(thread(key).items);
  for (const row of rows) settle(key, row, known);
  thread(key).loaded = true;
  ring("thread", key);
}

function settle(key, row, known) {
  const before = known.get(rowKey(row))?.shift();
  if (before) return reword(before, row);
  const { items } = thread(key);
  const answer = items.find((item) => item.kind === "bot" && !item.row && isCopy(item, row));
  if (answer) { answer.row = rowKey(row); return; }
  insert(items, { kind: "bot", reply: row, at: moment(row.at), row: rowKey(row), delivered: true });
}

// A delivered message is worded when it is read: in another language it is the same message, worded anew.
function reword(item, row) {
  if (!item.delivered || (item.reply.text === row.text && item.reply.title === row.title)) return;
  item.reply = row;
  item.stale = true;
}

function byRow(items) {
  const known = new Map();
  for (const item of items) {
    if (!item.row) continue;
    if (!known.has(item.row)) known.set(item.row, []);
    known.get(item.row).push(item);
  }
  return known;
}

// Named without its words, which change with the language.
const rowKey = (row) => String(row.id ?? `${row.at}|${row.notice}|${JSON.stringify(row.facts ?? null)}`);

function isCopy(item, row) {
  if (item.reply.notice !== row.notice || Math.abs(item.at - moment(row.at)) > ALIKE) return false;
  return item.reply.text === row.text || JSON.stringify(item.reply.facts) === JSON.stringify(row.facts);
}

// By time, but never before something said in the same moment: what has just arrived belongs at the end.
function insert(items, item) {
  let place = items.length;
  while (place > 0 && items[place - 1].at > item.at + SLACK) place -= 1;
  items.splice(place, 0, item);
}

/** Whether a reply belongs in `chat`. A one-to-one chat may be called by any id that isn't a group's. */
export function belongs(reply, chat) {
  if (reply.chat === undefined || reply.chat === null) return true;
  const group = isGroup(chatById(reply.chat));
  return isGroup(chat) ? group && groupKey(reply.chat) === groupKey(chat.id) : !group;
}

export const stamp = () => now() ?? 0;

// What the page knows, in one place, and the bell that tells its parts when something has changed.

import { ask } from "./api.js";

const REMEMBERED = "zoufang.place";
const bell = new EventTarget();

export const state = {
  people: [], chats: [], commands: [],
  speaker: null, // one of people
  chat: null, // one of chats
  shown: null, // whose messages the panel shows: a key as of keyOf
  view: "talk", // which part a narrow screen shows
  unread: new Map(), // key -> count, in the order of arrival
  drafts: new Map(),
};

export const on = (names, listener) => {
  for (const name of names.split(" ")) bell.addEventListener(name, (event) => listener(event.detail));
};
export const ring = (name, detail) => bell.dispatchEvent(new CustomEvent(name, { detail }));

// Ids may be numbers or text; they are compared as text and sent back as they came.
export const same = (one, other) => String(one) === String(other);
export const personById = (id) => state.people.find((person) => same(person.id, id)) ?? null;
export const chatById = (id) => state.chats.find((chat) => same(chat.id, id)) ?? null;
export const isGroup = (chat) => chat?.kind === "group";
export const groups = () => state.chats.filter(isGroup);

/** A person's one-to-one thread is `p:ID`, a group's `c:ID`: a group is one thread, whoever of us looks at it. */
export const personKey = (id) => `p:${id}`;
export const groupKey = (id) => `c:${id}`;
export const keyOf = (person, chat) => (isGroup(chat) ? groupKey(chat.id) : personKey(person.id));
export const ownerOf = (key) => (key.startsWith("p:") ? personById(key.slice(2)) : chatById(key.slice(2)));
export const nameOf = (key) => ownerOf(key)?.name ?? ownerOf(key)?.title ?? key.slice(2);

/** The chats in which this person can speak: their own one-to-one, and the groups they belong to. */
export function chatsOf(person) {
  const direct = state.chats.filter((chat) => !isGroup(chat));
  const own = direct.find((chat) => isMember(person, chat)) ?? direct[0];
  const mine = groups().filter((chat) => isMember(person, chat));
  return [...(mine.length ? mine : groups()), ...(own ? [own] : [])];
}

export const directOf = (person) => chatsOf(person).find((chat) => !isGroup(chat)) ?? null;

function isMember(person, chat) {
  if (!chat.members?.length) return isGroup(chat);
  return chat.members.some((member) => same(member?.id ?? member, person.id) || member === person.name);
}

export async function loadPlaces() {
  const [people, chats] = await Promise.all([ask("people"), ask("chats")]);
  Object.assign(state, { people, chats });
  state.speaker = state.speaker && personById(state.speaker.id);
  state.chat = state.chat && chatById(state.chat.id);
  ring("people");
}

/** Reads people and chats again, after something that may have changed them. */
export async function reloadPlaces() {
  await loadPlaces();
  if (!state.speaker) firstPlace();
  else if (!state.chat) speakAs(state.speaker);
}

/** Where we were before the page was loaded again, else a teacher with a class, in their group: the first visit is one tap away. */
export function firstPlace() {
  const kept = recall();
  const teachers = state.people.filter((person) => person.roles?.includes("teacher") && person.classes?.length);
  const teacher = teachers.find((person) => person.roles.length === 1) ?? teachers[0];
  speakAs(personById(kept.person) ?? teacher ?? state.people[0], chatById(kept.chat));
}

/** Becomes `person`: in `chat` where they may speak there, else in their first group or one-to-one. */
export function speakAs(person, chat = state.chat) {
  if (!person) return;
  const open = chatsOf(person);
  const changed = !state.speaker || !same(state.speaker.id, person.id);
  state.speaker = person;
  state.chat = open.find((one) => chat && same(one.id, chat.id)) ?? open[0] ?? null;
  remember();
  ring("place", { changed });
}

export const openChat = (chat) => speakAs(state.speaker, chat);

export function show(key) {
  state.shown = key || null;
  ring("shown");
}

export function go(view) {
  state.view = view;
  document.body.dataset.view = view;
  ring("view");
}

export function countUnread(key) {
  const count = (state.unread.get(key) ?? 0) + 1;
  state.unread.delete(key); // put last again, so that the newest arrival can be shown first
  state.unread.set(key, count);
  ring("unread", key);
}

export function clearUnread(key) {
  if (state.unread.delete(key)) ring("unread", null);
}

export const draftKey = () => `${state.speaker?.id}|${state.chat?.id}`;

function remember() {
  const place = { person: state.speaker?.id, chat: state.chat?.id };
  try { localStorage.setItem(REMEMBERED, JSON.stringify(place)); } catch { /* then a reload starts afresh */ }
}

function recall() {
  try { return JSON.parse(localStorage.getItem(REMEMBERED)) ?? {}; } catch { return {}; }
}

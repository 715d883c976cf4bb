// Sends what was typed, and puts the answers where they belong. A repeat carries the same id, so that it counts once.

import { newId, tell } from "./api.js";
import {
  chatById, countUnread, groupKey, isGroup, keyOf, personKey, reloadPlaces, ring, same, state,
} from "./state.js";
import { add, addUnder, belongs, inTurn, stamp, toEnd } from "./threads.js";

export function say(text, person = state.speaker, chat = state.chat) {
  const item = { kind: "mine", id: newId(), person, chat, text, at: stamp(), state: "sending" };
  add(keyOf(person, chat), item);
  return deliver(item);
}

export function sayAgain(item) {
  item.at = stamp();
  toEnd(keyOf(item.person, item.chat), item);
  return deliver(item);
}

// Resolves when the outcome is known; the item then tells it.
function deliver(item) {
  const key = keyOf(item.person, item.chat);
  change(key, item, "sending");
  return inTurn(key, () => attempt(key, item));
}

async function attempt(key, item) {
  const body = { person: item.person.id, chat: item.chat.id, text: item.text, message_id: item.id };
  try {
    const { replies } = await tell("messages", body);
    change(key, item, "sent");
    place(key, item, replies ?? []);
  } catch (error) {
    item.error = error.message;
    change(key, item, error.sure ? "refused" : "unsure");
  }
}

function change(key, item, outcome) {
  item.state = outcome;
  item.stale = true;
  ring("thread", key);
}

function place(key, item, replies) {
  if (!replies.length) addUnder(key, item, { kind: "quiet", person: item.person, chat: item.chat, at: stamp() });
  for (const reply of replies) {
    if (belongs(reply, item.chat)) addUnder(key, item, answer(item, reply));
    else placeElsewhere(key, item, reply);
  }
  ring("replied", { item, replies });
  // A change to the roster may change who is there, and where.
  if (replies.some((reply) => reply.understood?.command === "roster")) reloadPlaces().catch(() => {});
}

const answer = (item, reply) => ({ kind: "bot", reply, at: stamp(), to: item.person });

function placeElsewhere(key, item, reply) {
  const group = chatById(reply.chat);
  const there = isGroup(group) ? groupKey(group.id) : personKey(item.person.id);
  addUnder(key, item, { kind: "hint", reply, person: item.person, at: stamp() });
  add(there, answer(item, reply));
  const open = same(keyOf(state.speaker, state.chat), there);
  if (!open) countUnread(there);
}

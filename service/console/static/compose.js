// The box to type in: drafts, examples to tap, and when Enter sends.

import { ask } from "./api.js";
import { closeCompletion, completionKey, setUpCompletion } from "./completion.js";
import { $, el } from "./dom.js";
import { say } from "./send.js";
import { draftKey, on, ring, state } from "./state.js";
import { t } from "./words.js";

const box = $("box");
const COUNTED = 1_000; // characters from which the length is shown
// On a touch keyboard Shift + Enter can't be typed: there Enter is a new line, and the button sends.
const touch = matchMedia("(hover: none) and (pointer: coarse)");
let draftOf = null;

export function setUpCompose() {
  setUpCompletion(box, putInBox);
  $("compose").addEventListener("submit", (event) => { event.preventDefault(); send(); });
  $("send").addEventListener("pointerdown", keepFocus);
  box.addEventListener("keydown", onKey);
  box.addEventListener("input", onInput);
  $("examples").addEventListener("wheel", slide, { passive: false });
  on("place", ({ changed }) => { swapDraft(); if (changed) loadCommands(); });
  on("language clock", loadCommands);
  on("language", label);
  on("view", fit);
  on("commands", drawExamples);
  label();
}

function label() {
  box.placeholder = t("boxHint");
  box.enterKeyHint = touch.matches ? "enter" : "send";
  showCount();
}

// Without this, a tap beside the box closes a phone's keyboard and moves the page under the thumb.
const keepFocus = (event) => { if (document.activeElement === box) event.preventDefault(); };

function onKey(event) {
  // While a Chinese word is being composed Enter picks the word; Safari tells it only by the key code.
  if (event.isComposing || event.keyCode === 229) return;
  if (completionKey(event)) { event.preventDefault(); return; }
  if (event.key !== "Enter" || event.shiftKey || touch.matches) return;
  event.preventDefault();
  send();
}

// A mouse has no sideways wheel: over the examples, down is along.
function slide(event) {
  const strip = $("examples");
  if (event.deltaX || strip.scrollWidth <= strip.clientWidth) return;
  event.preventDefault();
  strip.scrollLeft += event.deltaY;
}

function onInput() {
  state.drafts.set(draftKey(), box.value);
  fit();
  showCount();
  drawExamples();
}

function send() {
  const text = box.value;
  if (!text.trim() || !state.speaker || !state.chat) return;
  closeCompletion();
  say(text);
  fill("");
}

/** Moves the focus to where one goes on: the box, or on a phone, where that would open the keyboard, the messages. */
export function readyToType() {
  (touch.matches ? $("log") : box).focus({ preventScroll: true });
}

/** Puts a text into the box, to be looked at and sent. */
export function putInBox(text) {
  fill(text);
  box.focus();
  box.setSelectionRange(text.length, text.length);
}

function fill(text) {
  box.value = text;
  onInput();
}

function swapDraft() {
  if (draftOf === draftKey()) return;
  draftOf = draftKey();
  closeCompletion();
  fill(state.drafts.get(draftOf) ?? "");
}

// Where the browser can't grow a field by itself; a hidden box has no height to measure.
function fit() {
  if (CSS.supports("field-sizing", "content") || !box.offsetParent) return;
  box.style.height = "auto";
  box.style.height = `${box.scrollHeight + 2}px`;
}

function showCount() {
  const { length } = box.value;
  $("box-count").hidden = length < COUNTED;
  $("box-count").textContent = t("count", { n: length });
}

/** Asks which commands this person has; without an answer the box is a plain one. */
async function loadCommands() {
  const person = state.speaker;
  if (!person) return;
  const found = await ask("commands", { person: person.id }).catch(() => []);
  if (person !== state.speaker) return;
  state.commands = Array.isArray(found) ? found : [];
  ring("commands");
}

// Examples are there while there is nothing to lose: an empty box, or one with an example in it.
function drawExamples() {
  const examples = [...new Set(state.commands.map((command) => command.example).filter(Boolean))];
  const idle = !box.value || examples.includes(box.value);
  const strip = $("examples");
  strip.hidden = !idle || !examples.length;
  if (strip.hidden) return;
  const drawn = [...strip.children].map((chip) => chip.dataset.example);
  if (drawn.join("\n") !== examples.join("\n")) strip.replaceChildren(...examples.map(chip));
}

const chip = (example) => el("button", {
  type: "button", class: "chip", "data-example": example, title: example, text: example.replace(/\s+/g, " "),
  on: { click: () => putInBox(example), pointerdown: keepFocus },
});

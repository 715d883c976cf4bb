// The list of commands that opens at "/": what each is called and does, picked with a tap, Enter or Tab.

import { $, el } from "./dom.js";
import { on, state } from "./state.js";
import { language } from "./words.js";

const list = $("completion");
const START = /^([/／、])(\S*)$/;
let box;
let put;
let found = [];
let active = 0;

/** `putText(text)` writes into the box. */
export function setUpCompletion(textarea, putText) {
  box = textarea;
  put = putText;
  box.addEventListener("input", open);
  box.addEventListener("blur", closeCompletion);
  on("commands language", () => { if (!list.hidden) open(); });
}

/** Handles a key while the list is open; true when the key is used up. */
export function completionKey(event) {
  if (list.hidden) return false;
  if (event.key === "ArrowDown" || event.key === "ArrowUp") return move(event.key === "ArrowDown" ? 1 : -1);
  if (event.key === "Escape") return closeCompletion();
  if (event.key === "Tab" && !event.shiftKey) return pick(found[active]);
  // A name that is already typed in full is sent as it is.
  if (event.key === "Enter" && !event.shiftKey && !isWhole()) return pick(found[active]);
  return false;
}

export function closeCompletion() {
  list.hidden = true;
  box.removeAttribute("aria-activedescendant");
  return true;
}

function open() {
  const typed = START.exec(box.value)?.[2]?.toLowerCase();
  found = typed === undefined ? [] : state.commands.map((command) => match(command, typed)).filter(Boolean);
  if (!found.length) { closeCompletion(); return; }
  list.replaceChildren(...found.map(option));
  list.hidden = false;
  active = 0;
  mark();
}

/** A command whose names begin with what was typed, under the name that did; with nothing typed, under the reader's own. */
function match(command, typed) {
  const names = [...new Set([...(command.names ?? []), command.name])].map(bare);
  const hit = typed ? names.find((name) => name.toLowerCase().startsWith(typed)) : ownName(names, bare(command.name));
  return hit ? { command, name: hit } : null;
}

const bare = (name) => String(name).replace(/^[/／、]/, "");
const ownName = (names, english) => (language() === "en" ? english : names.find((name) => /\p{Script=Han}/u.test(name)) ?? english);

function option({ command, name }, index) {
  return el("li", {
    id: `command-${index}`, role: "option", "data-command": bare(command.name),
    // The box keeps the focus: a blur would close the list before the tap lands.
    on: { pointerdown: (event) => event.preventDefault(), click: () => pick(found[index]) },
  }, el("span", { class: "command", text: `/${name}` }), el("span", { class: "summary", text: command.summary ?? "" }));
}

function move(step) {
  active = (active + step + found.length) % found.length;
  mark();
  return true;
}

function mark() {
  [...list.children].forEach((entry, index) => entry.setAttribute("aria-selected", String(index === active)));
  const entry = list.children[active];
  box.setAttribute("aria-activedescendant", entry.id);
  entry.scrollIntoView({ block: "nearest" });
}

function isWhole() {
  const typed = START.exec(box.value)?.[2]?.toLowerCase();
  return found.some(({ name }) => name.toLowerCase() === typed);
}

function pick({ name }) {
  put(`/${name} `);
  return closeCompletion();
}

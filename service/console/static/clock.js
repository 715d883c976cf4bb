// The school's clock, and the buttons that move it: what falls due on the way is done while we watch.

import { ask, tell } from "./api.js";
import { $, el } from "./dom.js";
import { go, nameOf, on, ring, show } from "./state.js";
import { clockTime, fieldValue, fromField, fullDay, nextFriday, now, setNow, shortDay } from "./time.js";
import { t } from "./words.js";

const told = new Map(); // key -> how many arrived since the last move
const AFTER = 1_500; // milliseconds in which the last deliveries of a move may still be told to the page
let moved = false;
let counting = false;
let busy = false;

export function setUpClock() {
  $("clock-steps").addEventListener("click", onStep);
  $("clock-form").addEventListener("submit", onForm);
  on("language", () => { draw(); drawTold(); drawBusy(); });
  on("people", drawTold);
  setInterval(draw, 1000);
}

export async function readClock() {
  takeNow((await ask("clock")).now);
}

/** Sets the page by what the service says the time is. */
export function takeNow(iso) {
  const before = now();
  setNow(iso);
  if (before === null || Math.abs(now() - before) > 60_000) $("clock-to").value = fieldValue(now());
  draw();
}

/** Counts a delivery, so that a move can say whom the bot told on the way. */
export function countTold(key) {
  if (!counting) return;
  told.set(key, (told.get(key) ?? 0) + 1);
  drawTold();
}

function onStep(event) {
  const button = event.target.closest("button");
  if (!button || busy) return;
  move(button.dataset.to === "friday" ? { to: nextFriday() } : { advance: button.dataset.advance });
}

function onForm(event) {
  event.preventDefault();
  if (!busy && $("clock-to").value) move({ to: fromField($("clock-to").value) });
}

async function move(where) {
  setBusy(true);
  try {
    // Fifteen days may take a while, and a step can't be sent twice: we wait as long as it takes.
    takeNow((await tell("clock", where, { patience: 0 })).now);
    ring("clock");
  } catch (error) {
    $("clock-error").textContent = error.message;
    $("clock-error").hidden = false;
  } finally {
    setBusy(false);
    drawTold();
    setTimeout(() => { counting = busy; }, AFTER);
  }
}

function setBusy(value) {
  busy = value;
  if (busy) {
    moved = true;
    counting = true;
    told.clear();
    $("clock-error").hidden = true;
    $("clock-told").hidden = true;
  }
  drawBusy();
}

function drawBusy() {
  $("clock").setAttribute("aria-busy", String(busy));
  $("clock-busy").textContent = busy ? t("busy") : "";
  for (const control of $("clock").querySelectorAll("#clock-steps button, #clock-form button, #clock-form input")) control.disabled = busy;
}

function draw() {
  const at = now();
  if (at === null) return;
  $("now").dateTime = fromField(fieldValue(at));
  write($("now-day"), fullDay(at));
  write($("now-time"), clockTime(at));
  write($("clock-pill-time"), `${shortDay(at)} ${clockTime(at)}`);
}

// Written only when it changes, or a screen reader would be told every second.
function write(node, text) {
  if (node.textContent !== text) node.textContent = text;
}

function drawTold() {
  if (!moved || (busy && !told.size)) return;
  const sum = [...told.values()].reduce((total, number) => total + number, 0);
  $("clock-told").hidden = false;
  $("clock-told").replaceChildren(
    el("span", { text: sum ? t("told", { n: sum }) : t("toldNone") }),
    ...[...told].map(([key, count]) => receiver(key, count)));
}

const receiver = (key, count) => el("button", {
  type: "button", class: "chip", "data-told": key, on: { click: () => { show(key); go("others"); } },
}, el("span", { text: nameOf(key) }), el("span", { class: "times", text: count }));

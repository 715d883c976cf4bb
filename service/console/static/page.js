// Starts the page and listens for what happens by itself: deliveries, the clock, a lost connection.

import { events } from "./api.js";
import { countTold, readClock, setUpClock, takeNow } from "./clock.js";
import { setUpCompose } from "./compose.js";
import { $, el } from "./dom.js";
import { isPanelSeen, load, setUpOthers } from "./others.js";
import {
  chatById, countUnread, firstPlace, go, groupKey, isGroup, loadPlaces, on, personById, personKey, reloadPlaces, ring, show, state,
} from "./state.js";
import { isTalkSeen, openKey, setUpTalk } from "./talk.js";
import { refresh } from "./threads.js";
import { setUpWho } from "./who.js";
import { chooseFirstLanguage, otherLanguage, t, useLanguage } from "./words.js";

const CALM = 150; // milliseconds: a burst of deliveries is read once
const GIVE_UP = 4_000; // milliseconds without a connection before the page says so
const reading = new Map();
let lost = null;
let source = null;
let missed = false;

function start() {
  chooseFirstLanguage();
  [setUpTalk, setUpCompose, setUpWho, setUpOthers, setUpClock].forEach((setUp) => setUp());
  on("view", drawTabs);
  on("language", drawLanguage);
  on("clock", () => reloadPlaces().catch(() => {}));
  $("language").addEventListener("click", changeLanguage);
  for (const button of document.querySelectorAll("[data-go]")) button.addEventListener("click", () => go(button.dataset.go));
  watchKeyboard();
  document.addEventListener("visibilitychange", onLookedAt);
  drawLanguage();
  drawTabs();
  open();
}

async function open() {
  $("banner").hidden = true;
  try {
    await Promise.all([readClock(), loadPlaces()]);
    firstPlace();
    show(null);
    listen();
  } catch (error) {
    const again = el("button", { type: "button", class: "link", text: t("retry"), on: { click: open } });
    say(t("noService", { error: error.message }), again);
  }
}

// A browser allows an address six connections: a tab that nobody looks at gives its own back.
function listen() {
  if (source || document.hidden) return;
  source = events();
  source.addEventListener("delivered", (event) => onDelivered(JSON.parse(event.data)));
  source.addEventListener("clock", (event) => takeNow(JSON.parse(event.data).now));
  source.addEventListener("open", onConnected);
  source.addEventListener("error", onLost);
}

function onLookedAt() {
  if (!document.hidden) return listen();
  source?.close();
  source = null;
  missed = true;
}

function onDelivered({ person, chat }) {
  const keys = [];
  if (personById(person)) keys.push(personKey(person));
  if (isGroup(chatById(chat))) keys.push(groupKey(chat));
  keys.forEach(onArrival);
}

function onArrival(key) {
  const talking = key === openKey();
  if (!(talking && isTalkSeen()) && !(key === state.shown && isPanelSeen())) countUnread(key);
  countTold(key);
  // The first to be told anything is shown at once: a newcomer need not know where to look.
  if (!state.shown && !talking && key.startsWith("p:")) show(key);
  else later(key);
}

function later(key) {
  clearTimeout(reading.get(key));
  reading.set(key, setTimeout(() => readAgain(key), CALM));
}

function readAgain(key) {
  if (key === openKey()) refresh(key).catch(() => {});
  if (key === state.shown) load();
}

// What came while the connection was lost is read now.
function onConnected() {
  clearTimeout(lost);
  lost = null;
  if (missed) {
    $("banner").hidden = true;
    [...new Set([openKey(), state.shown])].filter(Boolean).forEach(later);
    readClock().catch(() => {});
  }
  missed = false;
}

// EventSource tries again by itself, except after an answer that it takes for final.
function onLost() {
  missed = true;
  if (source?.readyState === EventSource.CLOSED) {
    source = null;
    setTimeout(listen, GIVE_UP);
  }
  lost ??= setTimeout(() => say(t("offline")), GIVE_UP);
}

function say(text, ...more) {
  $("banner").replaceChildren(el("span", { text }), ...more);
  $("banner").hidden = false;
}

function changeLanguage() {
  useLanguage(otherLanguage());
  ring("language");
  if (openKey()) refresh(openKey()).catch(() => {});
}

function drawLanguage() {
  $("language").textContent = t("switchTo");
  $("language").setAttribute("aria-label", t("switchLabel"));
  $("language").lang = otherLanguage();
}

function drawTabs() {
  for (const button of document.querySelectorAll("#tabs [data-go]")) {
    if (button.dataset.go === state.view) button.setAttribute("aria-current", "page");
    else button.removeAttribute("aria-current");
  }
}

// An iPhone's keyboard lies over the page instead of shrinking it: the page is then made as high as what can be seen.
function watchKeyboard() {
  const seen = window.visualViewport;
  if (!seen) return;
  let tallest = seen.height;
  let width = seen.width;
  seen.addEventListener("resize", () => {
    if (seen.scale > 1.01) return; // zoomed in by the reader, no keyboard
    if (seen.width !== width) { tallest = 0; width = seen.width; }
    tallest = Math.max(tallest, seen.height);
    const keyboard = seen.height < tallest * 0.75 && document.activeElement === $("box");
    document.body.classList.toggle("typing", keyboard);
    document.body.style.setProperty("--seen", keyboard ? `${seen.height}px` : "100dvh");
    if (keyboard) window.scrollTo(0, 0);
  });
}

start();

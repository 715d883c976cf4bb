// Draws one message: mine, the bot's, a hint that only I can see, or a word about what became of it.

import { el, face } from "./dom.js";
import { clockTime } from "./time.js";
import { t } from "./words.js";

const LONG = 900; // characters, or lines, after which a message is folded
const LONG_LINES = 16;

/**
 * Makes the entry of `item`. `view` says how it is looked at: `speaker`, `group` (names are shown),
 * and what a tap does: `choose(choice)`, `resend(item)`, `edit(item)`, `follow(item)`.
 */
export function bubble(item, view) {
  const draw = { mine, bot, hint, quiet }[item.kind];
  return draw(item, view);
}

function mine(item, view) {
  const own = item.person.id === view.speaker?.id;
  const entry = el("article", { class: own ? "entry mine" : "entry theirs", "data-kind": "mine", "data-state": item.state });
  const lines = el("div", { class: "lines" });
  if (view.group && !own) lines.append(el("span", { class: "name", text: item.person.name }));
  lines.append(el("div", { class: "bubble" }, foldable(item.text)), meta(item.at, item));
  if (item.state === "unsure") lines.append(trouble(t("unsure"), t("resend"), "resend", () => view.resend(item)));
  if (item.state === "refused") {
    lines.append(trouble(t("refused", { error: item.error }), t("edit"), "edit", () => view.edit(item)));
  }
  entry.append(...(own ? [lines] : [face(item.person.name), lines]));
  return entry;
}

function bot(item, view) {
  const { reply } = item;
  const card = el("div", { class: "bubble" }, ...wording(reply), choices(reply, view));
  const lines = el("div", { class: "lines" });
  if (view.group) lines.append(el("span", { class: "name", text: t("bot") }));
  lines.append(card, meta(item.at, item));
  const sign = el("img", { class: "face", src: "/console/static/icon.svg", alt: "", width: "32", height: "32" });
  return el("article", { ...marks("bot", reply), class: "entry bot" }, sign, lines);
}

function hint(item, view) {
  const { reply } = item;
  const label = view.titleOf(reply) ? t("saidIn", { title: view.titleOf(reply) }) : t("onlyYou");
  const link = el("button", {
    type: "button", class: "link", "data-test": "hint-link", text: view.titleOf(reply) ? t("toChat") : t("toDirect"),
    on: { click: () => view.follow(item) },
  });
  return el("article", { ...marks("hint", reply), class: "entry hint" },
    el("div", { class: "card" }, el("strong", { class: "only", text: label }), ...wording(reply), link));
}

function quiet(item) {
  const text = item.chat.kind === "group" ? t("quietGroup") : t("quietDirect");
  return el("p", { class: "entry aside", "data-kind": "quiet", text });
}

const marks = (kind, reply) => ({
  "data-kind": kind, "data-outcome": reply.outcome, "data-notice": reply.notice, "data-about": reply.about, "data-reason": reply.reason,
});

// The title may stand alone or be the first line of the text; it is shown once.
function wording({ title, text = "" }) {
  const rest = title && text.startsWith(title) ? text.slice(title.length).replace(/^\n/, "") : text;
  const head = title ? el("p", { class: "title", text: title, ...tongue(title) }) : null;
  return [head, rest ? foldable(rest) : null].filter(Boolean);
}

// Whatever language the page is in: words are shown and read aloud in the one they are written in.
const tongue = (text) => ({ dir: "auto", lang: /\p{Script=Han}/u.test(text) ? "zh-CN" : null });

function foldable(text) {
  const words = el("p", { class: "words", text, ...tongue(text) });
  if (text.length <= LONG && text.split("\n").length <= LONG_LINES) return words;
  words.classList.add("folded");
  const more = el("button", { type: "button", class: "link fold", "aria-expanded": "false", text: t("more") });
  more.addEventListener("click", () => {
    const folded = words.classList.toggle("folded");
    more.textContent = folded ? t("more") : t("less");
    more.setAttribute("aria-expanded", String(!folded));
  });
  return el("div", {}, words, more);
}

function choices(reply, view) {
  if (!reply.choices?.length) return null;
  return el("div", { class: "choices", role: "group" }, ...reply.choices.map((choice) => el("button", {
    type: "button", class: "choice", "data-say": choice.say, text: choice.label,
    on: { click: () => view.choose(choice) },
  })));
}

/** A choice such as "1" answers the last question only; one that is a whole command can be said at any time. */
export function ageChoices(entry, { late, foreign }) {
  for (const button of entry.querySelectorAll(".choice")) {
    const whole = /^[/／、]/.test(button.dataset.say ?? "");
    button.disabled = foreign || (late && !whole);
    button.title = foreign ? t("notYours") : button.disabled ? t("late") : button.dataset.say ?? "";
  }
}

function meta(at, item) {
  const line = el("div", { class: "meta" }, el("time", { datetime: new Date(at).toISOString(), text: clockTime(at) }));
  if (item.state === "sending") line.append(el("span", { class: "sending", text: t("sending") }));
  const { understood } = item.reply ?? {};
  if (understood?.command) line.append(reading(item.reply));
  return line;
}

// For whoever wants to know: how the message was taken, by the names the program itself uses.
function reading({ notice, outcome, understood }) {
  const rows = Object.entries({ notice, outcome, ...understood }).filter(([, value]) => value !== null && value !== undefined);
  const list = el("dl", {}, ...rows.flatMap(([name, value]) => [
    el("dt", { text: name }), el("dd", { text: typeof value === "object" ? JSON.stringify(value) : String(value) }),
  ]));
  return el("details", { class: "reading" }, el("summary", { text: t("understood") }), list);
}

function trouble(text, label, name, act) {
  return el("div", { class: "trouble", role: "alert" }, el("span", { text }),
    el("button", { type: "button", class: "link", "data-test": name, text: label, on: { click: act } }));
}

// The school's time: what the service last said, carried on by a stopwatch. The browser's own clock is never read.

import { language } from "./words.js";

const ZONE = "Asia/Shanghai";
const OFFSET = 8 * 3600_000;
const DAY = 24 * 3600_000;
let told = null; // { at: milliseconds as the service said, seen: the stopwatch then }

export function setNow(iso) {
  const at = Date.parse(iso);
  if (Number.isFinite(at)) told = { at, seen: performance.now() };
}

/** Milliseconds since 1970, or null before the service has told the time. */
export const now = () => (told ? told.at + (performance.now() - told.seen) : null);

/** Reads an ISO time of the service; what can't be read counts as now. */
export function moment(iso) {
  const at = Date.parse(iso ?? "");
  return Number.isFinite(at) ? at : now() ?? 0;
}

export const clockTime = (at) => format(at, { hour: "2-digit", minute: "2-digit", hourCycle: "h23" });
export const shortDay = (at) => withWeekday(at, { month: "short", day: "numeric" });
export const fullDay = (at) => withWeekday(at, { year: "numeric", month: "long", day: "numeric" });
export const dayKey = (at) => schoolIso(at).slice(0, 10);

/** 2018-09-03T08:00, in school time: the shape of a date-time field. */
export const fieldValue = (at) => schoolIso(at).slice(0, 16);
export const fromField = (value) => `${value.slice(0, 16)}+08:00`;

/** The next Friday, 16:00: today's while it lies ahead, as the field's shape with the offset. */
export function nextFriday(at = now()) {
  const local = at + OFFSET; // read as UTC, this is the wall clock in school
  const midnight = Math.floor(local / DAY) * DAY;
  const weekday = new Date(midnight).getUTCDay();
  let friday = midnight + ((5 - weekday + 7) % 7) * DAY + 16 * 3600_000;
  if (friday <= local) friday += 7 * DAY;
  return fromField(schoolIso(friday - OFFSET));
}

const schoolIso = (at) => new Date(at + OFFSET).toISOString();

// 9月3日 周一, Mon 3 Sept: put together here, because browsers leave out the space in Chinese.
function withWeekday(at, parts) {
  const weekday = format(at, { weekday: "short" });
  const day = format(at, parts);
  return language() === "en" ? `${weekday} ${day}` : `${day} ${weekday}`;
}

function format(at, parts) {
  return new Intl.DateTimeFormat(language() === "en" ? "en-GB" : "zh-CN", { timeZone: ZONE, ...parts }).format(at);
}

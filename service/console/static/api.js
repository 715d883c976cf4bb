// Asks the service. Every answer is JSON; a refusal is a sentence that can be shown as it stands.

import { language, t } from "./words.js";

const ROOT = "/console/api/";
const PATIENCE = 30_000; // milliseconds until a message counts as "not sure"

/** `sure` means: certainly nothing was recorded. Otherwise it may have been, and only a repeat of the same id is safe. */
class Refused extends Error {
  constructor(sentence, { sure = false, status = 0 } = {}) {
    super(sentence);
    this.sure = sure;
    this.status = status;
  }
}

export function ask(path, query = {}) {
  const search = new URLSearchParams(query).toString();
  return exchange(search ? `${path}?${search}` : path, { method: "GET" });
}

export function tell(path, body, { patience = PATIENCE } = {}) {
  const options = { method: "POST", body: JSON.stringify(body), headers: { "Content-Type": "application/json" } };
  if (patience && AbortSignal.timeout) options.signal = AbortSignal.timeout(patience);
  return exchange(path, options);
}

export const events = () => new EventSource(`${ROOT}events`);

async function exchange(path, options) {
  const headers = { Accept: "application/json", "Accept-Language": language(), ...options.headers };
  let response;
  try {
    response = await fetch(ROOT + path, { ...options, headers, cache: "no-store" });
  } catch {
    throw new Refused(t("networkError"));
  }
  const body = await readJson(response);
  if (response.ok && body !== undefined) return body;
  const sentence = typeof body?.error === "string" ? body.error : t("statusError", { status: response.status });
  throw new Refused(sentence, { status: response.status, sure: response.status >= 400 && response.status < 500 });
}

// A body that breaks off or isn't JSON is no answer: we then know nothing about what was recorded.
async function readJson(response) {
  try { return await response.json(); } catch { return undefined; }
}

/** A name for a message, by which the service knows a repeat. Browsers have randomUUID only over https or on loopback. */
export function newId() {
  if (crypto.randomUUID) return crypto.randomUUID();
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = (bytes[6] & 0x0f) | 0x40;
  bytes[8] = (bytes[8] & 0x3f) | 0x80;
  const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
}

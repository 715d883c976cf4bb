// Builds pieces of the page. Text only ever goes in as text: nothing that came from the service is read as markup.

export const $ = (id) => document.getElementById(id);

/**
 * Makes an element. `props` are attributes, except `text` (its text) and `on` (its listeners by event);
 * a value of null, undefined or false leaves the attribute out, true writes it empty.
 */
export function el(tag, props = {}, ...children) {
  const node = document.createElement(tag);
  const { text, on: listeners = {}, ...attributes } = props;
  for (const [name, value] of Object.entries(attributes)) {
    if (value === null || value === undefined || value === false) continue;
    node.setAttribute(name, value === true ? "" : String(value));
  }
  for (const [event, listener] of Object.entries(listeners)) node.addEventListener(event, listener);
  if (text !== undefined) node.textContent = text;
  node.append(...children.filter((child) => child !== null && child !== undefined));
  return node;
}

/** The circle with the last sign of a name: in a Chinese name that is what tells people apart. */
export function face(name) {
  return el("span", { class: "face", "aria-hidden": "true", text: faceSign(name) });
}

export const faceSign = (name) => [...(name || "·").trim()].at(-1).toUpperCase();

export function badge(count, label) {
  if (!count) return null;
  return el("b", { class: "badge", text: count > 99 ? "99+" : String(count), title: label, "aria-label": label });
}

export const nearBottom = (box) => box.scrollHeight - box.scrollTop - box.clientHeight < 80;
export const toBottom = (box) => { box.scrollTop = box.scrollHeight; };

// The buttons under a message, and the presses that wait for the bot's answer.

import { transmit } from "./connection.js";
import { $, el, icon } from "./dom.js";
import { openLocally, outward, safeUrl } from "./links.js";
import { fillComposer } from "./sending.js";
import { chat } from "./state.js";
import { copy, toast } from "./toasts.js";

const STYLES = ["primary", "success", "danger"];
export const keyClass = (button) => `key ${STYLES.includes(button.style) ? button.style : ""}`.trim();
const pressKey = (messageId, data) => `${messageId} ${data}`;
const presses = new Map(); // pressKey → {id: callback_query_id, timer}

export function inlineKeyboard(message) {
  const rows = message.reply_markup?.inline_keyboard;
  if (!rows?.length) return null;
  return el("div", { class: "keys" }, ...rows.map((row) => el("div", { class: "row" }, ...row.map((button) => inlineButton(message, button)))));
}

function inlineButton(message, button) {
  const classes = keyClass(button);
  const label = el("span", { class: "label" }, button.text);
  if (button.url && safeUrl(button.url)) {
    return el("a", { class: classes, href: safeUrl(button.url), ...outward, title: button.url, on: { click: openLocally } }, label, icon("link"));
  }
  const make = (click, mark, extra) => el("button", { type: "button", class: classes, ...extra, on: { click } }, label, mark && icon(mark));
  if (button.callback_data !== undefined) {
    const busy = presses.has(pressKey(message.message_id, button.callback_data));
    const click = (event) => press(event.currentTarget, message.message_id, button.callback_data);
    return make(click, null, { "data-data": button.callback_data, "aria-busy": busy && "true" });
  }
  if (button.copy_text) return make(() => copy(button.copy_text.text), "copy");
  const inline = button.switch_inline_query_current_chat ?? button.switch_inline_query ?? button.switch_inline_query_chosen_chat?.query;
  if (inline !== undefined) return make(() => fillComposer(`@${chat.me.username} ${inline}`), "at");
  return make(() => toast("This button works in Telegram only."));
}

const ANSWER_PATIENCE = 30_000; // a bot that never answers must not leave a spinner for ever

function press(button, messageId, data) {
  const key = pressKey(messageId, data);
  if (presses.has(key) || !transmit({ type: "press", message_id: messageId, data })) return;
  presses.set(key, { id: null, timer: setTimeout(() => settlePress(key), ANSWER_PATIENCE) });
  button.setAttribute("aria-busy", "true");
}

function settlePress(key) {
  clearTimeout(presses.get(key)?.timer);
  presses.delete(key);
  const space = key.indexOf(" ");
  const node = chat.messages.get(Number(key.slice(0, space)))?.node;
  node?.querySelectorAll(".key[data-data]").forEach((button) => button.dataset.data === key.slice(space + 1) && button.removeAttribute("aria-busy"));
}

/** The server says which query a press became; its answer comes with that id. */
export function nameQuery(messageId, data, queryId) {
  const waiting = presses.get(pressKey(messageId, data));
  if (waiting) waiting.id = queryId;
}

export function settleQuery(queryId) {
  for (const [key, { id }] of presses) if (id === queryId) settlePress(key);
}

export function settleEveryPress() {
  [...presses.keys()].forEach(settlePress);
}

/** An edit replaces the keyboard under the reader's finger; the focus goes to the same button, or to the first. */
export function keepFocus(before, after) {
  const focused = before.contains(document.activeElement) && document.activeElement.closest(".key, .react");
  if (!focused) return () => {};
  const { data } = focused.dataset;
  const keys = [...after.querySelectorAll(".key")];
  const next = focused.matches(".react") ? after.querySelector(".react") : keys.find((key) => key.dataset.data === data) ?? keys[0] ?? $("text");
  return () => next.focus({ preventScroll: true });
}

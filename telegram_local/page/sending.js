// Words put into the chat: sent at once, or laid into the text field first.

import { transmit } from "./connection.js";
import { $ } from "./dom.js";
import { scroll } from "./scrolling.js";

export function sendText(text) {
  if (!text.trim() || !transmit({ type: "send", text })) return false;
  scroll.stuck = true;
  return true;
}

/** The composer hears of it as it hears of typing, and need not be known here. */
export function fillComposer(text) {
  const field = $("text");
  field.value = text;
  field.focus();
  field.dispatchEvent(new Event("input"));
}

// A chat that has not begun: its empty log, the Start button, and links that start the bot.

import { takeFromAddress } from "./address.js";
import { transmit } from "./connection.js";
import { $ } from "./dom.js";
import { showReplies } from "./reply_keyboard.js";
import { chat } from "./state.js";

export function showEmptiness() {
  const fresh = chat.messages.size === 0;
  const begun = !fresh && !$("start").hidden;
  $("empty").hidden = $("start").hidden = !fresh;
  $("composer").hidden = fresh;
  if (fresh) showReplies(null);
  if (begun && matchMedia("(pointer: fine)").matches) $("text").focus(); // a touch screen would cover half the chat
}

/** `/?start=payload` starts the bot with it once; then the address is an ordinary one again, safe to reload. */
export function followStartLink() {
  const payload = takeFromAddress("start");
  if (payload !== null) transmit({ type: "start", payload });
}

export function prepareStart() {
  $("start").addEventListener("click", () => transmit({ type: "start", payload: "" }));
}

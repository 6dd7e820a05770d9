// The line under the bot's name: whether it is reached, and what it is doing.

import { isLive } from "./connection.js";
import { $ } from "./dom.js";

const ACTIONS = { typing: "typing…", upload_photo: "sending a photo…", upload_document: "sending a file…", find_location: "finding a place…" };
let typingTimer = 0;

function showStatus(text, busy = false) {
  $("status").textContent = text;
  $("status").classList.toggle("busy", busy);
}

export function showTyping(action) {
  clearTimeout(typingTimer);
  $("typing").hidden = false;
  showStatus(ACTIONS[action] ?? "busy…", true);
  typingTimer = setTimeout(hideTyping, 5000);
}

export function hideTyping() {
  clearTimeout(typingTimer);
  $("typing").hidden = true;
  if (isLive()) showStatus("bot");
}

/** Another key opens this server now. With the cookie that it gives to a new tab, this one is let in again too. */
export function showRefused() {
  $("refused").hidden = false;
  showStatus("not let in");
}

export function hideRefused() {
  $("refused").hidden = true;
}

export function showConnecting() {
  hideTyping();
  showStatus("connecting…", true);
}

// The clock strip: the bot's time, its next reminder, and the jump to it.

import { transmit } from "./connection.js";
import { refreshDates, STRIP } from "./dates.js";
import { $ } from "./dom.js";
import { scrollToEnd } from "./scrolling.js";
import { chat } from "./state.js";

export function showClock({ now, next, enabled }) {
  const before = chat.now;
  chat.now = new Date(now);
  $("clock").hidden = !enabled;
  $("clock-now").textContent = STRIP.format(chat.now);
  $("clock-now").setAttribute("datetime", now);
  $("clock-next").textContent = next ? `Next reminder: ${STRIP.format(new Date(next))}` : "No reminder set yet";
  $("jump").disabled = !next;
  $("jump").title = next ? "Move the bot's clock to the next reminder" : "No reminder set yet";
  const moved = before ? chat.now - before : 0;
  $("clock-now").classList.toggle("flash", Math.abs(moved) > 90_000);
  if (!before || chat.now.getMinutes() !== before.getMinutes() || Math.abs(moved) > 60_000) refreshDates();
}

export function prepareStrip() {
  $("jump").addEventListener("click", () => transmit({ type: "jump" }) && scrollToEnd());
}

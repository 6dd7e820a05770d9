// The list of messages, by days: what comes, changes and goes.

import { dayLabel, moment } from "./dates.js";
import { $, el } from "./dom.js";
import { foldObserver } from "./entities.js";
import { keepFocus } from "./inline_keyboard.js";
import { messageNode } from "./messages.js";
import { offerNewest } from "./reactions.js";
import { applyReplyMarkup, showReplies } from "./reply_keyboard.js";
import { scroll, scrollToEnd } from "./scrolling.js";
import { showEmptiness } from "./starting.js";
import { chat } from "./state.js";

const PAUSE = 600; // seconds after which a message starts a group of its own

function daySection(date) {
  const key = date.toDateString();
  const last = $("days").lastElementChild;
  if (last?.dataset.day === key) return last;
  const section = el("section", { class: "day", "data-day": key, "data-at": date.getTime() }, el("h2", { class: "date" }, el("span", {}, dayLabel(date))));
  $("days").append(section);
  return section;
}

export function appendMessage(message, fresh) {
  if (chat.messages.has(message.message_id)) return replaceMessage(message, false);
  const node = messageNode(message);
  const previous = [...chat.messages.values()].at(-1)?.message;
  if (previous && message.date - previous.date > PAUSE) node.classList.add("apart");
  if (fresh) node.classList.add("fresh");
  chat.messages.set(message.message_id, { message, node });
  daySection(moment(message.date)).append(node);
  applyReplyMarkup(message, fresh);
  if (fresh) offerNewest();
}

export function replaceMessage(message, highlight = true) {
  const entry = chat.messages.get(message.message_id);
  if (!entry) return appendMessage(message, true);
  const node = messageNode(message);
  if (entry.node.classList.contains("apart")) node.classList.add("apart");
  if (highlight) node.classList.add("changed");
  const refocus = keepFocus(entry.node, node);
  entry.node.replaceWith(node);
  chat.messages.set(message.message_id, { message, node });
  refocus();
  offerNewest();
}

export function removeMessage(messageId) {
  const entry = chat.messages.get(messageId);
  if (!entry) return;
  const section = entry.node.parentElement;
  if (entry.node.contains(document.activeElement)) $("text").focus();
  entry.node.remove();
  chat.messages.delete(messageId);
  if (section.children.length === 1) section.remove();
  chat.reactions.delete(messageId);
  offerNewest();
  showEmptiness();
}

export function redraw(messages) {
  const first = !chat.messages.size;
  const place = $("log").scrollTop;
  chat.messages.clear();
  foldObserver.disconnect();
  $("days").setAttribute("aria-busy", "true"); // a history is not read aloud
  $("days").replaceChildren();
  showReplies(null);
  $("text").placeholder = "Message";
  messages.forEach((message) => appendMessage(message, false));
  offerNewest();
  showEmptiness();
  if (first || scroll.stuck) scrollToEnd();
  else $("log").scrollTop = place;
  requestAnimationFrame(() => $("days").removeAttribute("aria-busy"));
}

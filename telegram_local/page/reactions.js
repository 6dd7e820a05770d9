// Reactions under messages, the thumb that sets one, and the effect that a message came with.

import { transmit } from "./connection.js";
import { el, icon } from "./dom.js";
import { chat, isMine } from "./state.js";

const DOWN = "👎";
const EFFECTS = {
  "5104841245755180586": "🔥",
  "5107584321108051014": "👍",
  "5104858069142078462": "👎",
  "5159385139981059251": "❤",
  "5046509860389126442": "🎉",
  "5046589136895476101": "💩",
};

/** What stands under a message: nothing, or who reacted and how. */
export function reactionRow(message) {
  const shown = chat.reactions.get(message.message_id) ?? {};
  const who = { bot: chat.me.first_name, person: "You" };
  const pills = Object.entries(shown).map(([side, emoji]) => el("span", { class: "reaction", role: "img", "aria-label": `${who[side]} reacted with ${emoji}` }, emoji));
  return pills.length ? el("div", { class: "reactions" }, ...pills) : null;
}

/** The thumb at the corner of a message of the bot. One of them all is a stop of Tab; the arrows go on from it. */
export function reactButton(message) {
  if (isMine(message)) return null;
  const pressed = chat.reactions.get(message.message_id)?.person === DOWN;
  const click = (event) => {
    const emoji = event.currentTarget.getAttribute("aria-pressed") === "true" ? null : DOWN;
    transmit({ type: "react", message_id: message.message_id, emoji });
  };
  return el("button", { type: "button", class: "react", tabindex: -1, "aria-pressed": pressed ? "true" : "false", "aria-label": `React with ${DOWN}`, on: { click, keydown: move, focus: own } }, icon("thumb"));
}

/** The newest thumb is where Tab comes to. */
export function offerNewest() {
  const newest = [...document.querySelectorAll(".react")].at(-1);
  if (newest && !newest.matches(":focus")) stopAt(newest);
}

function own({ currentTarget }) {
  stopAt(currentTarget);
}

function stopAt(button) {
  document.querySelectorAll('.react[tabindex="0"]').forEach((other) => { other.tabIndex = -1; });
  button.tabIndex = 0;
}

function move(event) {
  const step = { ArrowUp: -1, ArrowDown: 1 }[event.key];
  if (!step) return;
  event.preventDefault();
  const all = [...document.querySelectorAll(".react")];
  all[all.indexOf(event.currentTarget) + step]?.focus();
}

export function showReactions({ message_id: id, reactions }) {
  if (Object.keys(reactions).length) chat.reactions.set(id, reactions);
  else chat.reactions.delete(id);
  const entry = chat.messages.get(id);
  if (!entry) return;
  entry.node.querySelector(".reactions")?.remove();
  const row = reactionRow(entry.message);
  if (row) entry.node.querySelector(".bubble")?.append(row);
  entry.node.querySelector(".react")?.setAttribute("aria-pressed", String(reactions.person === DOWN));
}

export function takeReactions(all) {
  chat.reactions = new Map(Object.entries(all ?? {}).map(([id, shown]) => [Number(id), shown]));
}

export function effectMark(message) {
  const emoji = EFFECTS[message.effect_id];
  return emoji ? el("span", { class: "effect", role: "img", "aria-label": `Came with the effect ${emoji}` }, emoji) : null;
}

// The row at the bottom: the text field, what is typed into it, and the attach menu.

import { transmit } from "./connection.js";
import { $ } from "./dom.js";
import { openPlace } from "./place.js";
import { toggleReplies } from "./reply_keyboard.js";
import { fillComposer, sendText } from "./sending.js";
import { showSuggestions, suggestFor, suggestKey, toggleCommands } from "./suggestions.js";

function submitComposer() {
  if (sendText($("text").value)) fillComposer("");
}

function composerChanged() {
  const field = $("text");
  field.style.height = "auto";
  field.style.height = `${field.scrollHeight}px`;
  $("send").disabled = !field.value.trim();
  suggestFor(field.value);
}

function composerKey(event) {
  if (event.isComposing || suggestKey(event)) return;
  if (event.key === "Enter" && !event.shiftKey) {
    event.preventDefault();
    submitComposer();
  }
}

export function prepareComposer() {
  const field = $("text");
  field.addEventListener("input", composerChanged);
  field.addEventListener("keydown", composerKey);
  field.addEventListener("blur", () => showSuggestions([]));
  $("composer").addEventListener("submit", (event) => { event.preventDefault(); submitComposer(); field.focus(); });
  $("menu").addEventListener("mousedown", (event) => event.preventDefault());
  $("menu").addEventListener("click", toggleCommands);
  $("keyboard").addEventListener("click", () => toggleReplies($("replies").hidden));
  document.addEventListener("keydown", typeAnywhere);
}

/** Who starts to type means the message, wherever the focus rests. */
function typeAnywhere(event) {
  const resting = [document.body, $("log"), null].includes(document.activeElement);
  const printable = event.key.length === 1 && event.key !== " " && !event.ctrlKey && !event.metaKey && !event.altKey;
  if (resting && printable && !document.querySelector("dialog[open]")) $("text").focus();
}

export function prepareAttachments() {
  const choose = (id, action) => $(id).addEventListener("click", () => { $("attachments").hidePopover(); action(); });
  choose("send-location", openPlace);
  choose("send-photo", () => transmit({ type: "photo" }));
  choose("send-sticker", () => transmit({ type: "sticker" }));
}

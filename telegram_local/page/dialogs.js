// Dialogs that only show: the bot's alerts, and a photo enlarged.

import { $ } from "./dom.js";

export function openAlert(text) {
  $("alert-text").textContent = text;
  if (!$("alert").open) $("alert").showModal();
}

export function openViewer(image) {
  $("viewer-image").src = image.src;
  $("viewer-image").alt = image.alt;
  $("viewer").showModal();
}

/** A click beside a dialog closes it. */
export function closeBeside(dialog) {
  dialog.addEventListener("click", (event) => event.target === dialog && dialog.close());
}

export function prepareDialogs() {
  $("viewer").addEventListener("click", () => $("viewer").close());
  closeBeside($("alert"));
}

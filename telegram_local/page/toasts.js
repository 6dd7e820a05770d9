// A word to the reader that goes by itself.

import { $, el } from "./dom.js";

export function toast(text) {
  const node = el("div", { class: "toast" }, text);
  $("toasts").append(node);
  while ($("toasts").children.length > 3) $("toasts").firstElementChild.remove();
  setTimeout(() => node.remove(), 3500 + text.length * 25);
}

export async function copy(text, said) {
  try {
    await navigator.clipboard.writeText(text);
    toast(said ?? `Copied: ${text}`);
  } catch {
    toast("The browser did not allow copying.");
  }
}

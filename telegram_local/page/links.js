// Links: which addresses may be opened, and which of them open in this very chat.

import { transmit } from "./connection.js";
import { el } from "./dom.js";
import { chat } from "./state.js";
import { toast } from "./toasts.js";

/** The address if a click on it is harmless, else null: javascript:, data: and the like stay plain text. */
export function safeUrl(address) {
  try {
    const url = new URL(address);
    return ["http:", "https:", "tg:", "mailto:"].includes(url.protocol) ? url.href : null;
  } catch {
    return null;
  }
}

export const outward = { target: "_blank", rel: "noopener noreferrer" };

/** A link that opens outside, or the bare label where the address is not one we open. */
export function anchor(address, ...children) {
  const href = safeUrl(address);
  if (!href) return el("span", {}, ...children);
  return el("a", { href, ...outward, title: href, on: { click: openLocally } }, ...children);
}

/** Links to this very bot (t.me/bot?start=…) work here as they do in Telegram; other tg: links have nowhere to go. */
export function openLocally(event) {
  const url = new URL(event.currentTarget.href);
  const bot = url.protocol === "tg:" ? url.searchParams.get("domain")
    : ["t.me", "telegram.me"].includes(url.hostname) && url.pathname.slice(1);
  const own = bot && bot.toLowerCase() === chat.me.username?.toLowerCase();
  if (!own && url.protocol !== "tg:") return;
  event.preventDefault();
  if (!own) toast("This link opens in Telegram only.");
  else if (url.searchParams.has("start")) transmit({ type: "start", payload: url.searchParams.get("start") });
}

// The answers to choose from below the text field, and what the bot asks of the field itself.

import { $, el, icon } from "./dom.js";
import { keyClass } from "./inline_keyboard.js";
import { openPlace } from "./place.js";
import { sendText } from "./sending.js";
import { isMine } from "./state.js";
import { toast } from "./toasts.js";

export function applyReplyMarkup(message, fresh) {
  const markup = message.reply_markup ?? {};
  if (markup.keyboard) showReplies(markup);
  else if (markup.remove_keyboard) showReplies(null);
  const asked = markup.keyboard || markup.force_reply;
  if (asked) $("text").placeholder = markup.input_field_placeholder || (markup.force_reply ? "Reply" : "Message");
  else if (isMine(message) || markup.remove_keyboard) $("text").placeholder = "Message"; // what was asked is answered
  if (markup.force_reply && fresh) $("text").focus();
}

export function showReplies(markup) {
  const rows = (markup?.keyboard ?? []).map((row) => el("div", { class: "row" }, ...row.map((button) => replyButton(button, markup))));
  $("replies").replaceChildren(...rows);
  $("keyboard").hidden = !rows.length;
  toggleReplies(rows.length > 0);
}

export function toggleReplies(open) {
  $("replies").hidden = !open;
  $("keyboard").setAttribute("aria-expanded", String(open));
  $("keyboard").setAttribute("aria-label", open ? "Hide the keyboard" : "Show the keyboard");
}

function replyButton(button, markup) {
  const face = typeof button === "string" ? { text: button } : button;
  const click = () => {
    if (face.request_location) openPlace();
    else if (face.request_contact || face.request_poll || face.web_app) toast("This button works in Telegram only.");
    else sendText(face.text);
    if (markup.one_time_keyboard) toggleReplies(false);
  };
  return el("button", { type: "button", class: keyClass(face), on: { click } }, el("span", { class: "label" }, face.text), face.request_location && icon("pin"));
}

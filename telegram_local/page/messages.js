// One message as the page shows it.

import { CLOCK, EXACT, moment } from "./dates.js";
import { el } from "./dom.js";
import { inlineKeyboard } from "./inline_keyboard.js";
import { MEDIA } from "./media.js";
import { effectMark, reactButton, reactionRow } from "./reactions.js";
import { isBigEmoji, richText } from "./rich_text.js";
import { chat, isMine } from "./state.js";

const SERVICE = {
  my_chat_member: (member) => (member.new_chat_member?.status === "kicked" ? "You stopped the bot" : "You restarted the bot"),
  pinned_message: () => "A message was pinned",
};

export function messageNode(message) {
  const service = Object.keys(SERVICE).find((key) => message[key]);
  if (service) return el("article", { class: "service", "data-id": message.message_id }, SERVICE[service](message[service]));
  const side = isMine(message) ? "out" : "in";
  return el("article", { class: `msg ${side}`, "data-id": message.message_id },
    el("span", { class: "sr-only" }, `${isMine(message) ? "You" : chat.me.first_name}: `), bubble(message), inlineKeyboard(message));
}

function bubble(message) {
  const kind = Object.keys(MEDIA).find((key) => message[key]);
  const text = message.text ?? message.caption ?? (kind ? "" : "This kind of message is not shown here.");
  const bare = kind === "sticker" || (!kind && !message.entities?.length && isBigEmoji(text));
  const node = el("div", { class: ["bubble", kind && `with-${kind}`, bare && "bare"].filter(Boolean).join(" ") });
  if (message.via_bot) node.append(el("small", { class: "via" }, `via @${message.via_bot.username}`));
  if (message.reply_to_message) node.append(replySnippet(message.reply_to_message));
  if (kind) node.append(MEDIA[kind](message));
  const parts = [...richText(text, message.entities ?? message.caption_entities), meta(message)];
  node.append(el("div", { class: text ? "text" : "text only-meta", dir: "auto" }, ...parts));
  node.append(...[reactButton(message), reactionRow(message)].filter(Boolean));
  return node;
}

function replySnippet(original) {
  const text = original.text ?? original.caption ?? "Message";
  const go = () => chat.messages.get(original.message_id)?.node.scrollIntoView({ block: "center" });
  return el("button", { type: "button", class: "reply-to", on: { click: go } }, text.slice(0, 120));
}

function meta(message) {
  const date = moment(message.date);
  return el("span", { class: "meta" }, effectMark(message), message.edit_date && el("span", { class: "edited" }, "edited "),
    el("time", { datetime: date.toISOString(), title: EXACT.format(date) }, CLOCK.format(date)));
}

// What the server says: one function for each kind of frame.

import { greeted } from "./connection.js";
import { openAlert } from "./dialogs.js";
import { $ } from "./dom.js";
import { appendMessage, redraw, removeMessage, replaceMessage } from "./history.js";
import { nameQuery, settleEveryPress, settleQuery } from "./inline_keyboard.js";
import { safeUrl } from "./links.js";
import { showPeople } from "./people.js";
import { showReactions, takeReactions } from "./reactions.js";
import { scrollToEnd, showArrival } from "./scrolling.js";
import { followStartLink, showEmptiness } from "./starting.js";
import { chat, isMine } from "./state.js";
import { hideRefused, hideTyping, showTyping } from "./status.js";
import { showClock } from "./strip.js";
import { showInlineResults, showMenuButton } from "./suggestions.js";
import { toast } from "./toasts.js";

const receivers = {
  hello(frame) {
    Object.assign(chat, { me: frame.me, user: frame.user, commands: frame.commands });
    greeted();
    hideRefused();
    settleEveryPress();
    showPeople();
    hideTyping();
    showClock(frame.clock);
    $("empty-text").textContent = frame.description;
    takeReactions(frame.reactions);
    redraw(frame.messages);
    showMenuButton();
    followStartLink();
  },
  message({ message }) {
    const own = isMine(message);
    if (!own) hideTyping();
    appendMessage(message, true);
    showEmptiness();
    if (own) scrollToEnd();
    else showArrival(chat.messages.get(message.message_id).node);
  },
  edit: ({ message }) => replaceMessage(message),
  delete: (frame) => removeMessage(frame.message_id),
  reactions: showReactions,
  typing: ({ action }) => showTyping(action),
  pressed: (frame) => nameQuery(frame.message_id, frame.data, frame.callback_query_id),
  callback_answer(frame) {
    settleQuery(frame.callback_query_id);
    if (frame.text) (frame.show_alert ? openAlert : toast)(frame.text);
    if (frame.url && safeUrl(frame.url)) window.open(frame.url, "_blank", "noopener,noreferrer");
  },
  commands(frame) {
    chat.commands = frame.commands;
    showMenuButton();
  },
  clock: showClock,
  inline_results: showInlineResults,
};

export function receive(frame) {
  receivers[frame.type]?.(frame); // a frame of a newer server is no reason to stop
}

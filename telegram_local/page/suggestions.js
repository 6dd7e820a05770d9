// The list above the text field: the bot's commands, and results of its inline mode.

import { transmit } from "./connection.js";
import { $, el } from "./dom.js";
import { fillComposer, sendText } from "./sending.js";
import { chat } from "./state.js";

const suggest = { items: [], active: -1, inlineTimer: 0, inlineQuery: null };

/** Commands for what is typed so far: the very one, those that begin so, those whose description has it. */
function commandItems(typed) {
  const rank = ({ command, description }) =>
    [command === typed, command.startsWith(typed), description.toLowerCase().includes(typed)].indexOf(true);
  const found = chat.commands.filter((item) => rank(item) >= 0).sort((a, b) => rank(a) - rank(b));
  return found.map((item) => ({
    title: `/${item.command}`,
    detail: item.description,
    certain: rank(item) < 2,
    choose: () => sendText(`/${item.command}`) && fillComposer(""),
    complete: () => fillComposer(`/${item.command} `),
  }));
}

export function suggestFor(text) {
  clearTimeout(suggest.inlineTimer);
  suggest.inlineQuery = null;
  const command = /^\/(\S*)$/.exec(text);
  const prefix = `@${chat.me?.username ?? ""} `;
  if (command) {
    const items = commandItems(command[1].toLowerCase());
    // A command that only its description suggests is not chosen by Enter: what was typed is sent as typed.
    showSuggestions(items, items[0]?.certain ? 0 : -1);
  } else if (prefix.length > 2 && text.toLowerCase().startsWith(prefix.toLowerCase())) {
    suggest.inlineQuery = text.slice(prefix.length);
    suggest.inlineTimer = setTimeout(() => transmit({ type: "inline", query: suggest.inlineQuery }), 250);
  } else showSuggestions([]);
}

function inlineItems(results) {
  return results.map((result) => ({
    title: result.title ?? result.caption ?? result.id,
    detail: result.description ?? "",
    choose: () => transmit({ type: "inline_choose", result_id: result.id }) && fillComposer(""),
  }));
}

/** Results that come when something else is typed already are late, and dropped. */
export function showInlineResults({ query, results }) {
  if (query === suggest.inlineQuery) showSuggestions(inlineItems(results), 0);
}

export function showMenuButton() {
  $("menu").hidden = !chat.commands.length;
}

export function toggleCommands() {
  if (suggest.items.length) return showSuggestions([]);
  $("text").focus();
  showSuggestions(commandItems(""), 0);
}

export function showSuggestions(items, active = -1) {
  suggest.items = items;
  suggest.active = items.length ? active : -1;
  $("suggest").replaceChildren(...items.map((item, index) => el("div", {
    role: "option", id: `suggest-${index}`, class: "option", "aria-selected": "false",
    // mousedown would take the focus from the text field, and with it the list
    on: { mousedown: (event) => event.preventDefault(), click: () => chooseSuggestion(item) },
  }, el("b", {}, item.title), el("span", {}, item.detail))));
  $("suggest").hidden = !items.length;
  $("suggest-count").textContent = items.length ? `${items.length} suggestion${items.length > 1 ? "s" : ""}` : "";
  $("menu").setAttribute("aria-expanded", String(items.length > 0));
  markActive();
}

function markActive() {
  [...$("suggest").children].forEach((node, index) => node.setAttribute("aria-selected", String(index === suggest.active)));
  const node = $("suggest").children[suggest.active];
  node?.scrollIntoView({ block: "nearest" });
  if (node) $("text").setAttribute("aria-activedescendant", node.id);
  else $("text").removeAttribute("aria-activedescendant");
}

function chooseSuggestion(item) {
  showSuggestions([]);
  item.choose();
}

/** True when the key was for the list. */
export function suggestKey(event) {
  const { items } = suggest;
  if (!items.length) return false;
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  const item = items[suggest.active];
  if (step) {
    suggest.active = (suggest.active + step + items.length + (suggest.active < 0 && step < 0)) % items.length;
    markActive();
  } else if (event.key === "Escape") showSuggestions([]);
  else if (event.key === "Tab" && item && !event.shiftKey) (item.complete ?? item.choose)();
  else if (event.key === "Enter" && item && !event.shiftKey) chooseSuggestion(item);
  else return false;
  event.preventDefault();
  return true;
}

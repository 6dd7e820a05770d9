// How each kind of entity looks and behaves, around what is already drawn inside it.

import { EXACT, formatMoment, moment } from "./dates.js";
import { el, icon } from "./dom.js";
import { anchor } from "./links.js";
import { sendText } from "./sending.js";
import { copy } from "./toasts.js";

function spoiler(children) {
  // What is hidden is inert: not read aloud, not focusable, not clickable, until it is asked for.
  const hidden = el("span", { inert: true, class: "spoiler-text" }, ...children);
  const cover = el("span", { class: "spoiler", role: "button", tabindex: 0, "aria-label": "Hidden text, show it" }, hidden);
  const reveal = (event) => {
    if (event.type === "keydown" && !["Enter", " "].includes(event.key)) return;
    event.preventDefault();
    hidden.inert = false;
    cover.replaceWith(el("span", { class: "spoiler revealed" }, hidden));
  };
  ["click", "keydown"].forEach((type) => cover.addEventListener(type, reveal));
  return cover;
}

function codeBlock(children, language) {
  const code = el("code", {}, ...children);
  const click = () => copy(code.textContent, "Code copied");
  const copyButton = el("button", { type: "button", class: "pre-copy", on: { click } }, icon("copy"), "Copy");
  return el("div", { class: "pre" }, el("div", { class: "pre-head" }, el("span", { class: "pre-language" }, language || "code"), copyButton),
    el("pre", { tabindex: 0 }, code));
}

export const foldObserver = new ResizeObserver((entries) => entries.forEach(({ target }) => {
  const more = target.nextElementSibling;
  if (more.getAttribute("aria-expanded") === "false") more.hidden = target.scrollHeight <= target.clientHeight + 2;
}));

/** Collapsed to three lines; the button shows only where there is more to see. */
function foldedQuote(children) {
  const inner = el("div", { class: "fold" }, ...children);
  const more = el("button", { type: "button", class: "more", "aria-expanded": "false", "aria-label": "Show the whole quote", hidden: true }, icon("down"));
  const toggle = (event) => {
    if (more.hidden || event.target.closest("a, .spoiler") || String(getSelection())) return;
    const open = more.getAttribute("aria-expanded") === "false";
    more.setAttribute("aria-expanded", String(open));
    more.setAttribute("aria-label", open ? "Show less of the quote" : "Show the whole quote");
    inner.classList.toggle("open", open);
  };
  foldObserver.observe(inner);
  return el("blockquote", { class: "expandable", on: { click: toggle } }, inner, more);
}

function timeNode(entity, children) {
  const date = moment(entity.unix_time);
  const text = formatMoment(date, entity.date_time_format);
  return el("time", { datetime: date.toISOString(), title: EXACT.format(date), "data-format": entity.date_time_format, "data-unix": entity.unix_time },
    ...(text === null ? children : [text]));
}

const wrap = (tag, name) => (_, __, inner) => el(tag, { class: name }, ...inner);
const linkTo = (address) => (_, text, inner) => anchor(address(text), ...inner);
const linkLike = (title, click) => (_, text, inner) =>
  el("button", { type: "button", class: "linklike", title, on: { click: () => click(text) } }, ...inner);

/** One function for each kind of entity; it gets the entity, its plain text and its already rendered children. */
export const ENTITIES = {
  bold: wrap("strong"),
  italic: wrap("em"),
  underline: wrap("u"),
  strikethrough: wrap("s"),
  code: wrap("code"),
  blockquote: wrap("blockquote"),
  text_mention: wrap("span", "tag"),
  hashtag: wrap("span", "tag"),
  cashtag: wrap("span", "tag"),
  custom_emoji: wrap("span", "custom-emoji"),
  spoiler: (_, __, inner) => spoiler(inner),
  pre: (entity, _, inner) => codeBlock(inner, entity.language),
  expandable_blockquote: (_, __, inner) => foldedQuote(inner),
  text_link: (entity, _, inner) => anchor(entity.url, ...inner),
  url: linkTo((text) => (/^[a-z][a-z0-9+.-]*:\/\//i.test(text) ? text : `https://${text}`)),
  email: linkTo((text) => `mailto:${text}`),
  mention: linkTo((text) => `https://t.me/${text.slice(1)}`),
  phone_number: linkLike("Copy the number", (text) => copy(text, "Number copied")),
  bot_command: linkLike(null, (text) => sendText(text)),
  date_time: (entity, _, inner) => timeNode(entity, inner),
};
export const BLOCKS = new Set(["pre", "blockquote", "expandable_blockquote"]);

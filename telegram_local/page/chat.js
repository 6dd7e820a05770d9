"use strict";
/*
 * The chat page of Local Telegram.
 *
 * The server sends frames over one WebSocket; each kind of frame has a function in `receivers` below. The page keeps
 * no truth of its own: "hello" redraws everything, so a lost connection costs nothing but the wait.
 * User text only ever becomes text nodes (see `el`), and links only ever come from `safeUrl`.
 */

// ── Small helpers ───────────────────────────────────────────────────────────────────────────────────────────────────

const $ = (id) => document.getElementById(id);
const SVG = "http://www.w3.org/2000/svg";

/** An element with attributes, listeners (`on`) and children. A string child is text, never markup. */
function el(tag, props = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(props)) {
    if (value === undefined || value === null || value === false) continue;
    if (name === "on") Object.entries(value).forEach(([type, listener]) => node.addEventListener(type, listener));
    else node.setAttribute(name, value === true ? "" : String(value));
  }
  node.append(...children.filter((child) => child !== undefined && child !== null && child !== false));
  return node;
}

function icon(name) {
  const svg = document.createElementNS(SVG, "svg");
  svg.setAttribute("class", "icon");
  svg.setAttribute("aria-hidden", "true");
  const use = document.createElementNS(SVG, "use");
  use.setAttribute("href", `#i-${name}`);
  svg.append(use);
  return svg;
}

function setIcon(button, name) {
  button.querySelector("use").setAttribute("href", `#i-${name}`);
}

/** The address if a click on it is harmless, else null: javascript:, data: and the like stay plain text. */
function safeUrl(address) {
  try {
    const url = new URL(address);
    return ["http:", "https:", "tg:", "mailto:"].includes(url.protocol) ? url.href : null;
  } catch {
    return null;
  }
}

function initials(name) {
  return name.split(/\s+/).filter(Boolean).slice(0, 2).map((word) => [...word][0].toUpperCase()).join("");
}

const fullName = (user) => [user.first_name, user.last_name].filter(Boolean).join(" ");

function remembered(key, value) {
  try {
    if (value !== undefined) localStorage.setItem(key, value);
    return localStorage.getItem(key);
  } catch {
    return null; // storage can be forbidden; the page works without
  }
}

// ── State ───────────────────────────────────────────────────────────────────────────────────────────────────────────

const query = new URLSearchParams(location.search);
const userId = Number.parseInt(query.get("user"), 10) || 1;
const PEOPLE = { 1: "Ann", 2: "Ben", 3: "Cleo" };

const chat = {
  me: null, // the bot
  user: null,
  commands: [],
  messages: new Map(), // message_id → {message, node}
  presses: new Map(), // "message_id data" → {id: callback_query_id, timer}
  now: null, // the bot's clock, which may have been moved; every "today" is by this clock
};

const botNow = () => chat.now ?? new Date();
const isMine = (message) => message.from?.id === chat.user.id;

// ── Dates, in the reader's own zone and manner ──────────────────────────────────────────────────────────────────────

// 7:00 AM, but 07:00
const HOUR = new Intl.DateTimeFormat(undefined, { hour: "numeric" }).resolvedOptions().hour12 ? "numeric" : "2-digit";
const CLOCK = new Intl.DateTimeFormat(undefined, { hour: HOUR, minute: "2-digit" });
const STRIP = new Intl.DateTimeFormat(undefined, { weekday: "short", day: "numeric", month: "short", hour: HOUR, minute: "2-digit" });
const EXACT = new Intl.DateTimeFormat(undefined, { dateStyle: "full", timeStyle: "long" });
const RELATIVE = new Intl.RelativeTimeFormat(undefined, { numeric: "auto" });
const moment = (unix) => new Date(unix * 1000);

function daysBetween(from, to) {
  const midnight = (date) => Date.UTC(date.getFullYear(), date.getMonth(), date.getDate());
  return Math.round((midnight(to) - midnight(from)) / 86_400_000);
}

function dayLabel(date) {
  const ago = daysBetween(date, botNow());
  if (ago === 0 || ago === 1) return ago ? "Yesterday" : "Today";
  const year = date.getFullYear() === botNow().getFullYear() ? undefined : "numeric";
  return new Intl.DateTimeFormat(undefined, { weekday: "long", day: "numeric", month: "long", year }).format(date);
}

function relativeTime(date) {
  const seconds = (date - botNow()) / 1000;
  const steps = [["second", 60], ["minute", 3600, 60], ["hour", 86_400, 3600], ["day", 2_592_000, 86_400],
    ["month", 31_536_000, 2_592_000], ["year", Infinity, 31_536_000]];
  const [unit, , size = 1] = steps.find(([, below]) => Math.abs(seconds) < below);
  return RELATIVE.format(Math.round(seconds / size), unit);
}

/** A `date_time` entity's format is "r", or any of w, d or D, t or T; null (no or unknown format) keeps the text. */
function formatMoment(date, format) {
  if (format === "r") return relativeTime(date);
  if (!format || !/^w?[dD]?[tT]?$/.test(format)) return null;
  const has = (letter) => format.includes(letter);
  const options = {};
  if (has("w")) options.weekday = has("d") ? "short" : "long";
  if (has("d")) Object.assign(options, { day: "2-digit", month: "2-digit", year: "2-digit" });
  if (has("D")) Object.assign(options, { day: "numeric", month: "long", year: "numeric" });
  if (has("t") || has("T")) Object.assign(options, { hour: HOUR, minute: "2-digit" });
  if (has("T")) options.second = "2-digit";
  return new Intl.DateTimeFormat(undefined, options).format(date);
}

/** What depends on "now" is drawn anew when the clock moves. */
function refreshDates() {
  for (const day of $("days").children) day.querySelector("h2 span").textContent = dayLabel(new Date(Number(day.dataset.at)));
  for (const node of document.querySelectorAll('time[data-format="r"]')) {
    node.textContent = relativeTime(moment(Number(node.dataset.unix)));
  }
}

// ── Text with entities ──────────────────────────────────────────────────────────────────────────────────────────────

const outward = { target: "_blank", rel: "noopener noreferrer" };

/** A link that opens outside, or the bare label where the address is not one we open. */
function anchor(address, ...children) {
  const href = safeUrl(address);
  if (!href) return el("span", {}, ...children);
  return el("a", { href, ...outward, title: href, on: { click: openLocally } }, ...children);
}

/** Links to this very bot (t.me/bot?start=…) work here as they do in Telegram; other tg: links have nowhere to go. */
function openLocally(event) {
  const url = new URL(event.currentTarget.href);
  const bot = url.protocol === "tg:" ? url.searchParams.get("domain")
    : ["t.me", "telegram.me"].includes(url.hostname) && url.pathname.slice(1);
  const own = bot && bot.toLowerCase() === chat.me.username?.toLowerCase();
  if (!own && url.protocol !== "tg:") return;
  event.preventDefault();
  if (!own) toast("This link opens in Telegram only.");
  else if (url.searchParams.has("start")) transmit({ type: "start", payload: url.searchParams.get("start") });
}

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

const foldObserver = new ResizeObserver((entries) => entries.forEach(({ target }) => {
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
const ENTITIES = {
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
const BLOCKS = new Set(["pre", "blockquote", "expandable_blockquote"]);

/**
 * Text and entities as nodes. Offsets count UTF-16 units, as JavaScript's strings do. Entities nest; one that crosses
 * another's end is split there, so whatever a server sends, every character is shown once.
 */
function richText(text, entities = []) {
  const known = entities.filter((entity) => ENTITIES[entity.type]);
  known.sort((a, b) => a.offset - b.offset || b.length - a.length || BLOCKS.has(b.type) - BLOCKS.has(a.type));
  return renderRange(text, 0, text.length, known.map((entity) => ({ entity, from: entity.offset, to: entity.offset + entity.length })));
}

function renderRange(text, start, end, spans) {
  const nodes = [];
  const queue = [...spans];
  let position = start;
  let afterBlock = false;
  const plain = (until) => {
    // A block ends its own line; the newline after it would draw an empty one.
    const from = afterBlock && text[position] === "\n" ? position + 1 : position;
    if (until > from) nodes.push(text.slice(from, until));
    if (until > position) afterBlock = false;
    position = until;
  };
  while (queue.length) {
    const { entity, from, to } = queue.shift();
    const first = Math.max(from, position);
    const last = Math.min(to, end);
    if (first >= last) continue;
    plain(first);
    const inside = [];
    const later = [];
    for (const span of queue) {
      if (span.from < last) inside.push(span);
      if (span.to > last) later.push(span.from < last ? { ...span, from: last } : span);
    }
    nodes.push(ENTITIES[entity.type](entity, text.slice(first, last), renderRange(text, first, last, inside)));
    queue.splice(0, queue.length, ...later);
    afterBlock = BLOCKS.has(entity.type);
    position = last;
  }
  plain(end);
  return nodes;
}

/** One to three emoji and nothing else are shown large. */
function isBigEmoji(text) {
  if (!text || text.length > 40) return false;
  const parts = [...new Intl.Segmenter().segment(text)].map(({ segment }) => segment);
  return parts.length <= 3 && parts.every((part) => /\p{Emoji_Presentation}|\p{Extended_Pictographic}\uFE0F?/u.test(part));
}

// ── Media ───────────────────────────────────────────────────────────────────────────────────────────────────────────

const fileUrl = (file) => `/files/${encodeURIComponent(file.file_id)}`;

function fileSize(bytes) {
  if (!(bytes >= 0)) return "";
  const units = ["B", "KB", "MB", "GB"];
  const power = Math.min(units.length - 1, Math.floor(Math.log(Math.max(bytes, 1)) / Math.log(1024)));
  return `${(bytes / 1024 ** power).toFixed(power && bytes / 1024 ** power < 10 ? 1 : 0)} ${units[power]}`;
}

function photoNode(message) {
  const largest = message.photo.reduce((a, b) => (b.width * b.height > a.width * a.height ? b : a));
  const image = el("img", { src: fileUrl(largest), width: largest.width, height: largest.height, alt: message.caption || "Photo", decoding: "async" });
  return el("button", { type: "button", class: "photo", "aria-label": "Enlarge the photo", on: { click: () => openViewer(image) } }, image);
}

function documentNode({ document: file }) {
  const name = file.file_name || "file";
  return el("a", { class: "document", href: fileUrl(file), download: name, "aria-label": `Download ${name}` },
    el("span", { class: "document-icon" }, icon("file")),
    el("span", { class: "document-text" }, el("b", {}, name),
      el("small", {}, [fileSize(file.file_size), "Download"].filter(Boolean).join(" · "))));
}

function locationNode({ location: { latitude, longitude } }) {
  const place = `${latitude.toFixed(4)}, ${longitude.toFixed(4)}`;
  const href = `https://www.openstreetmap.org/?mlat=${Number(latitude)}&mlon=${Number(longitude)}#map=13/${Number(latitude)}/${Number(longitude)}`;
  return el("a", { class: "location", href, ...outward, "aria-label": `Location ${place}, open a map` }, el("span", { class: "map" }, icon("pin")), el("span", {}, place));
}

const MEDIA = {
  photo: photoNode,
  document: documentNode,
  location: locationNode,
  sticker: (message) => el("span", { class: "sticker", role: "img", "aria-label": `Sticker ${message.sticker.emoji ?? ""}` }, message.sticker.emoji || "🙂"),
  audio: (message) => el("audio", { controls: true, src: fileUrl(message.audio) }),
  voice: (message) => el("audio", { controls: true, src: fileUrl(message.voice) }),
  video: (message) => el("video", { controls: true, src: fileUrl(message.video) }),
  animation: (message) => el("video", { controls: true, loop: true, src: fileUrl(message.animation) }),
};

// ── A message ───────────────────────────────────────────────────────────────────────────────────────────────────────

const SERVICE = {
  my_chat_member: (member) => (member.new_chat_member?.status === "kicked" ? "You stopped the bot" : "You restarted the bot"),
  pinned_message: () => "A message was pinned",
};

function messageNode(message) {
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
  return node;
}

function replySnippet(original) {
  const text = original.text ?? original.caption ?? "Message";
  const go = () => chat.messages.get(original.message_id)?.node.scrollIntoView({ block: "center" });
  return el("button", { type: "button", class: "reply-to", on: { click: go } }, text.slice(0, 120));
}

function meta(message) {
  const date = moment(message.date);
  return el("span", { class: "meta" }, message.edit_date && el("span", { class: "edited" }, "edited "),
    el("time", { datetime: date.toISOString(), title: EXACT.format(date) }, CLOCK.format(date)));
}

// ── Inline keyboards ────────────────────────────────────────────────────────────────────────────────────────────────

const STYLES = ["primary", "success", "danger"];
const keyClass = (button) => `key ${STYLES.includes(button.style) ? button.style : ""}`.trim();
const pressKey = (messageId, data) => `${messageId} ${data}`;

function inlineKeyboard(message) {
  const rows = message.reply_markup?.inline_keyboard;
  if (!rows?.length) return null;
  return el("div", { class: "keys" }, ...rows.map((row) => el("div", { class: "row" }, ...row.map((button) => inlineButton(message, button)))));
}

function inlineButton(message, button) {
  const classes = keyClass(button);
  const label = el("span", { class: "label" }, button.text);
  if (button.url && safeUrl(button.url)) {
    return el("a", { class: classes, href: safeUrl(button.url), ...outward, title: button.url, on: { click: openLocally } }, label, icon("link"));
  }
  const make = (click, mark, extra) => el("button", { type: "button", class: classes, ...extra, on: { click } }, label, mark && icon(mark));
  if (button.callback_data !== undefined) {
    const busy = chat.presses.has(pressKey(message.message_id, button.callback_data));
    const click = (event) => press(event.currentTarget, message.message_id, button.callback_data);
    return make(click, null, { "data-data": button.callback_data, "aria-busy": busy && "true" });
  }
  if (button.copy_text) return make(() => copy(button.copy_text.text), "copy");
  const inline = button.switch_inline_query_current_chat ?? button.switch_inline_query ?? button.switch_inline_query_chosen_chat?.query;
  if (inline !== undefined) return make(() => fillComposer(`@${chat.me.username} ${inline}`), "at");
  return make(() => toast("This button works in Telegram only."));
}

const ANSWER_PATIENCE = 30_000; // a bot that never answers must not leave a spinner for ever

function press(button, messageId, data) {
  const key = pressKey(messageId, data);
  if (chat.presses.has(key) || !transmit({ type: "press", message_id: messageId, data })) return;
  chat.presses.set(key, { id: null, timer: setTimeout(() => settlePress(key), ANSWER_PATIENCE) });
  button.setAttribute("aria-busy", "true");
}

function settlePress(key) {
  clearTimeout(chat.presses.get(key)?.timer);
  chat.presses.delete(key);
  const space = key.indexOf(" ");
  const node = chat.messages.get(Number(key.slice(0, space)))?.node;
  node?.querySelectorAll(".key[data-data]").forEach((button) => button.dataset.data === key.slice(space + 1) && button.removeAttribute("aria-busy"));
}

/** An edit replaces the keyboard under the reader's finger; the focus goes to the same button, or to the first. */
function keepFocus(before, after) {
  const focused = before.contains(document.activeElement) && document.activeElement.closest(".key");
  if (!focused) return () => {};
  const { data } = focused.dataset;
  const keys = [...after.querySelectorAll(".key")];
  const next = keys.find((key) => key.dataset.data === data) ?? keys[0] ?? $("text");
  return () => next.focus({ preventScroll: true });
}

// ── The log ─────────────────────────────────────────────────────────────────────────────────────────────────────────

const PAUSE = 600; // seconds after which a message starts a group of its own
const scroll = { stuck: true, unseen: 0 };

function daySection(date) {
  const key = date.toDateString();
  const last = $("days").lastElementChild;
  if (last?.dataset.day === key) return last;
  const section = el("section", { class: "day", "data-day": key, "data-at": date.getTime() }, el("h2", { class: "date" }, el("span", {}, dayLabel(date))));
  $("days").append(section);
  return section;
}

function appendMessage(message, fresh) {
  if (chat.messages.has(message.message_id)) return replaceMessage(message, false);
  const node = messageNode(message);
  const previous = [...chat.messages.values()].at(-1)?.message;
  if (previous && message.date - previous.date > PAUSE) node.classList.add("apart");
  if (fresh) node.classList.add("fresh");
  chat.messages.set(message.message_id, { message, node });
  daySection(moment(message.date)).append(node);
  applyReplyMarkup(message, fresh);
}

function replaceMessage(message, highlight = true) {
  const entry = chat.messages.get(message.message_id);
  if (!entry) return appendMessage(message, true);
  const node = messageNode(message);
  if (entry.node.classList.contains("apart")) node.classList.add("apart");
  if (highlight) node.classList.add("changed");
  const refocus = keepFocus(entry.node, node);
  entry.node.replaceWith(node);
  chat.messages.set(message.message_id, { message, node });
  refocus();
}

function removeMessage(messageId) {
  const entry = chat.messages.get(messageId);
  if (!entry) return;
  const section = entry.node.parentElement;
  if (entry.node.contains(document.activeElement)) $("text").focus();
  entry.node.remove();
  chat.messages.delete(messageId);
  if (section.children.length === 1) section.remove();
  showEmptiness();
}

function scrollToEnd() {
  $("log").scrollTop = $("log").scrollHeight;
  scroll.stuck = true;
  scroll.unseen = 0;
  showDown();
}

/** What is longer than the screen is read from its first line. */
function showNewest(node) {
  if (node.offsetHeight < $("log").clientHeight) return scrollToEnd();
  node.scrollIntoView({ block: "start" });
  scroll.stuck = false;
  showDown();
}

function showDown() {
  $("down").hidden = scroll.stuck;
  $("down-text").textContent = scroll.unseen ? `${scroll.unseen} new message${scroll.unseen > 1 ? "s" : ""}` : "";
  $("down").setAttribute("aria-label", scroll.unseen ? `${$("down-text").textContent}, go to the end` : "Go to the end");
}

function watchScroll() {
  const log = $("log");
  let lastTop = 0;
  let rest = 0;
  log.addEventListener("scroll", () => {
    const near = log.scrollHeight - log.scrollTop - log.clientHeight < 60;
    // Only a reader's way up lets go of the end: content that grew below must not.
    if (near) Object.assign(scroll, { stuck: true, unseen: 0 });
    else if (log.scrollTop < lastTop) scroll.stuck = false;
    lastTop = log.scrollTop;
    showDown();
    log.classList.toggle("scrolling", !scroll.stuck);
    clearTimeout(rest);
    rest = setTimeout(() => log.classList.remove("scrolling"), 900);
  });
  // Pictures that load, keyboards that open and a composer that grows all move the end; whoever reads there stays there.
  const follow = new ResizeObserver(() => scroll.stuck && scrollToEnd());
  follow.observe(log);
  follow.observe($("column"));
  $("down").addEventListener("click", () => { scrollToEnd(); $("text").focus(); });
}

// ── Empty chat ──────────────────────────────────────────────────────────────────────────────────────────────────────

function showEmptiness() {
  const fresh = chat.messages.size === 0;
  const begun = !fresh && !$("start").hidden;
  $("empty").hidden = $("start").hidden = !fresh;
  $("composer").hidden = fresh;
  if (fresh) showReplies(null);
  if (begun && matchMedia("(pointer: fine)").matches) $("text").focus(); // a touch screen would cover half the chat
}

// ── Reply keyboards ─────────────────────────────────────────────────────────────────────────────────────────────────

function applyReplyMarkup(message, fresh) {
  const markup = message.reply_markup ?? {};
  if (markup.keyboard) showReplies(markup);
  else if (markup.remove_keyboard) showReplies(null);
  const asked = markup.keyboard || markup.force_reply;
  if (asked) $("text").placeholder = markup.input_field_placeholder || (markup.force_reply ? "Reply" : "Message");
  else if (isMine(message) || markup.remove_keyboard) $("text").placeholder = "Message"; // what was asked is answered
  if (markup.force_reply && fresh) $("text").focus();
}

function showReplies(markup) {
  const rows = (markup?.keyboard ?? []).map((row) => el("div", { class: "row" }, ...row.map((button) => replyButton(button, markup))));
  $("replies").replaceChildren(...rows);
  $("keyboard").hidden = !rows.length;
  toggleReplies(rows.length > 0);
}

function toggleReplies(open) {
  $("replies").hidden = !open;
  $("keyboard").setAttribute("aria-expanded", String(open));
  $("keyboard").setAttribute("aria-label", open ? "Hide the keyboard" : "Show the keyboard");
}

function replyButton(button, markup) {
  const face = typeof button === "string" ? { text: button } : button;
  const click = () => {
    if (face.request_location) $("place").showModal();
    else if (face.request_contact || face.request_poll || face.web_app) toast("This button works in Telegram only.");
    else sendText(face.text);
    if (markup.one_time_keyboard) toggleReplies(false);
  };
  return el("button", { type: "button", class: keyClass(face), on: { click } }, el("span", { class: "label" }, face.text), face.request_location && icon("pin"));
}

// ── Composer ────────────────────────────────────────────────────────────────────────────────────────────────────────

function sendText(text) {
  if (!text.trim() || !transmit({ type: "send", text })) return false;
  scroll.stuck = true;
  return true;
}

function submitComposer() {
  if (sendText($("text").value)) fillComposer("");
}

function fillComposer(text) {
  $("text").value = text;
  $("text").focus();
  composerChanged();
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

// ── Suggestions: the command menu, and results of inline mode ───────────────────────────────────────────────────────

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

function suggestFor(text) {
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

function showSuggestions(items, active = -1) {
  suggest.items = items;
  suggest.active = items.length ? active : -1;
  $("suggest").replaceChildren(...items.map((item, index) => el("div", {
    role: "option", id: `suggest-${index}`, class: "option", "aria-selected": "false",
    // mousedown would take the focus from the text field, and with it the list
    on: { mousedown: (event) => event.preventDefault(), click: () => chooseSuggestion(item) },
  }, el("b", {}, item.title), el("span", {}, item.detail))));
  $("suggest").hidden = !items.length;
  $("text").setAttribute("aria-expanded", String(items.length > 0));
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
function suggestKey(event) {
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

// ── Toasts and dialogs ──────────────────────────────────────────────────────────────────────────────────────────────

function toast(text) {
  const node = el("div", { class: "toast" }, text);
  $("toasts").append(node);
  while ($("toasts").children.length > 3) $("toasts").firstElementChild.remove();
  setTimeout(() => node.remove(), 3500 + text.length * 25);
}

async function copy(text, said) {
  try {
    await navigator.clipboard.writeText(text);
    toast(said ?? `Copied: ${text}`);
  } catch {
    toast("The browser did not allow copying.");
  }
}

function openAlert(text) {
  $("alert-text").textContent = text;
  if (!$("alert").open) $("alert").showModal();
}

function openViewer(image) {
  $("viewer-image").src = image.src;
  $("viewer-image").alt = image.alt;
  $("viewer").showModal();
}

const CITIES = { Berlin: [52.52, 13.405], Lisbon: [38.7223, -9.1393], London: [51.5072, -0.1276], "New York": [40.7128, -74.006],
  "São Paulo": [-23.5505, -46.6333], Nairobi: [-1.2921, 36.8219], Mumbai: [19.076, 72.8777], Tokyo: [35.6762, 139.6503], Sydney: [-33.8688, 151.2093] };

function sendPlace(latitude, longitude) {
  if (transmit({ type: "location", latitude, longitude })) scroll.stuck = true;
  $("place").close();
}

function locateMyself() {
  const failed = () => toast("The browser did not tell where you are.");
  if (!navigator.geolocation) return failed();
  navigator.geolocation.getCurrentPosition(({ coords }) => sendPlace(coords.latitude, coords.longitude), failed, { timeout: 8000 });
}

function prepareDialogs() {
  $("cities").append(...Object.entries(CITIES).map(([name, at]) => el("button", { type: "button", class: "chip", on: { click: () => sendPlace(...at) } }, name)));
  $("place-form").addEventListener("submit", (event) => {
    event.preventDefault();
    sendPlace(Number($("latitude").value), Number($("longitude").value));
  });
  $("place-cancel").addEventListener("click", () => $("place").close());
  $("locate").addEventListener("click", locateMyself);
  $("viewer").addEventListener("click", () => $("viewer").close());
  for (const dialog of [$("alert"), $("place")]) dialog.addEventListener("click", (event) => event.target === dialog && dialog.close());
}

// ── Header: status, clock, people, theme ────────────────────────────────────────────────────────────────────────────

const ACTIONS = { typing: "typing…", upload_photo: "sending a photo…", upload_document: "sending a file…", find_location: "finding a place…" };
let typingTimer = 0;

function showStatus(text, busy = false) {
  $("status").textContent = text;
  $("status").classList.toggle("busy", busy);
}

function showTyping(action) {
  clearTimeout(typingTimer);
  $("typing").hidden = false;
  showStatus(ACTIONS[action] ?? "busy…", true);
  typingTimer = setTimeout(hideTyping, 5000);
}

function hideTyping() {
  clearTimeout(typingTimer);
  $("typing").hidden = true;
  if (connection.live) showStatus("bot");
}

function showClock({ now, next, enabled }) {
  const before = chat.now;
  chat.now = new Date(now);
  $("clock").hidden = !enabled;
  $("clock-now").textContent = STRIP.format(chat.now);
  $("clock-now").setAttribute("datetime", now);
  $("clock-next").textContent = next ? `Next reminder: ${STRIP.format(new Date(next))}` : "No reminder set yet";
  $("jump").disabled = !next;
  $("jump").title = next ? "Move the bot's clock to the next reminder" : "No reminder set yet";
  const moved = before ? chat.now - before : 0;
  $("clock-now").classList.toggle("flash", Math.abs(moved) > 90_000);
  if (!before || chat.now.getMinutes() !== before.getMinutes() || Math.abs(moved) > 60_000) refreshDates();
}

function showPeople() {
  $("bot-name").textContent = $("empty-name").textContent = fullName(chat.me);
  $("bot-avatar").textContent = $("empty-avatar").textContent = initials(fullName(chat.me));
  $("person-name").textContent = fullName(chat.user);
  $("person-avatar").textContent = initials(fullName(chat.user));
  $("person").setAttribute("aria-label", `You are ${fullName(chat.user)}. Switch person`);
  document.title = `${fullName(chat.me)} · ${fullName(chat.user)}`;
  const people = { ...PEOPLE, [chat.user.id]: fullName(chat.user) };
  $("people-list").replaceChildren(...Object.entries(people).map(([id, name]) => el("li", {},
    el("a", { href: `/?user=${id}`, "aria-current": Number(id) === chat.user.id && "page" },
      el("span", { class: "avatar small", "aria-hidden": "true", "data-hue": id % 3 }, initials(name)), name),
    el("a", { href: `/?user=${id}`, ...outward, class: "new-tab", title: "Open in a new tab", "aria-label": `Chat as ${name} in a new tab` },
      icon("link")))));
  $("person-avatar").dataset.hue = String(chat.user.id % 3);
}

const darkSystem = matchMedia("(prefers-color-scheme: dark)");
const isDark = () => (document.documentElement.dataset.theme ?? (darkSystem.matches ? "dark" : "light")) === "dark";

function showTheme() {
  setIcon($("theme"), isDark() ? "sun" : "moon");
  $("theme").setAttribute("aria-label", `Use the ${isDark() ? "light" : "dark"} theme`);
}

function prepareTheme() {
  const chosen = remembered("theme");
  if (chosen === "dark" || chosen === "light") document.documentElement.dataset.theme = chosen;
  darkSystem.addEventListener("change", showTheme);
  $("theme").addEventListener("click", () => {
    document.documentElement.dataset.theme = isDark() ? "light" : "dark";
    remembered("theme", document.documentElement.dataset.theme);
    showTheme();
  });
  showTheme();
}

// ── The connection ──────────────────────────────────────────────────────────────────────────────────────────────────

const FIRST_WAIT = 400;
const LONGEST_WAIT = 8000;
const connection = { socket: null, live: false, wait: FIRST_WAIT, timer: 0 };

function connect() {
  clearTimeout(connection.timer);
  const socket = new WebSocket(`${location.protocol === "https:" ? "wss" : "ws"}://${location.host}/ws?user=${userId}`);
  connection.socket = socket;
  socket.addEventListener("message", ({ data }) => receive(JSON.parse(data)));
  socket.addEventListener("close", () => {
    if (connection.socket !== socket) return;
    connection.live = false;
    hideTyping();
    showStatus("connecting…", true);
    document.body.classList.add("offline");
    connection.timer = setTimeout(connect, connection.wait);
    connection.wait = Math.min(connection.wait * 2, LONGEST_WAIT);
  });
}

/** Sends a frame; false, and a word to the reader, while there is no connection. */
function transmit(frame) {
  if (!connection.live) {
    toast("Not connected. Trying again…");
    return false;
  }
  connection.socket.send(JSON.stringify(frame));
  return true;
}

const receivers = {
  hello(frame) {
    Object.assign(chat, { me: frame.me, user: frame.user, commands: frame.commands });
    Object.assign(connection, { live: true, wait: FIRST_WAIT });
    document.body.classList.remove("offline");
    [...chat.presses.keys()].forEach(settlePress);
    showPeople();
    hideTyping();
    showClock(frame.clock);
    $("empty-text").textContent = frame.description;
    redraw(frame.messages);
    $("menu").hidden = !chat.commands.length;
    followStartLink();
  },
  message({ message }) {
    const own = isMine(message);
    if (!own) hideTyping();
    appendMessage(message, true);
    showEmptiness();
    if (own) return scrollToEnd();
    if (scroll.stuck) return showNewest(chat.messages.get(message.message_id).node);
    scroll.unseen += 1;
    showDown();
  },
  edit: ({ message }) => replaceMessage(message),
  delete: (frame) => removeMessage(frame.message_id),
  typing: ({ action }) => showTyping(action),
  pressed(frame) {
    const waiting = chat.presses.get(pressKey(frame.message_id, frame.data));
    if (waiting) waiting.id = frame.callback_query_id;
  },
  callback_answer(frame) {
    for (const [key, { id }] of chat.presses) if (id === frame.callback_query_id) settlePress(key);
    if (frame.text) (frame.show_alert ? openAlert : toast)(frame.text);
    if (frame.url && safeUrl(frame.url)) window.open(frame.url, "_blank", "noopener,noreferrer");
  },
  commands(frame) {
    chat.commands = frame.commands;
    $("menu").hidden = !chat.commands.length;
  },
  clock: showClock,
  inline_results(frame) {
    if (frame.query === suggest.inlineQuery) showSuggestions(inlineItems(frame.results), 0);
  },
};

function receive(frame) {
  receivers[frame.type]?.(frame); // a frame of a newer server is no reason to stop
}

function redraw(messages) {
  const first = !chat.messages.size;
  const place = $("log").scrollTop;
  chat.messages.clear();
  foldObserver.disconnect();
  $("days").setAttribute("aria-busy", "true"); // a history is not read aloud
  $("days").replaceChildren();
  showReplies(null);
  $("text").placeholder = "Message";
  messages.forEach((message) => appendMessage(message, false));
  showEmptiness();
  if (first || scroll.stuck) scrollToEnd();
  else $("log").scrollTop = place;
  requestAnimationFrame(() => $("days").removeAttribute("aria-busy"));
}

/** `/?start=payload` starts the bot with it once; then the address is an ordinary one again, safe to reload. */
function followStartLink() {
  const payload = query.get("start");
  if (payload === null) return;
  query.delete("start");
  history.replaceState(null, "", query.size ? `?${query}` : location.pathname);
  transmit({ type: "start", payload });
}

// ── Wiring ──────────────────────────────────────────────────────────────────────────────────────────────────────────

function prepareComposer() {
  const field = $("text");
  field.addEventListener("input", composerChanged);
  field.addEventListener("keydown", composerKey);
  field.addEventListener("blur", () => showSuggestions([]));
  $("composer").addEventListener("submit", (event) => { event.preventDefault(); submitComposer(); field.focus(); });
  $("menu").addEventListener("mousedown", (event) => event.preventDefault());
  $("menu").addEventListener("click", () => {
    if (suggest.items.length) return showSuggestions([]);
    field.focus();
    showSuggestions(commandItems(""), 0);
  });
  $("keyboard").addEventListener("click", () => toggleReplies($("replies").hidden));
  $("start").addEventListener("click", () => transmit({ type: "start", payload: "" }));
  $("jump").addEventListener("click", () => transmit({ type: "jump" }) && scrollToEnd());
  document.addEventListener("keydown", typeAnywhere);
}

/** Who starts to type means the message, wherever the focus rests. */
function typeAnywhere(event) {
  const resting = [document.body, $("log"), null].includes(document.activeElement);
  const printable = event.key.length === 1 && event.key !== " " && !event.ctrlKey && !event.metaKey && !event.altKey;
  if (resting && printable && !document.querySelector("dialog[open]")) $("text").focus();
}

function prepareAttachments() {
  const choose = (id, action) => $(id).addEventListener("click", () => { $("attachments").hidePopover(); action(); });
  choose("send-location", () => $("place").showModal());
  choose("send-photo", () => transmit({ type: "photo" }));
  choose("send-sticker", () => transmit({ type: "sticker" }));
}

function begin() {
  prepareTheme();
  watchScroll();
  prepareComposer();
  prepareAttachments();
  prepareDialogs();
  showStatus("connecting…", true);
  window.addEventListener("online", () => { if (!connection.live && connection.socket?.readyState === WebSocket.CLOSED) connect(); });
  connect();
}

begin();

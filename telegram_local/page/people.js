// Who talks: the names of the bot and the reader, and the menu of other people to be.

import { $, el, icon } from "./dom.js";
import { outward } from "./links.js";
import { chat } from "./state.js";

const PEOPLE = { 1: "Ann", 2: "Ben", 3: "Cleo" };

/** Initials are a picture of a name that stands beside them: drawn by the style sheet, and no text of their own. */
function drawInitials(avatar, name) {
  avatar.dataset.initials = name.split(/\s+/).filter(Boolean).slice(0, 2).map((word) => [...word][0].toUpperCase()).join("");
  return avatar;
}

const fullName = (user) => [user.first_name, user.last_name].filter(Boolean).join(" ");

export function showPeople() {
  $("bot-name").textContent = $("empty-name").textContent = fullName(chat.me);
  ["bot-avatar", "empty-avatar"].forEach((id) => drawInitials($(id), fullName(chat.me)));
  $("person-name").textContent = fullName(chat.user);
  drawInitials($("person-avatar"), fullName(chat.user));
  $("person").setAttribute("aria-label", `You are ${fullName(chat.user)}. Switch person`);
  document.title = `${fullName(chat.me)} · ${fullName(chat.user)}`;
  const people = { ...PEOPLE, [chat.user.id]: fullName(chat.user) };
  $("people-list").replaceChildren(...Object.entries(people).map(([id, name]) => el("li", {},
    el("a", { href: `/?user=${id}`, "aria-current": Number(id) === chat.user.id && "page" },
      drawInitials(el("span", { class: "avatar small", "aria-hidden": "true", "data-hue": id % 3 }), name), name),
    el("a", { href: `/?user=${id}`, ...outward, class: "new-tab", title: "Open in a new tab", "aria-label": `Chat as ${name} in a new tab` },
      icon("link")))));
  $("person-avatar").dataset.hue = String(chat.user.id % 3);
}

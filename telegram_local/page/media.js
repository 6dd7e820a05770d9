// What a message carries besides text: photos, files, places, stickers, sound and film.

import { openViewer } from "./dialogs.js";
import { el, icon } from "./dom.js";
import { outward } from "./links.js";
import { playerNode } from "./player.js";

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
  return el("a", { class: "document", href: fileUrl(file), download: name },
    el("span", { class: "document-icon" }, icon("file")),
    el("span", { class: "document-text" }, el("b", {}, name),
      el("small", {}, [fileSize(file.file_size), "Download"].filter(Boolean).join(" · "))));
}

function locationNode({ location: { latitude, longitude } }) {
  const place = `${latitude.toFixed(4)}, ${longitude.toFixed(4)}`;
  const href = `https://www.openstreetmap.org/?mlat=${Number(latitude)}&mlon=${Number(longitude)}#map=13/${Number(latitude)}/${Number(longitude)}`;
  return el("a", { class: "location", href, ...outward, "aria-label": `Location ${place}, open a map` }, el("span", { class: "map" }, icon("pin")), el("span", {}, place));
}

export const MEDIA = {
  photo: photoNode,
  document: documentNode,
  location: locationNode,
  sticker: (message) => el("span", { class: "sticker", role: "img", "aria-label": `Sticker ${message.sticker.emoji ?? ""}` }, message.sticker.emoji || "🙂"),
  audio: (message) => playerNode(message.audio, fileUrl),
  voice: (message) => playerNode({ title: "Voice message", ...message.voice }, fileUrl),
  video: (message) => el("video", { controls: true, src: fileUrl(message.video) }),
  animation: (message) => el("video", { controls: true, loop: true, src: fileUrl(message.animation) }),
};

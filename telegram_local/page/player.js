// A track with its cover: play and pause, and a slider to go to a moment, by keyboard as by mouse. One plays at a time.

import { el, icon, setIcon } from "./dom.js";

let playing;

function clock(seconds) {
  const whole = Math.max(0, Math.round(seconds || 0));
  return `${Math.floor(whole / 60)}:${String(whole % 60).padStart(2, "0")}`;
}

function spoken(seconds) {
  const whole = Math.max(0, Math.round(seconds || 0));
  const counted = (count, unit) => `${count} ${unit}${count === 1 ? "" : "s"}`;
  return `${counted(Math.floor(whole / 60), "minute")} ${counted(whole % 60, "second")}`;
}

export function playerNode(file, fileUrl) {
  const title = file.title || file.file_name || "Audio";
  const sound = el("audio", { preload: "none", src: fileUrl(file) });
  const button = el("button", { type: "button", class: "player-button", "aria-label": `Play ${title}` }, icon("play"));
  const slider = el("input", { type: "range", min: 0, max: file.duration || 1, step: 1, value: 0, "aria-label": `Moment in ${title}` });
  const time = el("span", { class: "player-time" }, `0:00 / ${clock(file.duration)}`);
  const cover = file.thumbnail && el("img", { class: "player-cover", src: fileUrl(file.thumbnail), width: 64, height: 64, alt: "" });

  const length = () => (Number.isFinite(sound.duration) && sound.duration > 0 ? sound.duration : file.duration || 1);
  const show = () => {
    slider.max = Math.round(length());
    slider.value = Math.round(sound.currentTime);
    slider.setAttribute("aria-valuetext", `${spoken(sound.currentTime)} of ${spoken(length())}`);
    time.textContent = `${clock(sound.currentTime)} / ${clock(length())}`;
  };
  const change = (is) => {
    setIcon(button, is ? "pause" : "play");
    button.setAttribute("aria-label", `${is ? "Pause" : "Play"} ${title}`);
  };
  sound.addEventListener("play", () => {
    if (playing && playing !== sound) playing.pause();
    playing = sound;
    change(true);
  });
  sound.addEventListener("pause", () => change(false));
  sound.addEventListener("ended", () => change(false));
  ["timeupdate", "loadedmetadata", "seeked"].forEach((type) => sound.addEventListener(type, show));
  button.addEventListener("click", () => (sound.paused ? sound.play() : sound.pause()));
  slider.addEventListener("input", () => { sound.currentTime = Number(slider.value); });
  show();
  return el("div", { class: "player", role: "group", "aria-label": [title, file.performer].filter(Boolean).join(", ") },
    el("span", { class: "player-art" }, cover, button),
    el("span", { class: "player-text" }, el("b", {}, title), file.performer && el("small", {}, file.performer), slider, time), sound);
}

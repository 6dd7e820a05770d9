// Dates, in the reader's own zone and manner.

import { $ } from "./dom.js";
import { chat } from "./state.js";

// 7:00 AM, but 07:00
const HOUR = new Intl.DateTimeFormat(undefined, { hour: "numeric" }).resolvedOptions().hour12 ? "numeric" : "2-digit";
export const CLOCK = new Intl.DateTimeFormat(undefined, { hour: HOUR, minute: "2-digit" });
export const STRIP = new Intl.DateTimeFormat(undefined, { weekday: "short", day: "numeric", month: "short", hour: HOUR, minute: "2-digit" });
export const EXACT = new Intl.DateTimeFormat(undefined, { dateStyle: "full", timeStyle: "long" });
const RELATIVE = new Intl.RelativeTimeFormat(undefined, { numeric: "auto" });
export const moment = (unix) => new Date(unix * 1000);

const botNow = () => chat.now ?? new Date();

function daysBetween(from, to) {
  const midnight = (date) => Date.UTC(date.getFullYear(), date.getMonth(), date.getDate());
  return Math.round((midnight(to) - midnight(from)) / 86_400_000);
}

export function dayLabel(date) {
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
export function formatMoment(date, format) {
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
export function refreshDates() {
  for (const day of $("days").children) day.querySelector("h2 span").textContent = dayLabel(new Date(Number(day.dataset.at)));
  for (const node of document.querySelectorAll('time[data-format="r"]')) {
    node.textContent = relativeTime(moment(Number(node.dataset.unix)));
  }
}

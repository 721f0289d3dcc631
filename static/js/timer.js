/**
 * Timers and countdowns by the server's clock. The server has drawn them true for the moment of the
 * answer; this keeps them so. Announces 10, 5 and 1 minute and the end, once each, in #announcer.
 * When a window opens or closes, the page hears "iceshop:phase" and live.js pulls the truth.
 */
import { now, sync } from "./clock.js";

const MINUTE = 60_000;
const MILESTONES = [10, 5, 1];
/** What has been said, by end instant, so that a swapped timer does not repeat it. */
const said = new Set();
let running = 0;

/** @param {ParentNode} root */
export function initTimers(root) {
  const found = [...root.querySelectorAll("[data-timer], [data-countdown]")];
  if (root instanceof Element && root.matches("[data-timer], [data-countdown]")) found.push(root);
  found.forEach((element) => sync(element.dataset.now, element.dataset.rate));
  tick();
  if (!running) running = window.setInterval(tick, 250);
}

function tick() {
  if (document.hidden) return;
  const instant = now();
  document.querySelectorAll("[data-timer]").forEach((element) => drawTimer(element, instant));
  document.querySelectorAll("[data-countdown]").forEach((element) => drawCountdown(element, instant));
}

/** @param {HTMLElement} element @param {number} instant */
function drawTimer(element, instant) {
  const { starts, ends, grace } = element.dataset;
  const start = Date.parse(starts), end = Date.parse(ends), late = Date.parse(grace || "");
  const phase = instant < start ? "before" : instant < end ? "open" : instant < late ? "grace" : "over";
  const before = element.dataset.phase;
  if (before !== phase) changePhase(element, phase, before);
  const figure = element.querySelector("[data-timer-figure]");
  const text = phase === "before" ? String(Math.ceil((start - instant) / MINUTE)) : left(end - instant);
  if (figure.textContent !== text) figure.textContent = text;
  figure.classList.toggle("is-long", text.length > 3);
  if (phase !== "open") return;
  drawEdge(element, start, end, instant);
  announce(element, end, instant);
}

/** @param {number} milliseconds */
function left(milliseconds) {
  const seconds = Math.max(0, Math.ceil(milliseconds / 1000));
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
}

function changePhase(element, phase, before) {
  element.dataset.phase = phase;
  element.classList.remove("is-before", "is-open", "is-grace", "is-over");
  element.classList.add(`is-${phase}`);
  const note = element.querySelector("[data-timer-note]");
  note.textContent = element.dataset[`word${phase[0].toUpperCase()}${phase.slice(1)}`];
  if (!before) return;
  if (phase === "over" || phase === "grace") say(element.dataset.sayOver);
  document.dispatchEvent(new CustomEvent("iceshop:phase", { detail: { phase } }));
}

function drawEdge(element, start, end, instant) {
  const total = Number(element.dataset.segments);
  const unit = (end - start) > 60 * MINUTE ? 5 * MINUTE : MINUTE;
  const gone = Math.min(total, Math.floor((instant - start) / unit));
  if (element.dataset.gone === String(gone)) return;
  element.dataset.gone = String(gone);
  const set = (name, first, count) =>
    element.querySelector(`.timer-${name}`).setAttribute("stroke-dasharray", dashes(first, count, total));
  set("elapsed", 0, gone);
  set("running", gone, Math.min(1, total - gone));
  set("left", gone + 1, Math.max(0, total - gone - 1));
}

/** The same pattern as iceshop/infra/draw/timer.py draws. */
export function dashes(first, count, total) {
  if (count <= 0) return `0 ${total}`;
  if (count === total) return ".76 .24";
  const rest = total - first - count;
  return `${first ? `0 ${first} ` : ""}${".76 .24 ".repeat(count - 1)}.76 ${rest ? `${rest}.24` : ".24"}`;
}

function drawCountdown(element, instant) {
  const minutes = Math.ceil((Date.parse(element.dataset.ends) - instant) / MINUTE);
  const text = minutes > 0 ? element.dataset.words.replace("{}", String(minutes)) : element.dataset.past;
  if (element.textContent !== text) element.textContent = text;
}

function announce(element, end, instant) {
  const minutes = (end - instant) / MINUTE;
  const due = MILESTONES.filter((mark) => minutes <= mark && minutes > mark - 1);
  for (const mark of due) {
    const key = `${end}:${mark}`;
    if (said.has(key)) continue;
    said.add(key);
    say(mark === 1 ? element.dataset.sayMinute : element.dataset.sayMinutes.replace("{}", String(mark)));
  }
}

/** @param {string} words */
function say(words) {
  const region = document.getElementById("announcer");
  if (region && words) region.textContent = words;
}

document.addEventListener("visibilitychange", tick);

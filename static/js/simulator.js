/**
 * The simulator's phones: sends their forms without leaving the page, asks each second what is new
 * and merges it in, so that focus, scrolling and open sheets stay. Without it every form still works.
 */
import { now, sync, wall } from "./clock.js";
import { showToast } from "./dialog.js";

const POLL_MS = 1000;
const LONGEST_PAUSE_MS = 15000;
const AT_END_PX = 48;

const page = document.querySelector("[data-sim]");
const clock = document.querySelector("[data-sim-clock]");
let asking = false;
let pause = POLL_MS;
let timer = 0;

/** @param {string} html */
function parsed(html) {
  const holder = document.createElement("template");
  holder.innerHTML = html;
  return holder.content;
}

/**
 * Bring a list to what `fresh` shows: items are told apart by data-key, changed ones by data-state.
 * @param {Element} list @param {Element} fresh
 */
function merge(list, fresh) {
  const isAtEnd = list.scrollHeight - list.scrollTop - list.clientHeight < AT_END_PX;
  const known = new Map([...list.children].map((item) => [item.dataset.key, item]));
  let place = list.firstElementChild;
  [...fresh.children].forEach((item) => {
    let kept = known.get(item.dataset.key);
    known.delete(item.dataset.key);
    if (kept && kept.dataset.state !== item.dataset.state) kept = renew(kept, item, kept === place, (next) => (place = next));
    if (kept && kept === place) place = place.nextElementSibling;
    else list.insertBefore(kept || item, place);
  });
  known.forEach((gone) => gone.remove());
  if (isAtEnd) list.scrollTop = list.scrollHeight;
}

/** Put `item` in the place of `old`; the focus stays on the button that was pressed. */
function renew(old, item, isPlace, move) {
  const focused = old.contains(document.activeElement) ? document.activeElement.value : null;
  old.replaceWith(item);
  if (isPlace) move(item);
  if (focused) [...item.querySelectorAll("button")].find((button) => button.value === focused)?.focus();
  return item;
}

/** @param {{slot: string, html: string}} news */
function showPhone({ slot, html }) {
  const fresh = parsed(html).querySelector("[data-slot]");
  const shown = [...page.querySelectorAll("[data-slot]")].find((phone) => phone.dataset.slot === slot);
  if (!shown || !fresh) return;
  if (shown.dataset.user === fresh.dataset.user) {
    shown.dataset.stamp = fresh.dataset.stamp;
    merge(shown.querySelector("[data-merge]"), fresh.querySelector("[data-merge]"));
  } else {
    shown.replaceWith(fresh);
    toEnd(fresh);
  }
}

function showStrip(html) {
  const fresh = parsed(html);
  for (const name of ["[data-sim-posted]", "[data-sim-log]"]) {
    const shown = page.querySelector(name);
    const next = fresh.querySelector(name);
    if (shown && next && shown.innerHTML !== next.innerHTML) shown.replaceWith(next);
  }
}

function showWire(html) {
  parsed(html).querySelectorAll("[data-merge]").forEach((fresh) => {
    const list = page.querySelector(`[data-sim-wire] [data-merge="${fresh.dataset.merge}"]`);
    if (list) merge(list, fresh);
  });
}

function showRate(rate) {
  document.querySelectorAll("[data-sim-rate]").forEach((button) => {
    button.setAttribute("aria-pressed", String(Number(button.dataset.simRate) === rate));
  });
}

async function ask() {
  if (asking) return;
  asking = true;
  clearTimeout(timer);
  try {
    const query = new URLSearchParams({ show: page.dataset.slots });
    page.querySelectorAll("[data-stamp]").forEach((phone) => query.append("have", phone.dataset.stamp));
    if ("wire" in page.dataset) query.set("wire", "1");
    const answer = await fetch(`${page.dataset.feed}?${query}`, { headers: { Accept: "application/json" } });
    if (!answer.ok) throw new Error(String(answer.status));
    const news = await answer.json();
    sync(news.now, news.rate);
    showRate(news.rate);
    news.phones.forEach(showPhone);
    showStrip(news.strip);
    showWire(news.wire);
    pause = POLL_MS;
  } catch {
    pause = Math.min(pause * 2, LONGEST_PAUSE_MS);
  }
  asking = false;
  if (!document.hidden) timer = setTimeout(ask, pause);
}

/** @param {SubmitEvent} event */
async function send(event) {
  const form = event.target.closest("[data-sim-form]");
  if (!form) return;
  event.preventDefault();
  const body = new FormData(form, event.submitter);
  const text = form.querySelector("input[name=text]");
  if (text) text.value = text.defaultValue = "";
  form.closest("details")?.removeAttribute("open");
  try {
    const answer = await fetch(form.action, { method: "POST", body, headers: { "X-Requested-With": "fetch" } });
    if (!answer.ok) showToast("toast-failed");
  } catch {
    if (text) text.value = String(body.get("text"));
    showToast("toast-offline");
  }
  ask();
}

function toEnd(root) {
  root.querySelectorAll("[role=log]").forEach((list) => (list.scrollTop = list.scrollHeight));
}

if (page) {
  toEnd(page);
  document.addEventListener("submit", send);
  document.addEventListener("visibilitychange", () => document.hidden || ask());
  document.addEventListener("click", ({ target }) => {
    document.querySelectorAll("[data-sim-menu][open]").forEach((menu) => menu.contains(target) || menu.removeAttribute("open"));
  });
  setInterval(() => (clock.textContent = wall(now(), clock.dataset.zone)), 250);
  timer = setTimeout(ask, POLL_MS);
}

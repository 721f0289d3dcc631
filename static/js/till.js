/**
 * Check-in without connection. Markup: an element with data-till (the store), data-roster, data-sync
 * (addresses), data-key (what verifies the roster), data-zone; forms with data-till-form.
 *
 * With a connection the forms go to the server as they are. When it cannot be reached, the scan is
 * judged by the signed roster, shown, and kept in the browser's database under the form's nonce until
 * the server has it: nothing is dropped, and a scan whose answer was lost is not counted twice.
 */
import { now } from "./clock.js";
import { ADMITTED, judge } from "./till-judge.js";
import { keptRoster, putRoster, queued, putScan, dropScans, forgetRoster } from "./till-store.js";
import { filter, showAnswer, showState, unhide } from "./till-view.js";

const SYNC_MS = 15_000, SYNC_PATIENCE_MS = 10_000, MOST_AT_ONCE = 200;
const LOST = new Set([0, 502, 503, 504]);

let host = null, isLost = false, isClosed = false, conflicts = 0, isSyncing = false;

async function initTill(element) {
  host = element;
  document.addEventListener("submit", whileOffline, true);
  document.addEventListener("htmx:afterRequest", whenAnswered);
  document.addEventListener("input", filter);
  window.addEventListener("online", () => sync().then(refresh));
  window.addEventListener("offline", () => state());
  window.setInterval(() => sync().then(refresh), SYNC_MS);
  // Swapped-in lists bring their filter hidden.
  document.addEventListener("htmx:load", unhide);
  unhide();
  await sync();
  await refresh();
}

const isOffline = () => isLost || !navigator.onLine || "kept" in document.body.dataset;

/** A form that is sent while the server cannot be reached is answered here. */
function whileOffline(event) {
  if (!event.target.matches("[data-till-form]") || !isOffline()) return;
  event.preventDefault();
  event.stopImmediatePropagation();
  decide(event.target);
}

/** A form that was sent and got no answer is answered here, too; its nonce makes it one scan. */
function whenAnswered({ detail }) {
  const { elt, verb } = detail.requestConfig;
  const form = detail.requestConfig.elt;
  const wasLost = LOST.has(detail.xhr.status);
  if (wasLost !== isLost) {
    isLost = wasLost;
    wasLost ? state() : sync().then(refresh);
  }
  if (wasLost && verb === "post" && elt.matches("[data-till-form]")) decide(form);
}

async function decide(form) {
  const data = new FormData(form);
  const store = host.dataset.till;
  const roster = await keptRoster(store, host.dataset.key);
  const told = {
    nonce: data.get("nonce"), read: String(data.get("code")).slice(0, 80), at: new Date(now()).toISOString(),
    people: Number(data.get("people")) || null, paid_minor: minor(data.get("paid")), by_name: data.get("by_name") === "1",
  };
  const answer = await judge(roster, await queued(store), told, now());
  await putScan({ ...told, store, code: answer.code, people: answer.code === ADMITTED ? answer.people : null, pass: answer.pass || "" });
  showAnswer(host, answer);
  renew(form);
  await state();
}

/** The form is used again for the next pass: another nonce, nothing typed. */
function renew(form) {
  const fresh = btoa(String.fromCharCode(...crypto.getRandomValues(new Uint8Array(16)))).replace(/\+/g, "-").replace(/\//g, "_").replace(/=/g, "");
  form.querySelector("[name=nonce]").value = fresh;
  for (const input of form.querySelectorAll("input:not([type=hidden])")) {
    input.type === "checkbox" ? (input.checked = false) : (input.value = "");
  }
  form.querySelector("#code")?.focus();
}

function minor(text) {
  const amount = Number(String(text || "").replace(/[₺\s]/g, "").replace(",", "."));
  return text && amount >= 0 ? Math.round(amount * 100) : null;
}

/** Send what waits, the oldest first; only what the server has kept leaves the queue. */
async function sync() {
  const store = host.dataset.till;
  const waiting = (await queued(store)).slice(0, MOST_AT_ONCE);
  if (!waiting.length || isSyncing || !navigator.onLine) return state();
  isSyncing = true;
  try {
    const response = await ask(host.dataset.sync, {
      method: "POST", body: JSON.stringify({ scans: waiting }),
      headers: { "Content-Type": "application/json", "X-CSRFToken": csrf() },
    });
    isLost = LOST.has(response.status);
    isClosed = response.status === 401 || response.status === 403;
    if (response.ok && !response.redirected) await taken((await response.json()).kept);
  } catch {
    isLost = true;
  } finally {
    isSyncing = false;
  }
  return state();
}

async function taken(kept) {
  await dropScans(host.dataset.till, kept.map(({ nonce }) => nonce));
  conflicts += kept.filter(({ question }) => question).length;
  for (const part of document.querySelectorAll("[data-live]")) window.htmx?.trigger(part, "live");
}

/** Fetch the roster of now; the one that is kept stays when there is none. */
async function refresh() {
  if (!navigator.onLine) return state();
  try {
    const response = await ask(host.dataset.roster);
    isLost = LOST.has(response.status);
    if (response.status === 403) await forgetRoster(host.dataset.till);
    if (response.ok && !response.redirected) await putRoster(host.dataset.till, await response.json());
    // The page of the service worker's store is replaced by the server's own as soon as it answers.
    if (response.ok && "kept" in document.body.dataset && !(await queued(host.dataset.till)).length) location.reload();
  } catch {
    isLost = true;
  }
  return state();
}

const ask = (address, options = {}) => fetch(address, { ...options, redirect: "manual", signal: AbortSignal.timeout(SYNC_PATIENCE_MS) });

const csrf = () => JSON.parse(document.body.getAttribute("hx-headers"))["X-CSRFToken"];

async function state() {
  const store = host.dataset.till;
  const [waiting, roster] = await Promise.all([queued(store), keptRoster(store, host.dataset.key)]);
  showState(host, { isOffline: isOffline(), isClosed, conflicts, count: waiting.length, roster });
}

const element = document.querySelector("[data-till]");
if (element) initTill(element);

/**
 * Live pages: the socket says that something changed, ordinary views give the HTML.
 *
 * What a page does:
 *   - the view passes `live_token` (realtime.tokens.issue); base.html puts it on the body. A fragment
 *     that carries data-live-token itself renews it with every pull (a token lives ten minutes).
 *   - each live part is an element with a stable id that its own address gives back:
 *       <div id="window" hx-get="{{ request.path }}" hx-target="this" hx-swap="outerHTML"
 *            hx-trigger="live" data-live>
 *     The view answers with the fragment of that id, and may send an ETag; an unchanged part is then
 *     answered with 304 and nothing is swapped.
 *   - optional data-live-topic="window.<id>": the part is pulled only for pokes of that topic.
 *   - <c-live-badge /> and <c-stale-strip /> anywhere show whether the numbers are fresh.
 *
 * When a part is pulled: on a poke (pokes within 300 ms count once, versions not newer than the last
 * are ignored), after each connect, when the page is seen again, when a timer changes phase, and
 * every 30 s anyway (120 s while hidden), with jitter.
 */
import { now, sync, wall } from "./clock.js";

const MERGE_MS = 300, POLL_MS = 30_000, HIDDEN_POLL_MS = 120_000, STALE_MS = 75_000;
const FIRST_RETRY_MS = 1_000, LAST_RETRY_MS = 30_000, PING_MS = 25_000, BAD_TOKEN = 4401;

const versions = new Map(), etags = new Map(), due = new Set(), again = new Set();
let socket = null, retry = FIRST_RETRY_MS, merging = 0, polling = 0, seen = Date.now(), seenClock = 0;

const parts = () => [...document.querySelectorAll("[data-live]")];
const jitter = (milliseconds) => milliseconds * (0.8 + Math.random() * 0.4);

/** Begin; does nothing on a page without live parts. */
export function initLive() {
  if (!parts().length) return;
  seenClock = now();
  document.addEventListener("visibilitychange", () => document.hidden || wake());
  document.addEventListener("iceshop:phase", () => pull());
  window.addEventListener("online", wake);
  window.addEventListener("offline", badge);
  document.body.addEventListener("htmx:configRequest", addTag);
  document.body.addEventListener("htmx:afterRequest", keepTag);
  window.setInterval(badge, 5_000);
  window.setInterval(() => socket?.readyState === 1 && socket.send('"ping"'), PING_MS);
  connect();
  poll();
  badge();
}

function wake() {
  pull();
  if (!socket) connect();
}

function token() {
  const part = document.querySelector("[data-live] [data-live-token], [data-live][data-live-token]");
  return (part || document.body).dataset.liveToken;
}

function connect() {
  const key = token();
  if (!key || socket) return;
  const path = document.body.dataset.liveUrl || "/ws/live";
  const address = new URL(`${path}?token=${encodeURIComponent(key)}`, location.href);
  address.protocol = address.protocol.replace("http", "ws");
  socket = new WebSocket(address);
  socket.onmessage = (event) => hear(event.data);
  socket.onclose = (event) => {
    socket = null;
    // The token is too old: without their tags the parts come back whole, with a new one.
    if (event.code === BAD_TOKEN) etags.clear();
    if (event.code === BAD_TOKEN) pull();
    window.setTimeout(connect, jitter(retry));
    retry = Math.min(LAST_RETRY_MS, retry * 2);
  };
}

function hear(text) {
  const message = JSON.parse(text);
  if (message.ready) {
    retry = FIRST_RETRY_MS;
    return pull();
  }
  if (!message.topic || message.version <= (versions.get(message.topic) || 0)) return;
  versions.set(message.topic, message.version);
  due.add(message.topic);
  merging ||= window.setTimeout(flush, MERGE_MS);
}

function flush() {
  merging = 0;
  pull(new Set(due));
  due.clear();
}

/** Pull all parts, or those that listen to one of the topics. */
function pull(topics) {
  for (const part of parts()) {
    const topic = part.dataset.liveTopic;
    if (topics && topic && !topics.has(topic)) continue;
    // htmx forgets what waits behind a request whose element it replaces: ask again afterwards.
    if (part.classList.contains("htmx-request")) again.add(part.id);
    else window.htmx?.trigger(part, "live");
  }
}

function poll() {
  window.clearTimeout(polling);
  polling = window.setTimeout(() => {
    pull();
    poll();
  }, jitter(document.hidden ? HIDDEN_POLL_MS : POLL_MS));
}

function addTag({ detail }) {
  if (!detail.elt.matches("[data-live]") || detail.verb !== "get") return;
  const tag = etags.get(`${detail.path}#${detail.elt.id}`);
  if (tag) detail.headers["If-None-Match"] = tag;
}

function keepTag({ detail }) {
  const part = detail.requestConfig.elt;
  // What a form brought is lost where a pull has replaced its target meanwhile: ask again.
  if (!part.matches("[data-live]")) return detail.target.isConnected || pull();
  // In a microtask: by then htmx has let go of the request. The new element listens at once only
  // because base.html sets defaultSettleDelay to 0.
  if (again.delete(part.id)) queueMicrotask(() => pull());
  const { status } = detail.xhr;
  if (status !== 200 && status !== 304) return badge();
  const tag = detail.xhr.getResponseHeader("ETag");
  if (tag) etags.set(`${detail.pathInfo.requestPath}#${part.id}`, tag);
  sync(detail.xhr.getResponseHeader("X-Now"), document.body.dataset.rate);
  seen = Date.now();
  seenClock = now();
  badge();
}

/** Say whether the numbers are fresh. */
function badge() {
  const fresh = navigator.onLine && !("kept" in document.body.dataset) && Date.now() - seen < STALE_MS;
  for (const element of document.querySelectorAll("[data-live-badge]")) {
    const { liveWord, staleWord, zone } = element.dataset;
    element.hidden = false;
    element.classList.toggle("badge-ok", fresh);
    element.classList.toggle("badge-warn", !fresh);
    element.textContent = fresh ? liveWord : staleWord.replace("{}", wall(seenClock, zone));
  }
  for (const strip of document.querySelectorAll("[data-stale-strip]")) {
    strip.hidden = fresh;
    const words = strip.querySelector("[data-stale-words]");
    words.textContent = words.dataset.staleWords.replace("{}", wall(seenClock, strip.dataset.zone));
  }
}

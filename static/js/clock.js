/**
 * The server's clock in the page: true to the server, also where it runs faster than real time,
 * and never going backwards.
 */

/** @type {{server: number, local: number, rate: number} | null} */
let anchor = null;
let shown = 0;
const OFFSET = "iceshop:clock-offset";

/** Milliseconds since this page began; goes on while the machine sleeps on most systems. */
const local = () => performance.timeOrigin + performance.now();

/**
 * Take the server's time from a fresh answer.
 * @param {string | undefined} iso instant of the server
 * @param {string | number} [rate] how many times faster than real time its clock runs
 */
export function sync(iso, rate = 1) {
  const server = Date.parse(iso || "");
  if (Number.isNaN(server)) return;
  if (anchor && server < anchor.server) return;
  if ("kept" in document.body.dataset) return resume();
  anchor = { server, local: local(), rate: Number(rate) || 1 };
  localStorage.setItem(OFFSET, String(server - Date.now()));
}

/** A page from the service worker's store tells an old time: go on from what was known last. */
function resume() {
  anchor ||= { server: Date.now() + Number(localStorage.getItem(OFFSET)), local: local(), rate: 1 };
}

/** The server's time now, in milliseconds since the epoch. */
export function now() {
  const current = anchor ? anchor.server + (local() - anchor.local) * anchor.rate : Date.now();
  shown = Math.max(shown, current);
  return shown;
}

/**
 * Wall time at the shop, written as the page's language does: 14.00 or 14:00.
 * @param {number} instant @param {string} zone IANA name
 */
export function wall(instant, zone) {
  const language = document.documentElement.lang || "tr";
  const text = new Intl.DateTimeFormat("en-GB", { hour: "2-digit", minute: "2-digit", timeZone: zone }).format(instant);
  return language.startsWith("tr") ? text.replace(":", ".") : text;
}

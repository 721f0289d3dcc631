/**
 * What a till answers by its roster; the same order of reasons as the server's.
 * A roster (windows/tills/domain.py): {made_at, rotation, windows, passes}.
 */
export const ADMITTED = "pass.admitted";
const NOT_LISTED = "pass.not_listed";

/**
 * @param {object | null} roster @param {object[]} queue what this till did since
 * @param {{read: string, people: number | null}} told @param {number} at milliseconds of the server's clock
 */
export async function judge(roster, queue, told, at) {
  const shown = read(told.read);
  const pass = roster?.passes.find((one) => one.code === shown.code || one.words.includes(shown.words));
  if (!pass) return { code: NOT_LISTED };
  const window_ = roster.windows.find(({ id }) => id === pass.window);
  const found = { pass: pass.code, name: pass.name, currency: window_.currency, starts_at: window_.starts_at, ends_at: window_.ends_at };
  const expected = pass.people - pass.people_in - admittedHere(queue, pass.code, roster);
  if (shown.step && !(await isGenuine(shown, window_.secrets))) return { code: NOT_LISTED };
  if (expected <= 0) return { ...found, code: "pass.used", people: pass.people };
  if (at < Date.parse(window_.starts_at)) return { ...found, code: "pass.too_early", people: expected };
  if (at >= Date.parse(window_.ends_at)) return { ...found, code: "pass.too_late", people: expected };
  if (shown.step && !isFresh(shown.step, roster.rotation, at)) {
    const shown_at = new Date(shown.step * roster.rotation.step_seconds * 1000).toISOString();
    return { ...found, name: "", code: "pass.stale", shown_at };
  }
  const people = Math.min(told.people || expected, expected);
  return { ...found, code: ADMITTED, people, to_pay_minor: people * pass.price_minor };
}

/** A QR code with its proof, a code, or words; without marks and in small letters. */
function read(text) {
  const parts = text.trim().toUpperCase().replace(/^ICESHOP:/, "").split(".");
  if (parts.length === 4 && /^\d{1,10}$/.test(parts[1])) return { code: parts[0], step: Number(parts[1]), key: parts[2], mac: parts[3] };
  const words = text.toLocaleLowerCase("tr").normalize("NFD").replace(/\p{M}/gu, "").replaceAll("ı", "i");
  return { code: parts.join("").replace(/[^\p{L}\p{N}]/gu, ""), words: words.match(/[a-z]+/g)?.join(" ") || "" };
}

/** People of a pass whom this till let in and the roster does not know of. */
const admittedHere = (queue, code, roster) =>
  queue.filter((scan) => scan.pass === code && scan.code === ADMITTED).reduce((sum, scan) => sum + scan.people, 0);

function isFresh(step, { step_seconds, steps_back, skew_seconds }, at) {
  const age = at / 1000 - step * step_seconds;
  return -skew_seconds <= age && age < (1 + steps_back) * step_seconds + skew_seconds;
}

async function isGenuine({ code, step, key, mac }, secrets) {
  if (!secrets[key]) return false;
  const bytes = Uint8Array.from(secrets[key].match(/../g), (pair) => parseInt(pair, 16));
  const secret = await crypto.subtle.importKey("raw", bytes, { name: "HMAC", hash: "SHA-256" }, false, ["sign"]);
  const digest = await crypto.subtle.sign("HMAC", secret, new TextEncoder().encode(`${code}.${step}`));
  return base32(new Uint8Array(digest).slice(0, 10)) === mac;
}

function base32(bytes) {
  const bits = [...bytes].map((byte) => byte.toString(2).padStart(8, "0")).join("");
  return bits.match(/.{5}/g).map((five) => "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567"[parseInt(five, 2)]).join("");
}

/** What a till keeps in the browser's database: the signed roster, and scans that wait. */
const NAME = "iceshop-till", VERSION = 1, FORM = 1;

let opened = null;

function database() {
  opened ||= new Promise((resolve, reject) => {
    const request = indexedDB.open(NAME, VERSION);
    request.onupgradeneeded = () => {
      request.result.createObjectStore("rosters", { keyPath: "store" });
      request.result.createObjectStore("scans", { keyPath: ["store", "nonce"] }).createIndex("store", "store");
    };
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
  return opened;
}

/** Do one thing with a table; resolves when it is on disk. */
async function run(table, mode, deed) {
  const transaction = (await database()).transaction(table, mode);
  const request = deed(transaction.objectStore(table));
  return new Promise((resolve, reject) => {
    transaction.oncomplete = () => resolve(request?.result);
    transaction.onerror = transaction.onabort = () => reject(transaction.error);
  });
}

/** Keep a roster as it came; its signature is looked at whenever it is used. */
export const putRoster = (store, { roster, signature }) => run("rosters", "readwrite", (table) => table.put({ store, roster, signature }));

export const forgetRoster = (store) => run("rosters", "readwrite", (table) => table.delete(store));

/**
 * The kept roster of a store, or null where there is none that the key verifies.
 * @param {string} store @param {string} key public point in base64
 */
export async function keptRoster(store, key) {
  const kept = await run("rosters", "readonly", (table) => table.get(store));
  if (!kept || !crypto.subtle || !(await isSigned(kept, key))) return null;
  const roster = JSON.parse(kept.roster);
  return roster.version === FORM && roster.store === store ? roster : null;
}

async function isSigned({ roster, signature }, key) {
  const curve = { name: "ECDSA", namedCurve: "P-256" };
  const point = await crypto.subtle.importKey("raw", bytes(key), curve, false, ["verify"]);
  return crypto.subtle.verify({ name: "ECDSA", hash: "SHA-256" }, point, bytes(signature), new TextEncoder().encode(roster));
}

const bytes = (base64) => Uint8Array.from(atob(base64), (sign) => sign.charCodeAt(0));

/** Scans of a store that wait, the oldest first. */
export async function queued(store) {
  const scans = await run("scans", "readonly", (table) => table.index("store").getAll(store));
  return scans.sort((a, b) => a.at.localeCompare(b.at));
}

export const putScan = (scan) => run("scans", "readwrite", (table) => table.put(scan));

export const dropScans = (store, nonces) =>
  run("scans", "readwrite", (table) => nonces.forEach((nonce) => table.delete([store, nonce])));

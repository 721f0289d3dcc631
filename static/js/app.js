/** Entry of every page: starts the widgets on load, and again in whatever htmx brings in. */
import { sync } from "./clock.js";
import { initDialogs, initToasts, showToast } from "./dialog.js";
import { initLive } from "./live.js";
import { initTimers } from "./timer.js";

/** @param {ParentNode} root */
function init(root) {
  initTimers(root);
  initToasts(root);
  initCounters(root);
  initScanner(root);
}

function initCounters(root) {
  root.querySelectorAll("[data-counter]").forEach((counter) => {
    const input = counter.querySelector("input");
    counter.querySelectorAll("[data-counter-step]").forEach((button) => {
      button.hidden = false;
      button.addEventListener("click", () => {
        const before = input.value;
        Number(button.dataset.counterStep) > 0 ? input.stepUp() : input.stepDown();
        if (input.value !== before) input.dispatchEvent(new Event("change", { bubbles: true }));
      });
    });
  });
}

function initScanner(root) {
  const scanners = root.querySelectorAll("[data-scanner]");
  if (scanners.length) import("./scanner.js").then((module) => scanners.forEach(module.initScanner));
}

/** Ask the service worker to keep this page and all it has loaded. */
async function keepPage() {
  if (!("keep" in document.body.dataset) || !navigator.serviceWorker) return;
  navigator.serviceWorker.register("/sw.js");
  const { active } = await navigator.serviceWorker.ready;
  const files = performance.getEntriesByType("resource").map(({ name }) => name);
  const own = files.filter((name) => name.startsWith(`${location.origin}/static/`));
  active.postMessage({ page: location.href, files: own });
}

sync(document.body.dataset.now, document.body.dataset.rate);
initDialogs();
init(document);
document.addEventListener("htmx:load", (event) => event.target !== document.body && init(event.target));
document.addEventListener("htmx:responseError", () => showToast("toast-failed"));
document.addEventListener("htmx:sendError", ({ detail }) => {
  if (!detail.elt.matches("[data-live]")) showToast("toast-offline");
});
document.addEventListener("htmx:beforeRequest", ({ detail }) => detail.elt.setAttribute("aria-busy", "true"));
document.addEventListener("htmx:afterRequest", ({ detail }) => detail.requestConfig.elt.removeAttribute("aria-busy"));
initLive();
window.addEventListener("load", keepPage);

/**
 * Scanner of pass codes. Markup:
 *   <div class="scanner" data-scanner data-state="idle" data-fallback="{% static 'vendor/jsqr@1.4.0/jsQR.js' %}"
 *        data-input="code">
 *     <video playsinline muted></video> ... <button type="button" data-scanner-start hidden>
 *     <p data-scanner-note data-denied="..." ...>
 * What is read goes into the input of that id and its form is sent; the form works without camera.
 * The browser's own BarcodeDetector is used where it knows QR codes, else jsQR, fetched on demand.
 */
const SCAN_MS = 150;
const AGAIN_MS = 3_000;

/** @param {HTMLElement} host */
export function initScanner(host) {
  if (!navigator.mediaDevices?.getUserMedia) return;
  const start = host.querySelector("[data-scanner-start]");
  start.hidden = false;
  start.addEventListener("click", () => run(host, start));
}

async function run(host, start) {
  const video = host.querySelector("video");
  try {
    const [read, stream] = await Promise.all([reader(host.dataset.fallback), camera()]);
    video.srcObject = stream;
    await video.play();
    start.hidden = true;
    host.dataset.state = "on";
    watch(host, video, stream, read);
  } catch (error) {
    const note = host.querySelector("[data-scanner-note]");
    note.textContent = note.dataset.denied;
    host.dataset.state = "denied";
  }
}

const camera = () => navigator.mediaDevices.getUserMedia({ video: { facingMode: "environment" }, audio: false });

/** A function from the video to the text of a code, or null. */
async function reader(fallback) {
  const known = "BarcodeDetector" in window ? await window.BarcodeDetector.getSupportedFormats() : [];
  if (known.includes("qr_code")) {
    const detector = new window.BarcodeDetector({ formats: ["qr_code"] });
    return async (video) => (await detector.detect(video))[0]?.rawValue || null;
  }
  await import(fallback);
  const canvas = document.createElement("canvas");
  const paper = canvas.getContext("2d", { willReadFrequently: true });
  return async (video) => {
    canvas.width = video.videoWidth;
    canvas.height = video.videoHeight;
    paper.drawImage(video, 0, 0);
    const { data, width, height } = paper.getImageData(0, 0, canvas.width, canvas.height);
    return window.jsQR(data, width, height, { inversionAttempts: "dontInvert" })?.data || null;
  };
}

/** Look until the page leaves; the same code counts again only after three seconds. */
async function watch(host, video, stream, read) {
  let last = "", lastAt = 0;
  while (host.isConnected) {
    const text = video.videoWidth && !document.hidden ? await read(video) : null;
    if (text && (text !== last || Date.now() - lastAt > AGAIN_MS)) {
      [last, lastAt] = [text, Date.now()];
      hand(host, text);
    }
    await new Promise((resolve) => window.setTimeout(resolve, SCAN_MS));
  }
  stream.getTracks().forEach((track) => track.stop());
}

function hand(host, text) {
  const input = document.getElementById(host.dataset.input);
  if (!input) return;
  navigator.vibrate?.(60);
  input.value = text;
  input.form.requestSubmit();
}

/**
 * Dialogs and toasts. data-dialog="<id>" opens the dialog of that id; without script the same element
 * is a link or a form that leads to a page with the same content.
 */
const TOAST_MS = 6_000;

/** Listen once for the whole document. */
export function initDialogs() {
  document.addEventListener("click", (event) => {
    const opener = event.target.closest("[data-dialog]");
    const dialog = opener && document.getElementById(opener.dataset.dialog);
    if (dialog instanceof HTMLDialogElement) {
      event.preventDefault();
      dialog.showModal();
      return;
    }
    const open = event.target.closest("dialog[open]");
    if (open && (event.target === open || event.target.closest("[data-dialog-close]"))) open.close();
  });
}

/** Let each toast under `root` go after six seconds, longer while it is read or touched. */
export function initToasts(root) {
  root.querySelectorAll("[data-toast]:not([data-toast-on])").forEach((toast) => {
    toast.dataset.toastOn = "";
    const leave = () => {
      if (toast.matches(":hover, :focus-within")) return window.setTimeout(leave, TOAST_MS);
      toast.classList.add("is-leaving");
      return window.setTimeout(() => toast.remove(), 300);
    };
    window.setTimeout(leave, TOAST_MS);
  });
}

/** Show the toast of a template in the page, once at a time. */
export function showToast(templateId) {
  const template = document.getElementById(templateId);
  const host = document.getElementById("toasts");
  if (!template || !host || host.querySelector(`[data-from="${templateId}"]`)) return;
  const toast = template.content.firstElementChild.cloneNode(true);
  toast.dataset.from = templateId;
  host.append(toast);
  initToasts(host);
}

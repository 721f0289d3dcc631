/** Shows what a till did without connection: the answer, the queue, the roster's age; finds names. */
import { wall } from "./clock.js";

/** @param {HTMLElement} host @param {object} answer of till-judge.js */
export function showAnswer(host, answer) {
  const template = document.querySelector(`template[data-till-answer="${answer.code}"]`);
  const part = template.content.cloneNode(true);
  const { instant, sentence } = template.dataset;
  const time = answer[instant || "ends_at"] ? wall(Date.parse(answer[instant || "ends_at"]), host.dataset.zone) : "";
  fill(part, ".h5", answer.name ? `${answer.name} · ${people(answer.people)}` : "");
  fill(part, ".figure", answer.to_pay_minor ? money(answer.to_pay_minor, answer.currency) : time);
  part.querySelector(".quiet").textContent = sentence.replace("{time}", time);
  document.getElementById("till-result").replaceChildren(part);
  window.scrollTo({ top: 0 });
}

function fill(part, selector, text) {
  const element = part.querySelector(selector);
  text ? (element.textContent = text) : element.remove();
}

const people = (number) => document.querySelector(`template[data-till-people="${number === 1 ? 1 : 2}"]`).innerHTML.replace(/\d+/, number);

/** As the pages write money: 118 ₺, ₺118. */
function money(minor, currency) {
  const language = document.documentElement.lang || "tr";
  const digits = minor % 100 ? 2 : 0;
  const number = new Intl.NumberFormat(language, { minimumFractionDigits: digits, maximumFractionDigits: digits }).format(minor / 100);
  const sign = new Intl.NumberFormat(language, { style: "currency", currency, currencyDisplay: "narrowSymbol" }).formatToParts(0).find(({ type }) => type === "currency").value;
  return language.startsWith("tr") ? `${number}\u00a0${sign}` : `${sign}${number}`;
}

/** @param {{isOffline: boolean, isClosed: boolean, conflicts: number, count: number, roster: object | null}} state */
export function showState(host, { isOffline, isClosed, conflicts, count, roster }) {
  const strip = (name) => host.querySelector(`[data-till-${name}]`);
  const put = (element, number) => (element.textContent = (number ? element.dataset.words : element.dataset.none || element.dataset.words).replace("{}", number));
  strip("offline").hidden = !isOffline;
  put(strip("queue"), count);
  put(strip("roster"), roster ? wall(Date.parse(roster.made_at), host.dataset.zone) : "");
  strip("waiting").hidden = isOffline || isClosed || !count;
  put(strip("waiting").querySelector("p"), count);
  strip("closed").hidden = !isClosed || !count;
  put(strip("closed").querySelector("p"), count);
  strip("conflicts").hidden = !conflicts || isOffline;
  put(strip("conflicts").querySelector("p"), conflicts);
}

/** The field for a name, which works by script only. */
export function unhide() {
  for (const filter of document.querySelectorAll("[data-till-filter]")) filter.hidden = false;
}

/** Leave those in the list whose name begins with, or holds, what is typed. */
export function filter(event) {
  if (event.target.id !== "till-name") return;
  const fold = (text) => text.toLocaleLowerCase("tr").normalize("NFD").replace(/\p{M}/gu, "").replaceAll("ı", "i");
  const wanted = fold(event.target.value.trim());
  for (const row of document.querySelectorAll("#till-people [data-name]")) row.hidden = !fold(row.dataset.name).includes(wanted);
}

// The words of the page in the language of its reader. Words are in en.json and id.json, under the same names.

const LANGUAGES = ["en", "id"];
const KEPT = "selat.language";
const LOCALES = { en: "en-GB", id: "id-ID" };

let language = "en";
let words = {};
const listeners = new Set();

/** Load the words of the language kept from last time, or of the browser's. */
export async function begin() {
  await speak(localStorage.getItem(KEPT) ?? (/^(id|ms)\b/.test(navigator.language) ? "id" : "en"));
}

/** Change to another language, and tell everybody who shows words. */
export async function speak(wanted) {
  language = LANGUAGES.includes(wanted) ? wanted : "en";
  const answer = await fetch(`/web/map/${language}.json`);
  words = await answer.json();
  document.documentElement.lang = language;
  translate(document);
  for (const listener of listeners) listener();
}

/** Keep the language for next time, and change to it. */
export function choose(wanted) {
  localStorage.setItem(KEPT, wanted);
  return speak(wanted);
}

export const current = () => language;
export const other = () => (language === "en" ? "id" : "en");
export const onChange = (listener) => listeners.add(listener);

/** Return the words of this name, with {placeholders} filled in; the form for one where `n` is 1 and there is one. */
export function t(name, values = {}) {
  const text = (values.n === 1 && words[`${name}.one`]) || words[name];
  if (text === undefined) return name;
  return text.replace(/\{(\w+)\}/g, (_, key) => String(values[key] ?? ""));
}

/** Return whether there are words of this name. */
export const has = (name) => words[name] !== undefined;

/** Put words into whatever carries data-i18n (its text) or data-i18n-label (its aria-label). */
export function translate(root) {
  for (const each of root.querySelectorAll("[data-i18n]")) each.textContent = t(each.dataset.i18n);
  for (const each of root.querySelectorAll("[data-i18n-label]")) each.setAttribute("aria-label", t(each.dataset.i18nLabel));
}

export const number = (value, digits = 0) =>
  new Intl.NumberFormat(LOCALES[language], { maximumFractionDigits: digits }).format(value);

export const money = (value, currency) =>
  new Intl.NumberFormat(LOCALES[language], {
    style: "currency", currency, currencyDisplay: "narrowSymbol", maximumFractionDigits: currency === "IDR" ? 0 : 2,
  }).format(value);

export const kilometers = (meters) => `${number(meters / 1000, meters < 10_000 ? 1 : 0)} km`;

/** Return a duration in hours and minutes, in words. */
export function duration(seconds) {
  const minutes = Math.round(seconds / 60);
  const parts = [Math.floor(minutes / 60), minutes % 60];
  if (parts[0] === 0) return t("minutes", { m: parts[1] });
  return parts[1] === 0 ? t("hours", { h: parts[0] }) : t("hoursMinutes", { h: parts[0], m: parts[1] });
}

/** Return a date such as "Wednesday, 25 November 2026" of a local date "2026-11-25". */
export const day = (date) =>
  new Intl.DateTimeFormat(LOCALES[language], { dateStyle: "full", timeZone: "UTC" }).format(new Date(`${date}T00:00:00Z`));

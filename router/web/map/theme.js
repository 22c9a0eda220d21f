// Light or dark: as the reader's system says, until the reader says otherwise.

const KEPT = "selat.theme";
const dark = matchMedia("(prefers-color-scheme: dark)");
const listeners = new Set();

export function begin() {
  dark.addEventListener("change", apply);
  apply();
}

export const current = () => document.documentElement.dataset.theme;
export const onChange = (listener) => listeners.add(listener);

/** Change to the other one, and keep that. */
export function toggle() {
  localStorage.setItem(KEPT, current() === "dark" ? "light" : "dark");
  apply();
}

/** Return a colour of the theme, by its name in colours.css. */
export const colour = (name) => getComputedStyle(document.documentElement).getPropertyValue(`--${name}`).trim();

/** Whether the reader would rather see nothing glide. */
export const still = () => matchMedia("(prefers-reduced-motion: reduce)").matches;

function apply() {
  document.documentElement.dataset.theme = localStorage.getItem(KEPT) ?? (dark.matches ? "dark" : "light");
  for (const listener of listeners) listener();
}

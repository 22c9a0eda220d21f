/** Light or dark: as the system says, until somebody says otherwise; that is remembered in this browser. */

const REMEMBERED = "selat-docs-colours";

/** Let a button turn the page from light to dark and back. */
export function offerColours(button) {
  const apply = (colours) => {
    document.documentElement.dataset.colours = colours;
    button.textContent = colours === "dark" ? "Light" : "Dark";
  };
  const ofSystem = matchMedia("(prefers-color-scheme: dark)");
  const current = () => localStorage.getItem(REMEMBERED) ?? (ofSystem.matches ? "dark" : "light");
  apply(current());
  ofSystem.addEventListener("change", () => apply(current()));
  button.addEventListener("click", () => {
    localStorage.setItem(REMEMBERED, current() === "dark" ? "light" : "dark");
    apply(current());
  });
}

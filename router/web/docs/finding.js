/** The list of contents, and the search over it. */

import { make } from "./dom.js";

/**
 * Fill the list of contents.
 * @param {Element} place
 * @param {Array<{title: string, items: Array<{id: string, label: Node[], section: Element}>}>} groups
 */
export function listContents(place, groups) {
  for (const { title, items } of groups) {
    const links = items.map(({ id, label }) => make("li", {}, make("a", { href: `#${id}` }, ...label)));
    place.append(make("h2", {}, title), make("ul", {}, ...links));
  }
}

/**
 * Hide whatever does not contain every word that is searched for, in its section and in the list of contents.
 * @param {{input: HTMLInputElement, found: Element, contents: Element}} places
 * @param {Array<{id: string, section: Element}>} items
 */
export function searchOver({ input, found, contents }, items) {
  const known = items.map(({ id, section }) => ({
    section,
    entry: contents.querySelector(`a[href="#${CSS.escape(id)}"]`).parentElement,
    text: section.textContent.toLowerCase(),
  }));
  const look = () => {
    const words = input.value.toLowerCase().split(/\s+/).filter(Boolean);
    const hits = known.filter(({ section, entry, text }) => {
      const hit = words.every((word) => text.includes(word));
      section.hidden = entry.hidden = !hit;
      return hit;
    });
    for (const list of contents.querySelectorAll("ul")) {
      const empty = [...list.children].every((entry) => entry.hidden);
      list.hidden = list.previousElementSibling.hidden = empty;
    }
    found.textContent = words.length ? `${hits.length} of ${known.length}` : "";
  };
  input.addEventListener("input", look);
  // A link leads to its section even where the search has hidden that.
  addEventListener("hashchange", () => {
    const target = document.getElementById(decodeURIComponent(location.hash.slice(1)));
    if (!target?.hidden) return;
    input.value = "";
    look();
    target.scrollIntoView();
  });
}

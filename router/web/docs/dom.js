/** Making elements. Texts become text nodes only: nothing that the description says is ever taken for HTML. */

/**
 * Return an element.
 * @param {string} tag
 * @param {Record<string, string>} attributes
 * @param {...(Node | string)} children
 */
export function make(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  element.append(...children);
  return element;
}

/** Return a text as nodes: what stands between backticks is code. */
export function inline(text) {
  return text.split(/``?([^`]+)``?/).map((part, index) => (index % 2 ? make("code", {}, part) : part));
}

/** Return a text as paragraphs, one for each of its blocks. */
export function paragraphs(text = "") {
  const blocks = text.split(/\n\s*\n/).filter((block) => block.trim());
  return blocks.map((block) => make("p", {}, ...inline(block.trim())));
}

/** Return a table with a heading for each column; a row's first cell is its own heading. */
export function table(caption, headings, rows) {
  const head = make("tr", {}, ...headings.map((text) => make("th", { scope: "col" }, text)));
  const body = rows.map(([first, ...others]) =>
    make("tr", {}, make("th", { scope: "row" }, ...first), ...others.map((cell) => make("td", {}, ...cell))),
  );
  const whole = make("table", {}, make("caption", {}, caption), make("thead", {}, head), make("tbody", {}, ...body));
  return make("div", { class: "wide", tabindex: "0", role: "region", "aria-label": caption }, whole);
}

/** Return a block of code under a name, with a button that copies it. */
export function codeBlock(name, text) {
  const button = make("button", { type: "button", class: "copy", "aria-label": `Copy ${name}` }, "Copy");
  button.addEventListener("click", async () => {
    await navigator.clipboard.writeText(text);
    button.textContent = "Copied";
  });
  const code = make("pre", { tabindex: "0", role: "region", "aria-label": name }, make("code", {}, text));
  return make("div", { class: "code" }, button, code);
}

/** Return something that opens on demand; its inside is made when it is first opened. */
export function folded(summary, inside) {
  const details = make("details", {}, make("summary", {}, ...summary));
  details.addEventListener("toggle", () => details.append(...inside()), { once: true });
  return details;
}

// What tells vehicles apart: a colour that people with any eyes can tell, and a shape for where colour is not enough.

import { s } from "./dom.js";
import * as theme from "./theme.js";

export const COLOURS = 8;
const SIDES = [0, 4, 6, 3, 5];  // circle, diamond, hexagon, triangle, pentagon

/** Return the colour of the vehicle at this place in the plan, in the theme of the page. */
export const colourOf = (index) => theme.colour(`v${index % COLOURS}`);

/** Return the corners of its shape on a unit circle; none for the circle itself. */
export function cornersOf(index) {
  const sides = SIDES[index % SIDES.length];
  return Array.from({ length: sides }, (_, corner) => {
    const angle = (2 * Math.PI * corner) / sides - Math.PI / 2;
    return [Math.cos(angle), Math.sin(angle)];
  });
}

/** Return the shape as a small picture beside a name. */
export function mark(index, size = 16) {
  const corners = cornersOf(index);
  const shape = corners.length === 0
    ? s("circle", { cx: 10, cy: 10, r: 8 })
    : s("polygon", { points: corners.map(([x, y]) => `${10 + 9 * x},${10 + 9 * y}`).join(" ") });
  return s("svg", { class: "mark", viewBox: "0 0 20 20", width: size, height: size, "aria-hidden": "true",
    css: { "--c": `var(--v${index % COLOURS})` } }, shape);
}

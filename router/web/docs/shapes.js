/** One shape of the wire as a section: its fields, and an example. */

import { codeBlock, folded, make, paragraphs, table } from "./dom.js";
import { sample } from "./samples.js";
import { remarks, typeOf } from "./types.js";

/** Return the section of a shape. */
export function shapeSection(name, schema, shapes) {
  return make(
    "section",
    { id: name, class: "shape", "aria-labelledby": `heading-${name}` },
    make("h3", { id: `heading-${name}` }, make("code", {}, name)),
    ...paragraphs(schema.description),
    ...fields(schema),
    folded(["Example"], () => [codeBlock(`example of ${name}`, JSON.stringify(sample(schema, shapes), null, 2))]),
  );
}

function fields(schema) {
  const required = new Set(schema.required ?? []);
  const rows = Object.entries(schema.properties ?? {}).map(([name, field]) => [
    [make("code", {}, name), ...(required.has(name) ? [make("span", { class: "required" }, " required")] : [])],
    typeOf(field),
    remarks(field),
  ]);
  return rows.length ? [table("Fields", ["Field", "Type", "Meaning"], rows)] : [];
}

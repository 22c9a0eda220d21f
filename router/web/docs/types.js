/** Saying in words what a schema allows. */

import { inline, make } from "./dom.js";

const REFERENCE = "#/components/schemas/";

const BOUNDS = [
  ["minimum", "at least", ""],
  ["exclusiveMinimum", "more than", ""],
  ["maximum", "at most", ""],
  ["exclusiveMaximum", "less than", ""],
  ["minLength", "at least", " characters"],
  ["maxLength", "at most", " characters"],
  ["minItems", "at least", " entries"],
  ["maxItems", "at most", " entries"],
];

/** Return the name of the shape that a schema refers to, if it does. */
export function shapeNamed(schema) {
  return schema.$ref?.startsWith(REFERENCE) ? schema.$ref.slice(REFERENCE.length) : undefined;
}

/** Return the parts of a schema of which one holds. */
export function choices(schema) {
  return schema.anyOf ?? schema.oneOf ?? [];
}

/** Return the schema of the values of an object that is used as a dictionary, if it is. */
export function valuesOf(schema) {
  if (schema.patternProperties) return Object.values(schema.patternProperties)[0];
  return typeof schema.additionalProperties === "object" ? schema.additionalProperties : undefined;
}

/** Return nodes that name the type of a schema, with links to shapes. */
export function typeOf(schema) {
  const shape = shapeNamed(schema);
  if (shape) return [make("a", { href: `#${shape}` }, shape)];
  if ("const" in schema) return [make("code", {}, JSON.stringify(schema.const))];
  if (schema.enum) return joined(schema.enum.map((value) => [make("code", {}, JSON.stringify(value))]));
  const several = choices(schema);
  if (several.length) return joined(several.map(typeOf));
  if (schema.type === "array") return ["array of ", ...typeOf(schema.items ?? {})];
  const values = valuesOf(schema);
  if (values) return ["object of ", ...typeOf(values)];
  return [schema.format ? `${schema.type} (${schema.format})` : String(schema.type ?? "anything")];
}

/** Return nodes that say what else holds of a field: its description, bounds, default and an example. */
export function remarks(schema) {
  const parts = [schema, ...choices(schema), schema.items ?? {}];
  const said = parts.map((part) => part.description).find(Boolean);
  const bounds = parts.flatMap((part) =>
    BOUNDS.filter(([key]) => key in part).map(([key, words, unit]) => `${words} ${part[key]}${unit}`),
  );
  const nodes = said ? [...inline(said), " "] : [];
  if (bounds.length) nodes.push(`${capital(bounds.join(", "))}. `);
  if (schema.default !== undefined && schema.default !== null) {
    nodes.push("Default ", make("code", {}, JSON.stringify(schema.default)), ". ");
  }
  const example = parts.flatMap((part) => (typeof part.examples?.[0] === "object" ? [] : part.examples ?? []))[0];
  if (example !== undefined) nodes.push("Example ", make("code", {}, JSON.stringify(example)), ".");
  return nodes;
}

function joined(lists) {
  return lists.flatMap((nodes, index) => (index ? [" or ", ...nodes] : nodes));
}

function capital(text) {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/** Examples: the one that the description gives, else one made up of what is required. */

import { choices, shapeNamed, valuesOf } from "./types.js";

const DEEPEST = 8;

/**
 * Return an example of a schema.
 * @param {object} schema
 * @param {Record<string, object>} shapes the `components.schemas` of the description
 */
export function sample(schema, shapes, depth = 0) {
  if (schema.examples?.length) return schema.examples[0];
  if (depth > DEEPEST) return null;
  const shape = shapeNamed(schema);
  if (shape) return sample(shapes[shape], shapes, depth + 1);
  if ("const" in schema) return schema.const;
  if (schema.enum) return schema.enum[0];
  if (schema.default !== undefined && schema.default !== null) return schema.default;
  const [first] = choices(schema);
  if (first) return sample(first, shapes, depth + 1);
  if (schema.properties) return ofObject(schema, shapes, depth);
  if (schema.type === "array") return [sample(schema.items ?? {}, shapes, depth + 1)];
  const values = valuesOf(schema);
  if (values) return { name: sample(values, shapes, depth + 1) };
  return ofScalar(schema);
}

function ofObject(schema, shapes, depth) {
  const required = schema.required ?? [];
  const named = required.length ? required : Object.keys(schema.properties);
  return Object.fromEntries(named.map((name) => [name, sample(schema.properties[name], shapes, depth + 1)]));
}

function ofScalar(schema) {
  if (schema.type === "integer" || schema.type === "number") return schema.minimum ?? 0;
  return { boolean: true, string: "text", object: {}, null: null }[schema.type] ?? null;
}

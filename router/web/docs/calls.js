/** One call as a section: what it takes, what it answers, and how to make it from a terminal. */

import { codeBlock, folded, inline, make, paragraphs, table } from "./dom.js";
import { sample } from "./samples.js";
import { remarks, typeOf } from "./types.js";

const METHODS = ["get", "put", "post", "delete", "options", "head", "patch", "trace"];
const JSON_FORM = "application/json";
const STREAM = "text/event-stream";

/** Return every call of a description: its method, its path, the group it belongs to, and what is said of it. */
export function callsOf(description) {
  return Object.entries(description.paths).flatMap(([path, item]) =>
    METHODS.filter((method) => method in item).map((method) => ({
      method: method.toUpperCase(),
      path,
      group: groupOf(path),
      id: item[method].operationId,
      operation: item[method],
    })),
  );
}

/** Return every message that the service sends of itself, in the form of calls. */
export function webhooksOf(description) {
  return Object.values(description.webhooks ?? {}).flatMap((item) =>
    METHODS.filter((method) => method in item).map((method) => ({
      method: method.toUpperCase(),
      path: "the URL of your webhook",
      group: "webhooks",
      id: item[method].operationId,
      operation: item[method],
      sentByUs: true,
    })),
  );
}

/** Return the section of a call. */
export function callSection(call, shapes) {
  const { method, path, id, operation } = call;
  const heading = make(
    "h3",
    { id: `heading-${id}` },
    make("span", { class: `method ${method.toLowerCase()}` }, method),
    " ",
    make("code", {}, path),
  );
  return make(
    "section",
    { id, class: "call", "aria-labelledby": `heading-${id}` },
    heading,
    ...paragraphs(operation.summary),
    ...paragraphs(operation.description),
    ...parameters(operation),
    ...body(operation, shapes),
    ...(call.sentByUs ? [] : [codeBlock(`curl for ${id}`, curl(call, shapes))]),
    ...answers(operation, shapes, id),
  );
}

/** Return the command that makes a call, with the example of its body; what is to be filled in is in capitals. */
export function curl({ method, path, operation }, shapes) {
  const address = location.origin + path.replace(/{(\w+)}/g, (_, name) => name.toUpperCase());
  const forms = operation.requestBody?.content ?? {};
  const streams = STREAM in (operation.responses["200"]?.content ?? {});
  const words = [`curl -sS${streams ? "N" : ""}`];
  if (method !== "GET") words.push(`-X ${method}`);
  words.push(`'${address}'`);
  if (JSON_FORM in forms) {
    const text = JSON.stringify(sample(forms[JSON_FORM].schema, shapes), null, 2).replaceAll("'", "'\\''");
    words.push(`-H 'Content-Type: ${JSON_FORM}' -d '${text}'`);
  }
  return words.join(" ");
}

function groupOf(path) {
  const [first, second] = path.split("/").filter(Boolean);
  return first === "v1" ? second : "service";
}

function parameters(operation) {
  const rows = (operation.parameters ?? []).map((parameter) => [
    [make("code", {}, parameter.name)],
    [parameter.in + (parameter.required ? ", required" : "")],
    typeOf(parameter.schema),
    [...inline(parameter.description ?? ""), " ", ...remarks(parameter.schema)],
  ]);
  return rows.length ? [table("Parameters", ["Name", "Where", "Type", "Meaning"], rows)] : [];
}

function body(operation, shapes) {
  const forms = Object.entries(operation.requestBody?.content ?? {});
  if (!forms.length) return [];
  const types = forms.map(([form, { schema }]) => make("li", {}, make("code", {}, form), ...(schema ? [": ", ...typeOf(schema)] : [])));
  return [make("h4", {}, "Body"), make("ul", {}, ...types)];
}

function answers(operation, shapes, id) {
  const rows = Object.entries(operation.responses).map(([status, answer]) => [
    [make("code", {}, status)],
    inline(answer.description),
    Object.entries(answer.content ?? {}).flatMap(([form, { schema }], index) => [
      index ? ", " : "",
      make("code", {}, form),
      ...(schema ? [" ", ...typeOf(schema)] : []),
    ]),
    Object.entries(answer.headers ?? {}).flatMap(([name, header], index) => [
      index ? "; " : "",
      make("code", { title: header.description }, name),
    ]),
  ]);
  const told = Object.entries(operation.responses).find(([status, answer]) => /^2/.test(status) && answer.content?.[JSON_FORM]?.schema);
  const example = told
    ? [folded(["Example of an answer"], () => [codeBlock(`answer of ${id}`, shown(told[1].content[JSON_FORM].schema, shapes))])]
    : [];
  return [table("Answers", ["Status", "Meaning", "Body", "Headers"], rows), ...example];
}

function shown(schema, shapes) {
  return JSON.stringify(sample(schema, shapes), null, 2);
}

// Files come in by dropping or choosing. What a file is shows in what stands in it, not in its name.

import { byId } from "./dom.js";

/** Let the whole page take dropped files. */
export function listenForDrops(take) {
  const veil = byId("drop-veil");
  let depth = 0;
  const withFiles = (event) => event.dataTransfer?.types.includes("Files");
  const show = (change) => {
    depth = Math.max(0, depth + change);
    veil.hidden = depth === 0;
  };
  addEventListener("dragenter", (event) => withFiles(event) && show(1));
  addEventListener("dragleave", (event) => withFiles(event) && show(-1));
  addEventListener("dragover", (event) => withFiles(event) && event.preventDefault());
  addEventListener("drop", (event) => {
    if (!withFiles(event)) return;
    event.preventDefault();
    show(-depth);
    take([...event.dataTransfer.files]);
  });
}

/** Return {csv} or {request} or {resource} or both of the latter, of files dropped together. @throws {Unreadable} */
export async function understand(files) {
  const found = {};
  for (const file of files) Object.assign(found, understood(await file.text(), file.name));
  return found;
}

/** A file that is nothing the page knows; `reason` names the words for it. */
export class Unreadable extends Error {
  constructor(reason, file) {
    super(reason);
    Object.assign(this, { reason, file });
  }
}

function understood(text, name) {
  const body = text.replace(/^\uFEFF/, "");
  if (!/^\s*[{[]/.test(body)) {
    if (/[,;\t]/.test(body.split("\n", 1)[0])) return { csv: body, name };
    throw new Unreadable("fileUnknown", name);
  }
  let json;
  try {
    json = JSON.parse(body);
  } catch (error) {
    throw new Unreadable("fileNotJson", `${name}: ${error.message}`);
  }
  if (json.request && json.plan) return { request: json.request, resource: resourceOf(json.plan) };
  if (json.vehicles && (json.stops || json.shipments)) return { request: json };
  if (json.plan?.routes || json.routes) return { resource: resourceOf(json) };
  throw new Unreadable("fileUnknown", name);
}

/** A bare plan, as programs print it, is taken for a resource without a name. */
const resourceOf = (json) => (json.routes ? { id: "", name: "", status: "succeeded", plan: json } : json);

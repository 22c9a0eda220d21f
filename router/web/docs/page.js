/** The page of the API: reads /openapi.json of the service that serves it, and lays it out. Nothing else is loaded. */

import { callSection, callsOf, webhooksOf } from "./calls.js";
import { offerColours } from "./colours.js";
import { make, paragraphs } from "./dom.js";
import { listContents, searchOver } from "./finding.js";
import { shapeSection } from "./shapes.js";

const byId = (id) => document.getElementById(id);

offerColours(byId("colours"));
try {
  layOut(await read());
} catch (error) {
  byId("state").textContent = `The description could not be read (${error.message}). Load the page again.`;
} finally {
  byId("reference").removeAttribute("aria-busy");
}

async function read() {
  const answer = await fetch("/openapi.json");
  if (!answer.ok) throw new Error(`${answer.status} ${answer.statusText}`);
  return answer.json();
}

function layOut(description) {
  const main = byId("reference");
  byId("version").textContent = `${description.info.title} ${description.info.version}`;
  byId("state").remove();
  main.append(...paragraphs(description.info.description), ...keys(description));
  const groups = [...groupsOfCalls(description), groupOfShapes(description)];
  for (const { title, items } of groups) {
    main.append(make("h2", {}, title), ...items.map(({ section }) => section));
  }
  listContents(byId("contents"), groups);
  const places = { input: byId("search"), found: byId("found"), contents: byId("contents") };
  searchOver(places, groups.flatMap(({ items }) => items));
  // The browser has looked for the place named in the address before it was there.
  document.getElementById(decodeURIComponent(location.hash.slice(1)))?.scrollIntoView();
}

function groupsOfCalls(description) {
  const shapes = description.components.schemas;
  const groups = new Map();
  for (const call of [...callsOf(description), ...webhooksOf(description)]) {
    const method = make("span", { class: `method ${call.method.toLowerCase()}` }, call.method);
    const item = { id: call.id, label: [method, ` ${call.path}`], section: callSection(call, shapes) };
    groups.set(call.group, [...(groups.get(call.group) ?? []), item]);
  }
  return [...groups].map(([name, items]) => ({ title: name.charAt(0).toUpperCase() + name.slice(1), items }));
}

function groupOfShapes(description) {
  const shapes = description.components.schemas;
  const items = Object.entries(shapes).map(([name, schema]) => ({
    id: name,
    label: [name],
    section: shapeSection(name, schema, shapes),
  }));
  return { title: "Shapes", items };
}

function keys(description) {
  const schemes = Object.values(description.components.securitySchemes ?? {});
  const sent = make("code", {}, "Authorization: Bearer KEY");
  return schemes.map((scheme) => make("section", {}, make("h2", {}, "Keys"), make("p", {}, "Send ", sent, "."), ...paragraphs(scheme.description)));
}

// The few questions that a table of addresses leaves open.

import { KINDS, offsetAt, requestOf } from "./csv.js";
import { h } from "./dom.js";
import { t } from "./i18n.js";
import { offsetText, zone } from "./times.js";

const OFFSETS = [420, 480, 540];

/** Return the form for a table; `onRequest` gets the request, `pick` returns a position clicked on the map, or is null. */
export function csvForm({ rows, faults, name }, { onRequest, onBack, pick }) {
  const first = rows[0];
  const field = (label, id, attributes) => h("label", { class: "field" }, h("span", {}, t(label)), h("input", { id, name: id, required: true, ...attributes }));
  const choice = (label, id, options, chosen) => h("label", { class: "field" }, h("span", {}, t(label)),
    h("select", { id, name: id }, options.map(([value, text]) => h("option", { value, selected: value === chosen }, text))));
  const form = h("form", { id: "csv-form", onsubmit: (event) => {
    event.preventDefault();
    onRequest(requestOf(rows, answers(form, name)));
  } },
  h("fieldset", {}, h("legend", {}, t("depotWhere")),
    field("latitude", "lat", { type: "number", step: "any", min: -90, max: 90, value: first?.lat }),
    field("longitude", "lon", { type: "number", step: "any", min: -180, max: 180, value: first?.lon }),
    pick && h("button", { type: "button", class: "wide", id: "pick", onclick: () => picked(form, pick) }, t("pickOnMap"))),
  h("fieldset", {}, h("legend", {}, t("vehicles")),
    choice("kind", "kind", Object.keys(KINDS).map((kind) => [kind, t(`kind.${kind}`)]), "van"),
    field("howMany", "count", { type: "number", min: 1, max: 50, value: Math.min(50, Math.max(1, Math.ceil(rows.length / 25))) })),
  h("fieldset", {}, h("legend", {}, t("shift")),
    field("date", "date", { type: "date", value: tomorrow() }),
    choice("clocks", "offset", OFFSETS.map((minutes) => [offsetText(minutes), `${zone(minutes)} (${offsetText(minutes)})`]), offsetText(offsetAt(first?.lon ?? 115))),
    field("from", "from", { type: "time", value: "07:00" }), field("until", "until", { type: "time", value: "18:00" })),
  h("label", { class: "check" }, h("input", { type: "checkbox", name: "ferries", id: "ferries", checked: true }), t("withFerries")),
  h("label", { class: "field" }, h("span", {}, t("searchFor")), h("input", { type: "number", id: "seconds", name: "seconds", min: 1, max: 600, value: 10, required: true })),
  h("div", { class: "buttons" }, h("button", { type: "submit", class: "strong", id: "solve-csv", disabled: rows.length === 0 }, t("solve")),
    h("button", { type: "button", onclick: onBack }, t("back"))));
  return [h("div", { class: "lead" }, h("h2", {}, t("csvTitle", { name })), h("p", {}, t("csvRows", { n: rows.length }))), tableFaults(faults), form];
}

function answers(form, name) {
  const said = new FormData(form);
  return {
    depot: { lat: Number(said.get("lat")), lon: Number(said.get("lon")) }, kind: said.get("kind"), count: Number(said.get("count")),
    date: said.get("date"), from: said.get("from"), until: said.get("until"), offset: said.get("offset"),
    ferries: said.has("ferries"), seconds: Number(said.get("seconds")), name: name.replace(/\.[a-z]+$/i, ""),
  };
}

async function picked(form, pick) {
  const [lon, lat] = await pick();
  form.elements.lat.value = lat.toFixed(5);
  form.elements.lon.value = lon.toFixed(5);
}

function tableFaults(faults) {
  if (faults.length === 0) return null;
  return h("div", { class: "faults", role: "alert" }, h("h3", {}, t("csvFaults", { n: faults.length })),
    h("ul", {}, faults.slice(0, 20).map(({ line, reason, said }) => h("li", {}, `${t("csvLine", { n: line })}: ${t(reason)} `, h("code", {}, said)))));
}

function tomorrow() {
  const day = new Date(Date.now() + 86_400_000);
  return `${day.getFullYear()}-${String(day.getMonth() + 1).padStart(2, "0")}-${String(day.getDate()).padStart(2, "0")}`;
}

// The routes as a list and as tables: everything that the map and the timeline show, for eyes, keyboards and screen readers.

import { h } from "./dom.js";
import { duration, kilometers, money, t } from "./i18n.js";
import { mark } from "./marks.js";
import { clock } from "./times.js";
import { withZone } from "./popups.js";

/** Return the vehicles of a day; `onSelect(index or null)` shows one alone, `onStep(vehicle, step)` looks at a step. */
export function routeList(day, { onSelect, onStep }) {
  return h("section", { class: "routes", "aria-labelledby": "routes-title" },
    h("h3", { id: "routes-title" }, t("routes")),
    h("ul", { class: "vehicles" }, day.vehicles.map((vehicle) => route(day, vehicle, onSelect, onStep))));
}

function route(day, vehicle, onSelect, onStep) {
  const details = h("details", { "data-vehicle": vehicle.id },
    h("summary", {}, mark(vehicle.index, 18),
      h("span", { class: "vehicle-name" }, vehicle.id),
      h("span", { class: "hint" }, `${clock(vehicle.leaves)}–${clock(vehicle.returns)} · ${t("stopsCount", { n: vehicle.stops })}`,
        vehicle.crossings > 0 && ` · ${t("crossingsCount", { n: vehicle.crossings })}`)));
  details.addEventListener("toggle", () => {
    if (details.open) {
      for (const other of details.closest("ul").querySelectorAll("details[open]")) if (other !== details) other.open = false;
      if (!details.querySelector("table")) details.append(...content(day, vehicle, onStep));
      onSelect(vehicle.index);
    } else if (!details.closest("ul")?.querySelector("details[open]")) onSelect(null);
  });
  return h("li", {}, details);
}

const content = (day, vehicle, onStep) => [
  h("p", { class: "hint sums-line" }, `${money(vehicle.cost, day.currency)} · ${kilometers(vehicle.distance)} · ${duration(vehicle.duration)}`),
  h("div", { class: "scroll", tabindex: 0, role: "group", "aria-label": t("tableOf", { name: vehicle.id }) },
    h("table", {}, h("caption", { class: "unseen" }, t("tableOf", { name: vehicle.id })),
      h("thead", {}, h("tr", {}, ["tableTime", "tableWhat", "tableUntil"].map((name) => h("th", { scope: "col" }, t(name))))),
      h("tbody", {}, vehicle.steps.map((step) => row(day, vehicle, step, onStep))))),
];

function row(day, vehicle, step, onStep) {
  const begins = step.arrives_at ?? step.starts_at ?? step.departs_at;
  const ends = step.type === "ferry" ? step.rolls_off_at : step.departs_at ?? step.ends_at ?? "";
  const said = whatOf(day, step);
  return h("tr", { class: step.type },
    h("td", {}, clock(begins)),
    h("td", {}, ["stop", "ferry"].includes(step.type)
      ? h("button", { type: "button", class: "as-link", onclick: () => onStep(vehicle, step) }, said) : said,
    step.type === "ferry" && h("span", { class: "hint" },
      ` ${t("ferryLine", { by: withZone(step.check_in_by), departs: withZone(step.departs_at), fare: money(step.fare ?? 0, day.currency) })}`)),
    h("td", {}, ends && ends !== begins ? clock(ends) : ""));
}

function whatOf(day, step) {
  if (step.type === "stop") {
    const landmark = day.places.get(step.stop_id)?.landmark;
    return `${step.number}. ${step.stop_id}${landmark ? ` — ${landmark}` : ""}`;
  }
  if (step.type === "ferry") return `${step.from_port} → ${step.to_port}`;
  if (step.type === "break") return t("break");
  return t(`step.${step.type}`, { name: step.place });
}

// Files to take away: what the service makes of the plan, and what this page holds.

import { call, exportPath, Refused } from "./api.js";
import { h } from "./dom.js";
import { t } from "./i18n.js";
import { mark } from "./marks.js";

/** Return the buttons; `held` has the request and the resource as the page has them; `onRefused` hears of refusals. */
export function exportButtons(day, held, onRefused) {
  const fromService = (path, name, label, more = null) => h("button", { type: "button", "data-export": path, onclick: async () => {
    try {
      save(await (await call(exportPath(day.id, path))).blob(), name);
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      onRefused(error.problem);
    }
  } }, more, label);
  const own = (content, name, label, key) => h("button", { type: "button", "data-export": key, onclick: () =>
    save(new Blob([JSON.stringify(content, null, 1)], { type: "application/json" }), name) }, label);
  const base = day.id || "plan";
  return h("details", { class: "exports more" }, h("summary", {}, t("download")),
    h("div", { class: "buttons" },
      held.onService && [
        fromService("/routes.geojson", `${base}-routes.geojson`, t("asGeojson")),
        fromService("/stops.csv", `${base}-stops.csv`, t("asStops")),
        fromService("/bookings.csv", `${base}-bookings.csv`, t("asBookings")),
      ],
      held.request && own(held.request, `${base}-request.json`, t("asRequest"), "request"),
      own(held.resource, `${base}-plan.json`, t("asPlan"), "plan"),
      held.request && own({ request: held.request, plan: held.resource.plan }, `${base}-day.json`, t("asDay"), "day")),
    held.onService && h("p", { class: "label" }, t("asGpx")),
    held.onService && h("div", { class: "buttons" }, day.vehicles.map((vehicle) =>
      fromService(`/routes/${encodeURIComponent(vehicle.id)}.gpx`, `${base}-${vehicle.id}.gpx`, vehicle.id, mark(vehicle.index, 12)))));
}

function save(blob, name) {
  const url = URL.createObjectURL(blob);
  h("a", { href: url, download: name }).click();
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
}

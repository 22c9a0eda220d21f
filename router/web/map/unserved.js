// The stops that are left out, and why, in plain words.

import { h } from "./dom.js";
import { has, money, t } from "./i18n.js";

/** Return the list; `onShow` is called with a stop that is to be looked at. */
export function unservedList(day, onShow) {
  if (day.unserved.length === 0) return h("p", { class: "all-served" }, t("allServed"));
  return h("section", { class: "unserved", "aria-labelledby": "unserved-title" },
    h("h3", { id: "unserved-title" }, t("leftOut", { n: day.unserved.length })),
    h("ul", {}, day.unserved.map((each) => h("li", {},
      h("button", { type: "button", class: "as-link", onclick: () => onShow(each.stop_id) }, nameOf(each)),
      each.penalty ? h("span", { class: "hint" }, ` ${t("penaltyOf", { cost: money(each.penalty, day.currency) })}`) : h("span", { class: "hint" }, ` ${t("required")}`),
      h("ul", { class: "reasons" }, each.reasons.map(reason))))));
}

/** Return a reason as an item of a list: the sentence for its code, whom it holds for, and the numbers that show it. */
export function reason({ code, vehicle_ids: vehicles = [], detail }) {
  return h("li", {},
    h("span", {}, has(`reason.${code}`) ? t(`reason.${code}`) : code),
    detail && h("span", { class: "hint numbers", lang: "en" }, ` ${detail}`),
    vehicles.length > 0 && h("span", { class: "hint" }, ` (${vehicles.length > 3 ? t("vehiclesCount", { n: vehicles.length }) : vehicles.join(", ")})`));
}

const nameOf = ({ stop_id: id, place }) => (place?.landmark ? `${id} — ${place.landmark}` : id);

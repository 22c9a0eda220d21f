// What the plan comes to: cost first, then what was done for it.

import { h } from "./dom.js";
import { day, duration, kilometers, money, number, t } from "./i18n.js";

/** Return the totals of a day. */
export function totals(shown) {
  const { cost, totals: sum, currency } = shown;
  const all = sum.served + sum.unserved;
  const parts = ["fixed", "distance", "time", "fares", "unserved"].filter((part) => cost[part] > 0);
  return h("section", { class: "totals", "aria-label": t("totals") },
    shown.date && h("p", { class: "date" }, day(shown.date)),
    h("p", { class: "total" }, h("span", { class: "label" }, t("cost")), h("span", { class: "figure", id: "total-cost" }, money(cost.total, currency))),
    h("div", { class: "shares", "aria-hidden": "true" },
      parts.map((part) => h("span", { class: `share part-${part}`, css: { "--share": cost[part] / cost.total } }))),
    h("dl", { class: "parts" }, parts.map((part) => h("div", { class: `part-${part}` }, h("dt", {}, t(`cost.${part}`)), h("dd", {}, money(cost[part], currency))))),
    h("dl", { class: "sums" },
      sumOf("served", `${number(sum.served)} / ${number(all)}`), sumOf("vehicles", number(sum.vehicles_used)),
      sumOf("crossings", number(sum.crossings)), sumOf("distance", kilometers(sum.distance_meters)),
      sumOf("driving", duration(sum.driving_seconds)), sumOf("aboard", duration(sum.ferry_seconds)),
      sumOf("service", duration(sum.service_seconds)), sumOf("waiting", duration(sum.waiting_seconds))));
}

const sumOf = (name, said) => h("div", {}, h("dt", {}, t(name)), h("dd", {}, said));

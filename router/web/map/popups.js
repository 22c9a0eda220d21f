// What a stop, a crossing or a port says of itself when it is pointed at.

import { h } from "./dom.js";
import { duration, kilometers, money, number, t } from "./i18n.js";
import { mark } from "./marks.js";
import { at, clock, offset, zone } from "./times.js";
import { reason } from "./unserved.js";

/** Return what there is to say about a served stop. */
export function stopSays(day, vehicle, step) {
  const place = day.places.get(step.stop_id);
  const wait = (at(step.starts_at) - at(step.arrives_at)) / 1000;
  return h("div", { class: "says" },
    head(vehicle, `${step.number}. ${step.stop_id}`), place?.landmark && h("p", { class: "landmark" }, place.landmark),
    rows([
      [t("arrives"), withZone(step.arrives_at)],
      [t("window"), (place?.windows ?? []).map((each) => `${clock(each.start)}–${clock(each.end)}`).join(", ")],
      [t("waits"), wait > 0 && duration(wait)],
      [t("serves"), `${clock(step.starts_at)}–${clock(step.departs_at)}`],
      [t(place?.visit === "pickup" ? "picksUp" : "hands"), loadOf(place?.load)],
      [t("onBoardAfter"), loadOf(step.load)],
      [t("cash"), step.cash && money(step.cash, day.currency)],
      [t("roadHere"), `${kilometers(step.drive_meters)}, ${duration(step.drive_seconds)}`],
    ]));
}

/** Return what there is to say about a crossing. */
export function ferrySays(day, vehicle, step) {
  return h("div", { class: "says" }, head(vehicle, `${step.from_port} → ${step.to_port}`),
    rows([
      [t("line"), step.line_id],
      [t("class"), vehicle.ferryClass],
      [t("atPort"), withZone(step.arrives_at)],
      [t("checkInBy"), withZone(step.check_in_by)],
      [t("departs"), withZone(step.departs_at)],
      [t("rollsOff"), withZone(step.rolls_off_at)],
      [t("fare"), step.fare === undefined ? null : money(step.fare, day.currency)],
    ]));
}

/** Return what there is to say about a port: the crossings of the day that begin or end there. */
export function portSays(day, port) {
  const calls = [...port.calls].sort((a, b) => at(a.step.departs_at) - at(b.step.departs_at));
  return h("div", { class: "says" }, h("h3", {}, t("portNamed", { name: port.id })),
    h("ul", { class: "calls" }, calls.map(({ vehicle, step }) => h("li", {}, mark(vehicle.index, 13), ` ${vehicle.id} `,
      step.from_port === port.id
        ? t("callOut", { time: clock(step.departs_at), port: step.to_port, by: clock(step.check_in_by) })
        : t("callIn", { time: clock(step.docks_at), port: step.from_port })))));
}

/** Return what there is to say about a stop that is left out. */
export const unservedSays = (each) => h("div", { class: "says" }, h("h3", {}, t("leftOutNamed", { name: each.stop_id })),
  each.place?.landmark && h("p", { class: "landmark" }, each.place.landmark), h("ul", { class: "reasons" }, each.reasons.map(reason)));

/** Return a load in words, such as "2 parcels, 3.4 kg". */
export function loadOf(load) {
  return Object.entries(load ?? {}).filter(([, amount]) => amount !== 0).map(([name, amount]) => {
    if (name === "grams") return `${number(amount / 1000, 1)} kg`;
    return name === "parcels" ? t("parcels", { n: amount, count: number(amount) }) : `${number(amount)} ${name}`;
  }).join(", ");
}

export const withZone = (instant) => `${clock(instant)} ${zone(offset(instant))}`;

const head = (vehicle, title) => [h("h3", {}, title), h("p", { class: "who" }, mark(vehicle.index, 14), ` ${vehicle.id}`)];

const rows = (pairs) => h("dl", {}, pairs.filter(([, said]) => said).map(([name, said]) => [h("dt", {}, name), h("dd", {}, said)]));

// The panel while a plan is being solved: its cost as it falls, and the button that stops the search.

import { h, refill, s } from "./dom.js";
import { money, number, t } from "./i18n.js";

const WIDTH = 320;
const HEIGHT = 84;

/** Return the panel and what keeps it up to date. */
export function progressPanel({ name, currency, limit, stops, onCancel }) {
  const seen = [];
  const chart = s("svg", { class: "spark", viewBox: `0 0 ${WIDTH} ${HEIGHT}`, role: "img", "aria-label": t("costFalls") });
  const state = h("p", { class: "state" }, t("status.queued"));
  const cost = h("output", { class: "figure", id: "live-cost" }, "…");
  const served = h("output", { class: "small-figure" }, `… / ${number(stops)}`);
  const bar = h("progress", { max: Math.max(1, limit), value: 0, "aria-label": t("timeUsed") });
  const stop = h("button", { type: "button", id: "cancel", onclick: () => {
    stop.disabled = true;
    onCancel();
  } }, t("stopSearch"));
  const element = h("div", { class: "solving" },
    h("h2", {}, name || t("solving")), state,
    h("div", { class: "figures" },
      h("div", {}, h("span", { class: "label" }, t("cost")), cost),
      h("div", {}, h("span", { class: "label" }, t("served")), served)),
    chart, bar, stop);

  return {
    element,
    status(status) {
      state.textContent = t(`status.${status}`);
    },
    /** Take in a progress event. */
    add({ cost: now, served: count, seconds }) {
      seen.push({ seconds, cost: now });
      cost.textContent = money(now, currency);
      served.textContent = `${number(count)} / ${number(stops)}`;
      bar.value = Math.min(limit, seconds);
      draw(chart, seen, limit);
    },
  };
}

/** Draw the cost over the seconds of the search, as steps down. */
function draw(chart, seen, limit) {
  const costs = seen.map((each) => each.cost);
  const [low, high] = [Math.min(...costs), Math.max(...costs)];
  const x = (seconds) => 4 + ((WIDTH - 12) * Math.min(seconds, limit)) / Math.max(limit, 1);
  const y = (cost) => 10 + (high > low ? ((HEIGHT - 22) * (high - cost)) / (high - low) : (HEIGHT - 22) / 2);
  const points = seen.flatMap((each, i) => [i > 0 && [x(each.seconds), y(seen[i - 1].cost)], [x(each.seconds), y(each.cost)]])
    .filter(Boolean);
  const line = points.map(([px, py]) => `${px.toFixed(1)},${py.toFixed(1)}`).join(" ");
  const [last, first] = [points.at(-1), points[0]];
  refill(chart,
    s("polygon", { class: "spark-area", points: `${first[0]},${HEIGHT - 4} ${line} ${last[0]},${HEIGHT - 4}` }),
    s("polyline", { class: "spark-line", points: line }),
    s("circle", { class: "spark-dot", cx: last[0], cy: last[1], r: 4 }));
}

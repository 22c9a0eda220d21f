// The day as bars, one row a vehicle, under a clock that can be run, stopped and drawn along.

import { SPEEDS } from "./clock.js";
import { h, refill, s } from "./dom.js";
import { duration, t } from "./i18n.js";
import { mark } from "./marks.js";
import { clockAt, zone } from "./times.js";

const HOUR = 3_600_000;
const MINUTE = 60_000;
const KINDS = ["drive", "serve", "wait", "ferry", "break", "reload"];
const PLAY = "M6 4l11 6-11 6z";
const PAUSE = "M5 4h4v12H5zM11 4h4v12h-4z";

/** Build the timeline of a day into an element; `onPick(vehicle, segment)` is called for a bar, `onVehicle(index)` for a name. */
export function buildTimeline(element, day, clock, { onPick, onVehicle }) {
  const whole = { begins: Math.floor(day.begins / HOUR) * HOUR, ends: Math.ceil(day.ends / HOUR) * HOUR };
  const part = (moment) => (moment - whole.begins) / (whole.ends - whole.begins);
  clock.span(whole.begins, whole.ends);
  const { controls, follow } = controlsOf(day, clock);
  const head = h("div", { class: "playhead", "aria-hidden": "true" });
  const slider = h("input", { type: "range", id: "scrub", min: whole.begins, max: whole.ends, step: MINUTE, "aria-label": t("clock"),
    oninput: () => {
      const moment = Number(slider.value);
      clock.pause();
      clock.set(moment);
    } });
  const tracks = day.vehicles.map((vehicle) => rowOf(vehicle, part, { onPick, onVehicle }));
  refill(element,
    controls,
    h("div", { class: "tracks", tabindex: 0, role: "group", "aria-label": t("timeline") },
      h("div", { class: "sheet" },
        h("div", { class: "row scrub-row" }, h("span", { class: "row-name" }), h("div", { class: "track" }, slider)),
        day.offsets.slice(0, 2).map((minutes) => axis(whole, part, minutes, day.offsets.length > 1)),
        tracks, h("div", { class: "playhead-room", "aria-hidden": "true" }, head))));
  const move = () => {
    slider.value = String(Math.round(clock.now / MINUTE) * MINUTE);
    slider.setAttribute("aria-valuetext", clocksOf(day, clock.now));
    head.style.setProperty("--part", part(clock.now));
    follow();
  };
  move();
  element.hidden = false;
  return { move, single: (index) => tracks.forEach((row, i) => row.classList.toggle("faint", index !== null && index !== i)) };
}

/** Return the time of a moment on all clocks of the day: "09:42 WITA · 08:42 WIB". */
export const clocksOf = (day, moment) => day.offsets.map((minutes) => `${clockAt(moment, minutes)} ${zone(minutes)}`).join(" · ");

function controlsOf(day, clock) {
  const shape = s("path", { d: PLAY });
  const play = h("button", { type: "button", class: "play", id: "play", "aria-label": t("play"), onclick: () => clock.toggle() },
    s("svg", { viewBox: "0 0 20 20", width: 18, height: 18, "aria-hidden": "true" }, shape));
  const speed = h("select", { id: "speed", "aria-label": t("speed"), onchange: () => clock.setSpeed(Number(speed.value)) },
    SPEEDS.map((each) => h("option", { value: each, selected: each === clock.speed }, t("perSecond", { m: each / 60 }))));
  const time = h("output", { class: "time", id: "time", "aria-hidden": "true" });
  const legend = h("ul", { class: "legend", "aria-label": t("legend") }, KINDS.filter((kind) => occurs(day, kind)).map((kind) =>
    h("li", {}, h("span", { class: `sample bar-${kind}`, "aria-hidden": "true" }), t(`does.${kind}`))));
  const follow = () => {
    shape.setAttribute("d", clock.playing ? PAUSE : PLAY);
    const label = t(clock.playing ? "pause" : "play");
    if (play.getAttribute("aria-label") !== label) play.setAttribute("aria-label", label);
    time.textContent = clocksOf(day, clock.now);
  };
  return { controls: h("div", { class: "controls" }, play, speed, time, legend), follow };
}

const occurs = (day, kind) => day.vehicles.some((vehicle) => vehicle.segments.some((each) => each.kind === kind));

function axis(whole, part, minutes, named) {
  const hours = Math.round((whole.ends - whole.begins) / HOUR);
  const every = hours > 16 ? 2 : 1;
  const ticks = Array.from({ length: Math.floor(hours / every) + 1 }, (_, i) => whole.begins + i * every * HOUR);
  return h("div", { class: "row axis", "aria-hidden": "true" },
    h("span", { class: "row-name" }, named ? zone(minutes) : ""),
    h("div", { class: "track" }, ticks.map((moment) =>
      h("span", { class: "tick", css: { "--part": part(moment) } }, clockAt(moment, minutes)))));
}

function rowOf(vehicle, part, { onPick, onVehicle }) {
  const bars = vehicle.segments.filter((each) => each.ends > each.begins).map((segment) => {
    const bar = h("span", { class: `bar bar-${segment.kind}${segment.aboard ? " aboard" : ""}`,
      css: { "--from": part(segment.begins), "--to": part(segment.ends) },
      title: `${t(`does.${segment.kind}`)} · ${duration((segment.ends - segment.begins) / 1000)}`,
      onclick: () => onPick(vehicle, segment) });
    return bar;
  });
  const says = t("rowSays", { name: vehicle.id, stops: vehicle.stops, crossings: vehicle.crossings,
    leaves: vehicle.leaves.slice(11, 16), returns: vehicle.returns.slice(11, 16) });
  return h("div", { class: "row", css: { "--c": `var(--v${vehicle.index % 8})` } },
    h("button", { type: "button", class: "row-name as-link", title: vehicle.id, onclick: () => onVehicle(vehicle.index) },
      mark(vehicle.index, 14), h("span", {}, vehicle.id)),
    h("div", { class: "track", role: "img", "aria-label": says }, bars));
}

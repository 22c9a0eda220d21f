// What is drawn on the map by WebGL, from the bottom up, and in which colours.

import { colourOf } from "./marks.js";
import * as theme from "./theme.js";

const EMPTY = { type: "FeatureCollection", features: [] };
const ROUND = { "line-cap": "round", "line-join": "round" };
const SOURCES = ["land", "roads", "ferries", "stops"];
const FAINT = 0.14;

const byZoom = (far, near) => ["interpolate", ["linear"], ["zoom"], 4, far, 8, near];

/** Return the style of a map without anything on it yet. */
export function style() {
  return {
    version: 8,
    sources: Object.fromEntries(SOURCES.map((id) => [id, { type: "geojson", data: EMPTY }])),
    layers: [
      { id: "sea", type: "background" },
      { id: "glow-wide", type: "line", source: "land", layout: ROUND, paint: { "line-width": byZoom(8, 26), "line-blur": byZoom(7, 24) } },
      { id: "glow", type: "line", source: "land", layout: ROUND, paint: { "line-width": byZoom(3, 9), "line-blur": byZoom(2, 7) } },
      { id: "land", type: "fill", source: "land", paint: { "fill-antialias": true } },
      { id: "shore", type: "line", source: "land", paint: { "line-width": 0.8 } },
      { id: "roads-edge", type: "line", source: "roads", layout: ROUND, paint: { "line-width": 4.5, "line-opacity": 0.55 } },
      { id: "roads", type: "line", source: "roads", layout: ROUND, paint: { "line-color": ["get", "colour"], "line-width": 2.2 } },
      { id: "ferries-edge", type: "line", source: "ferries", layout: ROUND, paint: { "line-width": 5, "line-opacity": 0.6 } },
      { id: "ferries", type: "line", source: "ferries", layout: { "line-join": "round" },
        paint: { "line-color": ["get", "colour"], "line-width": 2.6, "line-dasharray": [2.4, 1.6] } },
      { id: "stops", type: "symbol", source: "stops",
        layout: { "icon-image": ["get", "icon"], "icon-allow-overlap": true, "icon-ignore-placement": true,
          "symbol-sort-key": ["get", "order"], "icon-size": ["interpolate", ["linear"], ["zoom"], 7, 0.42, 10, 0.72, 12, 1] } },
    ],
  };
}

/** Give the layers the colours of the theme. */
export function paint(map) {
  const colours = {
    sea: ["background-color", "sea"], "glow-wide": ["line-color", "glow-wide"], glow: ["line-color", "glow"],
    land: ["fill-color", "land"], shore: ["line-color", "shore"],
    "roads-edge": ["line-color", "casing"], "ferries-edge": ["line-color", "casing"],
  };
  for (const [layer, [property, name]] of Object.entries(colours)) map.setPaintProperty(layer, property, theme.colour(name));
}

/** Put the routes of a day on the map. */
export function drawDay(map, day) {
  const legs = (kind) => day.vehicles.flatMap((vehicle) => vehicle.segments
    .filter((each) => each.kind === kind && each.line.length > 1 && each.line.every(Boolean))
    .map((each) => feature("LineString", each.line, { vehicle: vehicle.index, colour: colourOf(vehicle.index) })));
  map.getSource("roads").setData(collection(legs("drive")));
  map.getSource("ferries").setData(collection(legs("ferry")));
  map.getSource("stops").setData(collection([...served(day), ...leftOut(day)]));
}

/** Take the routes off the map. */
export function clear(map) {
  for (const id of SOURCES.slice(1)) map.getSource(id).setData(EMPTY);
}

/** Show one vehicle and let the others fade; null shows all alike. */
export function single(map, index) {
  const by = (full) => (index === null ? full : ["case", ["==", ["get", "vehicle"], index], full, FAINT * full]);
  for (const [layer, full] of [["roads", 1], ["ferries", 1], ["roads-edge", 0.55], ["ferries-edge", 0.6]]) {
    map.setPaintProperty(layer, "line-opacity", by(full));
  }
  map.setPaintProperty("stops", "icon-opacity", by(1));
}

function* served(day) {
  for (const vehicle of day.vehicles) {
    for (const step of vehicle.steps.filter((each) => each.type === "stop" && day.places.has(each.stop_id))) {
      yield feature("Point", day.places.get(step.stop_id).position, {
        vehicle: vehicle.index, stop: step.stop_id, order: step.number, icon: `stop|${theme.current()}|${vehicle.index}|${step.number}`,
      });
    }
  }
}

function* leftOut(day) {
  for (const each of day.unserved.filter((one) => one.place)) {
    yield feature("Point", each.place.position, { vehicle: -1, stop: each.stop_id, order: 10_000, icon: `out|${theme.current()}` });
  }
}

const feature = (type, coordinates, properties) => ({ type: "Feature", geometry: { type, coordinates }, properties });
const collection = (features) => ({ type: "FeatureCollection", features });

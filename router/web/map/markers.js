// What stands on the map as elements: ports, depots, the names of islands, and the vehicles on their way.

import { h, s } from "./dom.js";
import { t } from "./i18n.js";
import { keepLabelsApart } from "./labels.js";
import { mark } from "./marks.js";
import { whereabouts } from "./motion.js";

const MOST_NAMES = 14;
const BOAT = "M3 13h14l-2 4H5zM6 12V7h5l3 5z";

/** Return what puts elements on a map and takes them off again. */
export function makeMarkers(map) {
  const shown = { names: [], ports: [], depots: [], vehicles: new Map() };
  const put = (element, position) => {
    const said = element.getAttribute("aria-label");
    const marker = new maplibregl.Marker({ element }).setLngLat(position).addTo(map);
    if (said) element.setAttribute("aria-label", said);  // the marker has put a word of its own in its place
    else ["aria-label", "role"].forEach((name) => element.removeAttribute(name));
    return marker;
  };
  const elements = (list) => list.map((marker) => marker.getElement());
  const spread = keepLabelsApart(map, () => ({ ports: elements(shown.ports), depots: elements(shown.depots), names: elements(shown.names) }));
  const drop = (list) => list.splice(0).forEach((marker) => marker.remove());

  return {
    names(labels) {
      drop(shown.names);
      for (const { name, label } of labels.slice(0, MOST_NAMES)) {
        shown.names.push(put(h("span", { class: "island-name", "aria-hidden": "true" }, name.replace(/^Pulau /, "")), label));
      }
      spread();
    },
    day(day, onPort) {
      drop(shown.ports);
      drop(shown.depots);
      for (const depot of [...day.places.values()].filter((each) => each.kind === "depot")) {
        shown.depots.push(put(h("span", { class: "depot", role: "img", "aria-label": t("depotNamed", { name: depot.id }), title: t("depotNamed", { name: depot.id }) }, house()), depot.position));
      }
      for (const port of day.ports) shown.ports.push(put(portElement(port, onPort), port.position));
      this.noVehicles();
      spread();
    },
    noVehicles() {
      shown.vehicles.forEach((marker) => marker.remove());
      shown.vehicles.clear();
    },
    /** Put every vehicle where it is at this moment. */
    vehicles(day, moment, only) {
      for (const vehicle of day.vehicles) {
        const found = only === null || only === vehicle.index ? whereabouts(vehicle, moment) : null;
        const marker = shown.vehicles.get(vehicle.id);
        if (!found) {
          marker?.remove();
          shown.vehicles.delete(vehicle.id);
        } else if (marker) {
          marker.setLngLat(found.position);
          doing(marker.getElement(), found.segment.kind);
        } else {
          const element = vehicleElement(vehicle);
          doing(element, found.segment.kind);
          shown.vehicles.set(vehicle.id, put(element, found.position));
        }
      }
    },
  };
}

function doing(element, kind) {
  if (element.dataset.doing !== kind) element.dataset.doing = kind;
}

function portElement(port, onPort) {
  return h("button", { type: "button", class: "port", "aria-label": t("portNamed", { name: port.id }), onclick: (event) => {
    event.stopPropagation();
    onPort(port);
  } }, h("span", { class: "ring", "aria-hidden": "true" }), h("span", { class: "port-name", "aria-hidden": "true" }, port.id));
}

function vehicleElement(vehicle) {
  const boat = s("svg", { class: "boat", viewBox: "0 0 20 20", width: 18, height: 18 }, s("path", { d: BOAT }));
  return h("span", { class: "moving", "aria-hidden": "true", "data-vehicle": vehicle.id, title: vehicle.id },
    mark(vehicle.index, 26), boat);
}

const house = () => s("svg", { viewBox: "0 0 20 20", width: 14, height: 14, "aria-hidden": "true" },
  s("path", { d: "M3 10 10 4l7 6v7h-5v-4H8v4H3z" }));

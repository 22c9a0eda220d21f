// The map: land, routes, stops, ports and moving vehicles. It knows no panel and no clock; main.js joins them.

import { byId } from "./dom.js";
import { t } from "./i18n.js";
import { drawIcons } from "./icons.js";
import { keepLand } from "./land.js";
import * as layers from "./layers.js";
import { bounds } from "./lines.js";
import { makeMarkers } from "./markers.js";
import * as theme from "./theme.js";

const INDONESIA = [[95, -11], [141, 6]];
const NOTICE = '<a href="https://www.openstreetmap.org/copyright">© OpenStreetMap contributors</a> (ODbL)';
const MOST_PIXELS = 2;  // for each of the page's own: on finer screens more cost a cheap phone much and show nothing
const POPUP = { closeButton: true, maxWidth: "300px", offset: 14, focusAfterOpen: false };

/** Return the map, once it can be drawn on; null where the browser cannot draw one. */
export async function makeMap({ onStop, onPort }) {
  const map = opened();
  if (!map) return null;
  await new Promise((resolve) => map.once("load", resolve));
  drawIcons(map);
  const markers = makeMarkers(map);
  let [shownDay, only, popup] = [null, null, null];
  layers.paint(map);
  keepLand(map, markers.names);
  theme.onChange(() => {
    layers.paint(map);
    if (shownDay) layers.drawDay(map, shownDay);
  });
  hoverAndClick(map, (id, pinned) => onStop(id, pinned), () => popup && !popup.pinned && popup.remove());

  const open = (position, content, pinned) => {
    if (popup?.pinned && popup.isOpen() && !pinned) return;
    popup?.remove();
    popup = new maplibregl.Popup({ ...POPUP, closeButton: pinned }).setLngLat(position).setDOMContent(content).addTo(map);
    popup.pinned = pinned;
    popup.getElement().querySelector("button")?.setAttribute("aria-label", t("close"));
  };

  return {
    /** Show a day; look at all of it where it is another one. */
    show(day, { look }) {
      shownDay = day;
      map.resize();  // the timeline has taken its room by now
      layers.drawDay(map, day);
      markers.day(day, onPort);
      if (look) this.lookAt([...day.places.values()].filter((each) => each.kind !== "port").map((each) => each.position)
        .concat(day.ports.map((port) => port.position)));
    },
    clear() {
      shownDay = null;
      map.resize();
      popup?.remove();
      layers.clear(map);
      markers.day({ ports: [], places: new Map() }, onPort);
      map.fitBounds(INDONESIA, { padding: 20, animate: false });
    },
    lookAt(positions) {
      if (positions.length) map.fitBounds(bounds(positions), { padding: padding(), maxZoom: 13, animate: !theme.still(), duration: 900 });
    },
    single(index) {
      only = index;
      layers.single(map, index);
    },
    vehicles: (day, moment) => markers.vehicles(day, moment, only),
    noVehicles: () => markers.noVehicles(),
    popup: open,
    flyTo: (position) => map.easeTo({ center: position, zoom: Math.max(map.getZoom(), 11), offset: [0, -Math.min(100, map.getContainer().clientHeight / 5)], animate: !theme.still() }),
    /** Return the position of the next click. */
    pick() {
      map.getCanvas().classList.add("picking");
      return new Promise((resolve) => map.once("click", (event) => {
        map.getCanvas().classList.remove("picking");
        resolve([event.lngLat.lng, event.lngLat.lat]);
      }));
    },
    raw: map,
  };
}

function opened() {
  try {
    const map = new maplibregl.Map({
      container: "map", style: layers.style(), bounds: INDONESIA, fitBoundsOptions: { padding: 20 },
      attributionControl: false, dragRotate: false, pitchWithRotate: false, touchPitch: false, maxZoom: 16, minZoom: 2,
      fadeDuration: 0,  // nothing on the map makes room for anything else, so that nothing has to fade
      ...(devicePixelRatio > MOST_PIXELS && { pixelRatio: MOST_PIXELS }),
    });
    map.touchZoomRotate.disableRotation();
    map.addControl(new maplibregl.NavigationControl({ showCompass: false }), "top-right");
    map.addControl(new maplibregl.ScaleControl({ maxWidth: 90 }), "bottom-left");
    map.addControl(new maplibregl.AttributionControl({ compact: false, customAttribution: NOTICE }), "bottom-right");
    map.getCanvas().setAttribute("aria-label", t("mapCanvas"));
    return map;
  } catch {
    byId("map-note").hidden = false;
    byId("map-note").textContent = t("noMap");
    return null;
  }
}

function hoverAndClick(map, onStop, onLeave) {
  map.on("mouseenter", "stops", () => map.getCanvas().classList.add("pointing"));
  map.on("mouseleave", "stops", () => {
    map.getCanvas().classList.remove("pointing");
    onLeave();
  });
  map.on("mousemove", "stops", (event) => onStop(event.features[0].properties.stop, false));
  map.on("click", "stops", (event) => onStop(event.features[0].properties.stop, true));
}

const padding = () => (innerWidth < 700 ? 34 : 64);

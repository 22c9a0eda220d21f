// The land under the routes: asked for as the reader moves, in the detail that the view can show.

const MARGIN = 0.6;
const FINER = 1.2;
const NOTHING = { type: "FeatureCollection", features: [] };

/** Keep the map's source "land" filled for whatever is in view; `onLabels` is told the names to be shown. */
export function keepLand(map, onLabels) {
  let held = null;
  const look = async () => {
    const view = boxOf(map.getBounds(), 0);
    if (held && contains(held.box, view) && map.getZoom() < held.zoom + FINER) return;
    const box = boxOf(map.getBounds(), MARGIN);
    const asked = { box, zoom: map.getZoom() };
    held = asked;
    const land = await fetched(box);
    if (held !== asked) return;
    map.getSource("land").setData(land);
    onLabels(land.features.filter((each) => each.properties.label).map((each) => each.properties));
  };
  map.on("moveend", look);
  look();
}

async function fetched(box) {
  try {
    const answer = await fetch(`/land.geojson?bbox=${box.map((degrees) => degrees.toFixed(2)).join(",")}`);
    return answer.ok ? await answer.json() : NOTHING;
  } catch {
    return NOTHING;
  }
}

function boxOf(bounds, margin) {
  const [west, south, east, north] = [bounds.getWest(), bounds.getSouth(), bounds.getEast(), bounds.getNorth()];
  const [x, y] = [(east - west) * margin, (north - south) * margin];
  return [Math.max(-180, west - x), Math.max(-85, south - y), Math.min(180, east + x), Math.min(85, north + y)];
}

const contains = (outer, inner) =>
  outer[0] <= inner[0] && outer[1] <= inner[1] && outer[2] >= inner[2] && outer[3] >= inner[3];

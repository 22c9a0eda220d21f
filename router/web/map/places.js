// Where things are: from the request where the page has it, from the plan's GeoJSON where it has not.

/** Return the position [lon, lat] of every place that a request names, and what there is to know of it. */
export function placesOfRequest(request) {
  const places = new Map();
  const add = (id, kind, place, more = {}) => {
    if (place?.location) places.set(id, { id, kind, position: [place.location.lon, place.location.lat], ...about(place), ...more });
  };
  for (const depot of request?.depots ?? []) add(depot.id, "depot", depot);
  for (const port of request?.ferries?.ports ?? []) add(port.id, "port", port);
  for (const stop of request?.stops ?? []) add(stop.id, "stop", stop);
  for (const shipment of request?.shipments ?? []) {
    for (const end of ["pickup", "dropoff"]) {
      add(`${shipment.id}/${end}`, "stop", shipment[end], { load: shipment.load, penalty: shipment.penalty, visit: end });
    }
  }
  return places;
}

/** Add the places that only the GeoJSON of the plan knows: ports of stored timetables, or everything. */
export function addPlacesOfGeojson(places, geojson) {
  const add = (id, kind, position, more = {}) => {
    if (id && position && !places.has(id)) places.set(id, { id, kind, position, windows: [], ...more });
  };
  for (const { geometry, properties: said } of geojson.features) {
    if (said.kind === "stop" || said.kind === "unserved") {
      add(said.stop_id, "stop", geometry.coordinates, { landmark: said.landmark, visit: said.visit });
    } else if (said.kind !== "leg") add(said.place, "depot", geometry.coordinates);
  }
  for (const { geometry, properties: said } of geojson.features.filter((each) => each.properties.kind === "leg")) {
    const line = geometry.type === "MultiLineString" ? geometry.coordinates.flat() : geometry.coordinates;
    const kind = said.mode === "ferry" ? "port" : "stop";
    add(said.from, kind, line[0]);
    add(said.to, kind, line.at(-1));
  }
  return places;
}

/** Return whether every place that the plan names is known. */
export function allKnown(places, plan) {
  const named = plan.routes.flatMap((route) => route.steps.flatMap((step) =>
    [step.stop_id ?? step.place, step.from_port, step.to_port])).filter(Boolean);
  return [...named, ...plan.unserved.map((each) => each.stop_id)].every((id) => places.has(id));
}

function about(place) {
  return {
    windows: place.windows ?? [], landmark: place.landmark, load: place.load, penalty: place.penalty,
    visit: place.kind, cash: place.cash_on_delivery,
  };
}

// A plan as the page shows it: vehicles with what they do from when to when, and where.

import { addPlacesOfGeojson, placesOfRequest } from "./places.js";
import { segmentsOf } from "./segments.js";
import { at, offset } from "./times.js";

/**
 * Return the day of a plan.
 *
 * @param resource The plan resource as the service gives it.
 * @param request The request it was made from, where the page has it.
 * @param geojson The plan's GeoJSON, where not all places stand in the request.
 * @param bookings The plan's bookings, where there is no request: they know the classes of vehicles.
 */
export function makeDay({ resource, request = null, geojson = null, bookings = [] }) {
  const plan = resource.plan;
  const places = placesOfRequest(request);
  if (geojson) addPlacesOfGeojson(places, geojson);
  const fleet = new Map((request?.vehicles ?? []).map((vehicle, index) => [vehicle.id, { ...vehicle, index }]));
  for (const each of bookings) fleet.set(each.vehicle_id, { ferry_class: each.ferry_class });
  const vehicles = plan.routes
    .filter((route) => route.steps.length > 0)
    .map((route, order) => vehicleOf(route, fleet.get(route.vehicle_id), order, places));
  const instants = vehicles.flatMap((vehicle) => [vehicle.begins, vehicle.ends]);
  return {
    id: resource.id, name: resource.name || resource.id || "", status: resource.status, warnings: resource.warnings ?? [],
    currency: request?.currency ?? "IDR", hasRequest: request !== null,
    cost: plan.cost, totals: plan.totals, solver: plan.solver, places, vehicles,
    unserved: plan.unserved.map((each) => ({ ...each, place: places.get(each.stop_id) })),
    ports: portsOf(vehicles, places),
    begins: Math.min(...instants), ends: Math.max(...instants),
    offsets: offsetsOf(plan), date: vehicles.length ? firstInstant(plan).slice(0, 10) : null,
  };
}

function vehicleOf(route, vehicle, order, places) {
  const segments = segmentsOf(route, places);
  const stops = route.steps.filter((step) => step.type === "stop");
  return {
    id: route.vehicle_id, index: order, profile: vehicle?.profile, ferryClass: vehicle?.ferry_class,
    capacity: vehicle?.capacity ?? {}, cost: route.cost, distance: route.distance_meters, duration: route.duration_seconds,
    steps: numbered(route.steps), segments, stops: stops.length,
    crossings: route.steps.filter((step) => step.type === "ferry").length,
    begins: segments[0]?.begins ?? at(route.steps[0].departs_at),
    ends: segments.at(-1)?.ends ?? at(route.steps.at(-1).arrives_at),
    leaves: route.steps[0].departs_at, returns: route.steps.at(-1).arrives_at,
  };
}

/** Give stops their number on the route, from 1. */
function numbered(steps) {
  let number = 0;
  return steps.map((step) => (step.type === "stop" ? { ...step, number: ++number } : step));
}

function portsOf(vehicles, places) {
  const crossings = new Map();
  for (const vehicle of vehicles) {
    for (const step of vehicle.steps.filter((each) => each.type === "ferry")) {
      for (const id of [step.from_port, step.to_port]) {
        if (!crossings.has(id)) crossings.set(id, []);
        crossings.get(id).push({ vehicle, step });
      }
    }
  }
  return [...crossings].filter(([id]) => places.has(id)).map(([id, calls]) => ({ ...places.get(id), calls }));
}

const firstInstant = (plan) =>
  plan.routes.map((route) => route.steps[0]?.departs_at).filter(Boolean).sort((a, b) => at(a) - at(b))[0];

/** Return the clocks of the plan, in minutes ahead of UTC, the most frequent first. */
function offsetsOf(plan) {
  const counts = new Map();
  for (const step of plan.routes.flatMap((route) => route.steps)) {
    for (const instant of [step.arrives_at, step.departs_at, step.starts_at].filter(Boolean)) {
      counts.set(offset(instant), (counts.get(offset(instant)) ?? 0) + 1);
    }
  }
  return [...counts].sort((a, b) => b[1] - a[1]).map(([minutes]) => minutes);
}

// A day on the page: panel, map, timeline and clock, and what happens when somebody points at a part of it.

import { getBookings, getRoutes } from "./api.js";
import { makeClock } from "./clock.js";
import { exportButtons } from "./exports.js";
import { byId } from "./dom.js";
import { along } from "./lines.js";
import { makeDay } from "./plan.js";
import { allKnown, placesOfRequest } from "./places.js";
import { ferrySays, portSays, stopSays, unservedSays } from "./popups.js";
import { routeList } from "./routes.js";
import { warnings } from "./warnings.js";
import { buildTimeline } from "./timeline.js";
import { totals } from "./totals.js";
import { unservedList } from "./unserved.js";

/** Return the view. `map` may be null, where the browser draws none. */
export function makeDayView(map, timelineRoom) {
  const clock = makeClock();
  let [day, timeline] = [null, null];

  clock.onChange(() => {
    timeline?.move();
    if (day) map?.vehicles(day, clock.now);
  });

  const select = (index) => {
    map?.single(index);
    timeline?.single(index);
    if (day) map?.vehicles(day, clock.now);
  };

  const sayStop = (id, pinned) => {
    for (const vehicle of day?.vehicles ?? []) {
      const step = vehicle.steps.find((each) => each.stop_id === id);
      if (step) return map?.popup(day.places.get(id).position, stopSays(day, vehicle, step), pinned);
    }
    const left = day?.unserved.find((each) => each.stop_id === id);
    return left?.place && map?.popup(left.place.position, unservedSays(left), pinned);
  };

  const lookAt = (vehicle, step) => {
    const segment = vehicle.segments.find((each) => each.step === undefined ? false : sameStep(each.step, step) && (step.type !== "ferry" || each.kind === "ferry"));
    if (segment) clock.set(step.type === "ferry" ? (segment.begins + segment.ends) / 2 : segment.ends);
    if (step.type === "ferry" && segment) {
      map?.flyTo(along(segment.line, 0.5));
      map?.popup(along(segment.line, 0.5), ferrySays(day, vehicle, step), true);
    } else if (step.stop_id) {
      map?.flyTo(day.places.get(step.stop_id).position);
      sayStop(step.stop_id, true);
    }
  };

  const build = () => {
    const moment = clock.now;
    timeline = null;
    timeline = buildTimeline(timelineRoom, day, clock, {
      onPick: (vehicle, segment) => {
        clock.pause();
        if (segment.step.type === "stop" || segment.kind === "ferry") lookAt(vehicle, segment.step);
        clock.set(segment.begins);
      },
      onVehicle: (index) => openRoute(day.vehicles[index].id),
    });
    if (moment >= clock.begins && moment <= clock.ends) clock.set(moment);
  };

  /** Make the day of what is held, asking the service for places that the request does not have. */
  const made = async (held) => {
    const known = allKnown(placesOfRequest(held.request), held.resource.plan);
    const geojson = held.geojson ?? (!known && held.onService ? await getRoutes(held.resource.id) : null);
    const bookings = !held.request && held.onService ? await getBookings(held.resource.id) : [];
    return makeDay({ resource: held.resource, request: held.request, geojson, bookings });
  };

  return {
    sayStop,
    sayPort: (port) => map?.popup(port.position, portSays(day, port), true),
    /** Take a finished plan in, and return what draws its panel. */
    async prepare(held, onRefused) {
      const fresh = day === null || day.id !== held.resource.id;
      day = await made(held);
      if (day.vehicles.length) build();
      map?.show(day, { look: fresh });
      select(null);
      return () => [
        totals(day), warnings(day.warnings), unservedList(day, (id) => {
          const place = day.places.get(id);
          if (place) map?.flyTo(place.position);
          sayStop(id, true);
        }),
        routeList(day, { onSelect: select, onStep: lookAt }),
        exportButtons(day, held, onRefused),
      ];
    },
    /** Draw the best plan so far on the map. */
    async sketch(held) {
      const fresh = day === null;
      day = await made(held);
      map?.show(day, { look: fresh });
    },
    redraw() {
      if (day && timeline) build();
    },
    clear() {
      clock.pause();
      [day, timeline] = [null, null];
      timelineRoom.hidden = true;
      timelineRoom.replaceChildren();
      map?.single(null);
      map?.noVehicles();
    },
  };
}

const sameStep = (one, other) => one === other || (one.type === other.type && one.arrives_at === other.arrives_at && one.stop_id === other.stop_id);

function openRoute(id) {
  const details = [...byId("panel").querySelectorAll("details[data-vehicle]")].find((each) => each.dataset.vehicle === id);
  if (!details) return;
  details.open = !details.open;
  details.scrollIntoView({ block: "nearest" });
}

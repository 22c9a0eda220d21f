// What a vehicle does from when to when: drive, wait, serve, reload, ferry, break. One segment follows the other without a gap.

import { arc } from "./lines.js";
import { at } from "./times.js";

const WITH_ROAD = new Set(["stop", "ferry", "reload", "end"]);

/** Return the segments of a route, in order; breaks on board lie upon the ferry's own. */
export function segmentsOf(route, places) {
  const segments = [];
  const where = (id) => places.get(id)?.position ?? null;
  let now = at(route.steps[0].departs_at);
  let here = route.steps[0].place;
  const until = (kind, end, step, more = {}) => {
    if (end > now) segments.push({ kind, begins: now, ends: end, step, line: [where(here)], ...more });
    now = Math.max(now, end);
  };
  const drive = (step, to) => {
    until("wait", at(step.arrives_at) - step.drive_seconds * 1000, step);
    until("drive", at(step.arrives_at), step, { line: [where(here), where(to)], from: here, to });
    here = to;
  };
  for (const step of route.steps) {
    if (WITH_ROAD.has(step.type)) drive(step, placeOf(step));
    if (step.type === "stop") {
      until("wait", at(step.starts_at), step);
      until("serve", at(step.departs_at), step);
    } else if (step.type === "ferry") {
      until("wait", at(step.departs_at), step);
      const line = arc(where(step.from_port), where(step.to_port));
      until("ferry", at(step.rolls_off_at), step, { line, from: step.from_port, to: step.to_port, docks: at(step.docks_at) });
      here = step.to_port;
    } else if (step.type === "reload") {
      until("reload", at(step.departs_at), step);
    } else if (step.type === "break") {
      takeBreak(segments, step, until);
    }
  }
  return segments;
}

function takeBreak(segments, step, until) {
  if (step.aboard) {
    segments.push({ kind: "break", begins: at(step.starts_at), ends: at(step.ends_at), step, aboard: true, line: [] });
    return;
  }
  until("wait", at(step.starts_at), step);
  until("break", at(step.ends_at), step);
}

/** Return the place that a step's road leads to. */
export const placeOf = (step) => (step.type === "ferry" ? step.from_port : step.stop_id ?? step.place);

// Where a vehicle is at a moment, and what it is doing there.

import { along } from "./lines.js";

/** Return the segment of this moment and the position, or null where the vehicle is not on its way. */
export function whereabouts(vehicle, moment) {
  const segment = segmentAt(vehicle, moment);
  if (!segment) return null;
  const end = segment.docks ?? segment.ends;
  const part = end > segment.begins ? (moment - segment.begins) / (end - segment.begins) : 1;
  const position = along(segment.line, part);
  return position && { segment, position };
}

/** Return what the vehicle is doing; a break on board is taken on the ferry, so the ferry is where it is. */
function segmentAt(vehicle, moment) {
  return vehicle.segments.find((each) => !each.aboard && each.begins <= moment && moment < each.ends)
    ?? (moment === vehicle.ends ? vehicle.segments.filter((each) => !each.aboard).at(-1) : undefined);
}

// Lines on the map and points along them, in degrees.

const BEND = 0.16;
const PIECES = 24;

/** Return a curve between two positions that bends to the right of travel, so that there and back do not cover each other. */
export function arc(from, to) {
  if (!from || !to) return [from, to].filter(Boolean);
  const [dx, dy] = [to[0] - from[0], to[1] - from[1]];
  const over = [(from[0] + to[0]) / 2 + dy * BEND, (from[1] + to[1]) / 2 - dx * BEND];
  return Array.from({ length: PIECES + 1 }, (_, piece) => {
    const u = piece / PIECES;
    return [0, 1].map((axis) => (1 - u) ** 2 * from[axis] + 2 * u * (1 - u) * over[axis] + u ** 2 * to[axis]);
  });
}

/** Return the point that lies this part of the way along a line. */
export function along(line, part) {
  const points = line.filter(Boolean);
  if (points.length < 2) return points[0] ?? null;
  const lengths = points.slice(1).map((point, i) => Math.hypot(point[0] - points[i][0], point[1] - points[i][1]));
  let left = Math.min(1, Math.max(0, part)) * lengths.reduce((sum, length) => sum + length, 0);
  for (const [i, length] of lengths.entries()) {
    if (left <= length && length > 0) {
      return [0, 1].map((axis) => points[i][axis] + ((points[i + 1][axis] - points[i][axis]) * left) / length);
    }
    left -= length;
  }
  return points.at(-1);
}

/** Return [[west, south], [east, north]] around positions. */
export function bounds(positions) {
  const [lons, lats] = [positions.map((p) => p[0]), positions.map((p) => p[1])];
  return [[Math.min(...lons), Math.min(...lats)], [Math.max(...lons), Math.max(...lats)]];
}

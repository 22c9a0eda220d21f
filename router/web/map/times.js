// Instants as the service gives them: with the offset of the place where they happen.

const ZONES = { 420: "WIB", 480: "WITA", 540: "WIT" };
const MINUTE = 60_000;

/** Return milliseconds since 1970 of an instant. */
export const at = (instant) => Date.parse(instant);

/** Return the clock on the wall where an instant happens: it is what the instant says. */
export const clock = (instant) => instant.slice(11, 16);

export const date = (instant) => instant.slice(0, 10);

/** Return by how many minutes the clocks of an instant are ahead of UTC. */
export function offset(instant) {
  const found = /([+-])(\d\d):(\d\d)$/.exec(instant);
  if (!found) return 0;
  return (found[1] === "-" ? -1 : 1) * (Number(found[2]) * 60 + Number(found[3]));
}

/** Return what clocks of this offset are called: WIB, WITA and WIT in Indonesia. */
export function zone(minutes) {
  if (ZONES[minutes]) return ZONES[minutes];
  const [hours, rest] = [Math.floor(Math.abs(minutes) / 60), Math.abs(minutes) % 60];
  return `UTC${minutes < 0 ? "−" : "+"}${hours}${rest ? `:${String(rest).padStart(2, "0")}` : ""}`;
}

/** Return "HH:MM" of a moment on clocks of this offset. */
export const clockAt = (moment, minutes) => new Date(moment + minutes * MINUTE).toISOString().slice(11, 16);

/** Return "YYYY-MM-DD" of a moment on clocks of this offset. */
export const dateAt = (moment, minutes) => new Date(moment + minutes * MINUTE).toISOString().slice(0, 10);

/** Return "+08:00" of 480. */
export function offsetText(minutes) {
  const size = Math.abs(minutes);
  return `${minutes < 0 ? "-" : "+"}${String(Math.floor(size / 60)).padStart(2, "0")}:${String(size % 60).padStart(2, "0")}`;
}

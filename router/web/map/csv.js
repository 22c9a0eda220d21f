// From a table of addresses to a plan request, here in the browser: the table itself goes nowhere but into that request.

const NAMES = {
  id: ["id", "no", "number", "order", "kode", "nomor", "resi"],
  landmark: ["name", "address", "nama", "alamat", "landmark", "customer", "pelanggan"],
  lat: ["latitude", "lat", "lintang", "y"],
  lon: ["longitude", "lon", "lng", "long", "bujur", "x"],
  demand: ["demand", "parcels", "quantity", "qty", "jumlah", "paket", "koli"],
  open: ["open", "from", "start", "buka", "mulai", "dari"],
  close: ["close", "until", "to", "end", "tutup", "selesai", "sampai"],
};
const CLOCK = /^([01]?\d|2[0-3])[:.]([0-5]\d)$/;
const SERVICE_SECONDS = 180;

/**
 * What vehicles of a kind are: profile, class on car ferries, class of a courier on passenger boats, costs in rupiah.
 * The figures are round examples; whoever plans for real brings a request with figures of their own.
 */
export const KINDS = {
  van: { profile: "van", ferry_class: "IVB", parcels: 90, costs: { fixed: 150000, per_km: 2500, per_hour: 30000 } },
  motorbike: { profile: "motorbike", ferry_class: "II", parcels: 40, costs: { fixed: 60000, per_km: 700, per_hour: 20000 } },
  courier: { profile: "motorbike", ferry_class: "courier", parcels: 25, costs: { fixed: 60000, per_km: 700, per_hour: 20000 } },
  truck: { profile: "truck", ferry_class: "VB", parcels: 150, costs: { fixed: 350000, per_km: 4500, per_hour: 60000 } },
};

/** Return {rows, faults}: the rows that can be planned, and {line, reason, said} of those that cannot. */
export function readTable(text) {
  const lines = cells(text).filter((line) => line.some((cell) => cell.trim() !== ""));
  const columns = columnsOf(lines[0] ?? []);
  const missing = ["lat", "lon"].filter((name) => columns[name] === undefined);
  if (missing.length) return { rows: [], faults: [{ line: 1, reason: "csvNoPosition", said: (lines[0] ?? []).join(", ") }] };
  const [rows, faults, ids] = [[], [], new Set()];
  lines.slice(1).forEach((line, i) => {
    const row = rowOf(line, columns, i + 2);
    const reason = wrong(row, ids);
    if (reason) faults.push({ line: i + 2, reason, said: line.join(", ") });
    else rows.push(row);
    ids.add(row.id);
  });
  return { rows, faults };
}

/** Return a request for these rows; `said` is what the form asks: depot, kind, count, date, from, until, offset, ferries, name, seconds. */
export function requestOf(rows, said) {
  const instant = (clock) => `${said.date}T${clock}:00${said.offset}`;
  const kind = KINDS[said.kind];
  const request = {
    name: said.name, currency: "IDR",
    depots: [{ id: "depot", location: said.depot }],
    stops: rows.map((row) => ({
      id: row.id, kind: "dropoff", location: { lat: row.lat, lon: row.lon }, service_seconds: SERVICE_SECONDS,
      load: { parcels: row.demand }, ...(row.landmark && { landmark: row.landmark }),
      ...((row.open || row.close) && { windows: [{ start: instant(row.open ?? said.from), end: instant(row.close ?? said.until) }] }),
    })),
    vehicles: Array.from({ length: said.count }, (_, i) => ({
      id: `${said.kind}-${i + 1}`, profile: kind.profile, ferry_class: kind.ferry_class, start: "depot", end: "depot",
      shift: { start: instant(said.from), end: instant(said.until) }, capacity: { parcels: kind.parcels }, costs: kind.costs,
    })),
    options: { time_limit_seconds: said.seconds, seed: 1 },
  };
  return said.ferries ? { ...request, timetables: ["indonesia"] } : request;
}

/** Return the clocks at a longitude in Indonesia, in minutes ahead of UTC; a guess that the form lets the reader change. */
export const offsetAt = (lon) => (lon < 114.5 ? 420 : lon < 125.5 ? 480 : 540);

function rowOf(line, columns, number) {
  const cell = (name) => (columns[name] === undefined ? "" : (line[columns[name]] ?? "").trim());
  const degrees = (name) => (cell(name) === "" ? NaN : Number(cell(name).replace(",", ".")));
  return {
    id: cell("id") || `row-${number}`, landmark: cell("landmark"), lat: degrees("lat"), lon: degrees("lon"),
    demand: cell("demand") === "" ? 1 : Number(cell("demand")), open: clockOf(cell("open")), close: clockOf(cell("close")),
  };
}

function wrong(row, ids) {
  if (!(Math.abs(row.lat) <= 90 && Math.abs(row.lon) <= 180)) return "csvBadPosition";
  if (!(Number.isInteger(row.demand) && row.demand >= 0)) return "csvBadDemand";
  if (row.open === undefined || row.close === undefined) return "csvBadClock";
  if (row.open && row.close && row.open > row.close) return "csvWindowBackwards";
  return ids.has(row.id) ? "csvTwice" : null;
}

/** Return "HH:MM"; null of an empty cell, undefined of something else. */
function clockOf(said) {
  if (said === "") return null;
  const found = CLOCK.exec(said);
  return found ? `${found[1].padStart(2, "0")}:${found[2]}` : undefined;
}

function columnsOf(header) {
  const columns = {};
  header.forEach((title, i) => {
    const name = title.trim().toLowerCase();
    const found = Object.keys(NAMES).find((each) => NAMES[each].includes(name));
    if (found && columns[found] === undefined) columns[found] = i;
  });
  return columns;
}

/** Return lines of cells (RFC 4180); the separator is what the first line has most of: comma, semicolon or tab. */
function cells(text) {
  const first = text.split("\n", 1)[0];
  const separator = [",", ";", "\t"].sort((a, b) => first.split(b).length - first.split(a).length)[0];
  const lines = [[""]];
  let quoted = false;
  for (let i = 0; i < text.length; i += 1) {
    const c = text[i];
    const line = lines.at(-1);
    if (quoted && c === '"' && text[i + 1] === '"') line[line.length - 1] += text[++i];
    else if (c === '"') quoted = !quoted;
    else if (!quoted && c === separator) line.push("");
    else if (!quoted && c === "\n") lines.push([""]);
    else if (quoted || c !== "\r") line[line.length - 1] += c;
  }
  return lines;
}

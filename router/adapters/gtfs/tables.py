"""The tables of a feed, as far as they are about ferries: agencies, routes, trips, stops, calls and headways."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from router.adapters.gtfs.archive import Archive, Row
from router.adapters.gtfs.calendar import ServiceDays, is_repeated, read_calendar
from router.adapters.gtfs.cells import Cells
from router.adapters.gtfs.findings import Findings
from router.domain.timetable import Headway
from router.domain.units import Seconds
from router.wire.document import shown
from router.wire.faults import FaultCode, WarningCode
from router.wire.shapes.timetables import LEAST_INTERVAL_SECONDS

FERRY, WATER = 4, range(1000, 1300)
"""``route_type`` of ferries, and of water transport in the extended types (Google's, after TPEG)."""

_NO_VEHICLES = "2"
"""``cars_allowed`` of trips that carry none."""


@dataclass(frozen=True, slots=True)
class Port:
    """A stop where a ferry calls; ``time_zone`` is its own, if it says one."""

    name: str
    lat: float
    lon: float
    time_zone: str | None


@dataclass(frozen=True, slots=True)
class Call:
    """A ferry at a stop; times in seconds of the service day, ``None`` where they are not told."""

    sequence: int
    stop: str
    arrives: int | None
    departs: int | None
    boards: bool
    alights: bool
    row: int


@dataclass(slots=True)
class Trip:
    """One run of a ferry."""

    route: str
    service: str
    row: int
    calls: list[Call] = field(default_factory=list)
    headways: list[Headway] = field(default_factory=list)


@dataclass(frozen=True, slots=True, kw_only=True)
class Tables:
    """What there is to know. Where there are findings that refuse the feed, rows may be missing.

    Attributes:
        zones: The time zone of the agency of each ferry route, which its times are told in.
        names: Of the ferry routes.
    """

    zones: dict[str, str]
    names: dict[str, str]
    services: dict[str, ServiceDays]
    trips: dict[str, Trip]
    ports: dict[str, Port]


def read_tables(archive: Archive, findings: Findings) -> Tables:
    """Read everything, and tell ``findings`` all that is wrong with it."""
    return _Reader(archive, findings).tables()


class _Reader:
    """Reads one feed; each table is read with those in mind that it refers to."""

    def __init__(self, archive: Archive, findings: Findings) -> None:
        self._archive = archive
        self._findings = findings
        self._cells = Cells(findings)

    def tables(self) -> Tables:
        agencies = self._agencies()
        zones, names, others = self._routes(agencies)
        services = read_calendar(self._archive, self._cells, self._findings)
        trips, not_ours = self._trips(zones, others, services)
        stops = self._stops()
        self._calls(trips, not_ours, stops)
        self._headways(trips, not_ours)
        return Tables(zones=zones, names=names, services=services, trips=trips, ports=stops)

    def _rows(
        self, file: str, *columns: str, key: Callable[[Row], object], needed: bool = True
    ) -> Iterator[Row]:
        """Yield the rows of a file, each key once."""
        if file not in self._archive:
            if needed:
                detail = f"the feed has no {file}"
                self._findings.refuse(file, None, None, FaultCode.GTFS_MISSING_FILE, detail)
            return
        seen: dict[object, Row] = {}
        for row in self._archive.rows(file, columns):
            name = key(row)
            if not is_repeated(row, seen.setdefault(name, row), shown(str(name)), self._findings):
                yield row

    def _agencies(self) -> dict[str, str]:
        agencies = {}
        for row in self._rows("agency.txt", "agency_timezone", key=lambda row: row["agency_id"]):
            zone = self._cells.time_zone(row, "agency_timezone")
            if zone is not None:
                agencies[row["agency_id"]] = zone
        return agencies

    def _routes(self, agencies: dict[str, str]) -> tuple[dict[str, str], dict[str, str], set[str]]:
        """Return zones and names of the ferry routes, and the other routes."""
        zones, names, others = {}, {}, set()
        only = next(iter(agencies.values())) if len(agencies) == 1 else None
        for row in self._rows("routes.txt", "route_id", "route_type", key=lambda row: row["route_id"]):
            kind = self._cells.whole(row, "route_type")
            if kind != FERRY and kind not in WATER:
                others.add(row["route_id"])
                continue
            name = self._cells.text(row, "route_id")
            zone = agencies.get(row["agency_id"], only)
            if zone is None and agencies:
                detail = f"there is no agency {shown(row['agency_id'])}"
                self._refer(row, "agency_id", detail)
            elif name is not None:
                zones[name] = zone or "UTC"
                names[name] = row["route_long_name"] or row["route_short_name"]
        if not zones and not self._findings.faults:
            detail = "no route is a ferry"
            self._findings.refuse("routes.txt", None, "route_type", FaultCode.GTFS_NO_FERRIES, detail)
        return zones, names, others

    def _trips(
        self, zones: dict[str, str], others: set[str], services: dict[str, ServiceDays]
    ) -> tuple[dict[str, Trip], set[str]]:
        """Return the trips of ferries that may carry vehicles, and the names of all others."""
        trips, not_ours = {}, set()
        columns = ("route_id", "service_id", "trip_id")
        for row in self._rows("trips.txt", *columns, key=lambda row: row["trip_id"]):
            name, route, service = row["trip_id"], row["route_id"], row["service_id"]
            if route not in zones:
                not_ours.add(name)
                if route not in others:
                    self._refer(row, "route_id", f"there is no route {shown(route)}")
            elif row["cars_allowed"] == _NO_VEHICLES:
                not_ours.add(name)
                self._leave_out(row.file, row.number, "trips that carry no vehicles")
            else:
                trips[name] = Trip(route, service, row.number)
                if service not in services:
                    self._refer(row, "service_id", f"there is no service {shown(service)}")
        return trips, not_ours

    def _stops(self) -> dict[str, Port]:
        ports = {}
        rows = list(
            self._rows("stops.txt", "stop_id", "stop_lat", "stop_lon", key=lambda row: row["stop_id"])
        )
        parents = {row["stop_id"]: row for row in rows}
        for row in rows:
            parent = parents.get(row["parent_station"], row)
            placed = row if row["stop_lat"] or not parent["stop_lat"] else parent
            if row["location_type"] in ("", "0"):
                name = self._cells.text(row, "stop_id")
                lat, lon = (self._cells.degrees(placed, *at) for at in (("stop_lat", 90), ("stop_lon", 180)))
                zoned = parent if parent["stop_timezone"] else row
                zone = self._cells.time_zone(zoned, "stop_timezone") if zoned["stop_timezone"] else None
                if name is not None and lat is not None and lon is not None:
                    ports[name] = Port(row["stop_name"] or parent["stop_name"], lat, lon, zone)
        return ports

    def _calls(self, trips: dict[str, Trip], not_ours: set[str], stops: dict[str, Port]) -> None:
        columns = ("trip_id", "stop_id", "stop_sequence")

        def of_ours(row: Row) -> object:
            return (row["trip_id"], row["stop_sequence"]) if row["trip_id"] in trips else row.number

        for row in self._rows("stop_times.txt", *columns, key=of_ours):
            trip = trips.get(row["trip_id"])
            if trip is not None:
                self._call(row, trip, stops)
            elif row["trip_id"] not in not_ours:
                self._refer(row, "trip_id", f"there is no trip {shown(row['trip_id'])}")
        for trip in trips.values():
            trip.calls.sort(key=lambda call: call.sequence)

    def _call(self, row: Row, trip: Trip, stops: dict[str, Port]) -> None:
        sequence = self._cells.whole(row, "stop_sequence")
        arrives, departs = self._cells.time(row, "arrival_time"), self._cells.time(row, "departure_time")
        if row["stop_id"] not in stops:
            self._refer(row, "stop_id", f"there is no stop {shown(row['stop_id'])}")
        elif sequence is not None:
            call = Call(
                sequence=sequence,
                stop=row["stop_id"],
                arrives=departs if arrives is None else arrives,
                departs=arrives if departs is None else departs,
                boards=row["pickup_type"] != "1",
                alights=row["drop_off_type"] != "1",
                row=row.number,
            )
            trip.calls.append(call)

    def _headways(self, trips: dict[str, Trip], not_ours: set[str]) -> None:
        columns = ("trip_id", "start_time", "end_time", "headway_secs")
        keyed = self._rows(
            "frequencies.txt", *columns, key=lambda row: (row["trip_id"], row["start_time"]), needed=False
        )
        for row in keyed:
            trip = trips.get(row["trip_id"])
            start, end = self._cells.time(row, "start_time"), self._cells.time(row, "end_time")
            interval = self._cells.whole(row, "headway_secs")
            if trip is None and row["trip_id"] not in not_ours:
                self._refer(row, "trip_id", f"there is no trip {shown(row['trip_id'])}")
            elif trip is None or start is None or end is None or interval is None:
                continue
            elif interval < LEAST_INTERVAL_SECONDS or end < start:
                detail = f"departures follow each other after {LEAST_INTERVAL_SECONDS} s at least, from start to end"
                self._findings.refuse(row.file, row.number, "headway_secs", FaultCode.GTFS_BAD_VALUE, detail)
            else:
                trip.headways.append(Headway(start=start, end=end, interval=Seconds(interval)))
                if row["exact_times"] != "1":
                    what = "headways taken as departures at fixed times, the first at start_time"
                    self._findings.remark(row.file, row.number, WarningCode.GTFS_HEADWAY, what)

    def _refer(self, row: Row, column: str, detail: str) -> None:
        self._findings.refuse(row.file, row.number, column, FaultCode.GTFS_UNKNOWN_REFERENCE, detail)

    def _leave_out(self, file: str, row: int, what: str) -> None:
        self._findings.remark(file, row, WarningCode.GTFS_LEFT_OUT, f"left out, {what}")

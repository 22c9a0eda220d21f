"""Four real feeds: every departure as a dull reader of the files finds it, and plans over three of them."""

import csv
import io
import zipfile
from collections import defaultdict
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import orjson
import pytest

from router import bootstrap
from router.adapters.gtfs.reader import GtfsReader
from router.domain.plan import FerryStep
from router.domain.stored_timetables import FeedDefaults
from router.domain.timetable import FerryNetwork, sailings_within
from router.domain.units import local_time
from router.service.plan_routes import PlanOutcome, plan_routes
from router.service.timetables import resolve
from router.settings import Settings
from router.wire.timetable_network import network_bytes

FEEDS = Path(__file__).parents[3] / "shared" / "data" / "gtfs"
DAYS = 30
FIRST_DAY = {
    "akl": date(2025, 3, 20),  # clocks are put back on 6 April
    "dutch": date(2019, 3, 15),  # and forward on 31 March
    "faroe": date(2026, 3, 15),  # on 29 March
    "lautta": date(2021, 3, 15),  # on 28 March
}

pytestmark = [
    pytest.mark.shared,
    pytest.mark.skipif(not FEEDS.exists(), reason="the measuring data is not beside the checkout"),
]

Crossing = tuple[str, str, int, int]
"""From, to, and the instants of departure and arrival."""


def body_of(name: str) -> bytes:
    return (FEEDS / f"{name}.zip").read_bytes()


def network_of(name: str) -> FerryNetwork:
    return GtfsReader().read(body_of(name), FeedDefaults(currency="EUR"))[0]


def by_our_reading(name: str) -> set[Crossing]:
    network = network_of(name)
    found: set[Crossing] = set()
    zones = {port.id: port.time_zone for port in network.ports}
    for line in network.lines:
        start, end = bounds(name, zones[line.from_port])
        for sailing in sailings_within(line, zones[line.from_port], start, end):  # type: ignore[arg-type]
            found.add((line.from_port, line.to_port, int(sailing.departs), int(sailing.docks_at)))
    return found


def bounds(name: str, zone: str) -> tuple[int, int]:
    first = FIRST_DAY[name]
    start, end = (
        datetime.combine(day, time(), ZoneInfo(zone)) for day in (first, first + timedelta(days=DAYS))
    )
    return int(start.timestamp()), int(end.timestamp())


class DullReader:
    """Reads a feed as its reference says, day by day and trip by trip, with nothing of ours."""

    def __init__(self, body: bytes) -> None:
        """Read all tables."""
        self._zip = zipfile.ZipFile(io.BytesIO(body))
        self.zone = self.table("agency")[0]["agency_timezone"]
        self.weeks = {row["service_id"]: row for row in self.table("calendar")}
        self.exceptions = {
            (row["service_id"], row["date"]): row["exception_type"] for row in self.table("calendar_dates")
        }
        ferries = {row["route_id"] for row in self.table("routes") if row["route_type"] == "4"}
        self.trips = [row for row in self.table("trips") if row["route_id"] in ferries]
        self.calls = defaultdict(list)
        for row in self.table("stop_times"):
            self.calls[row["trip_id"]].append(row)
        self.headways = defaultdict(list)
        for row in self.table("frequencies"):
            self.headways[row["trip_id"]].append(row)

    def table(self, name: str) -> list[dict[str, str]]:
        """Return the rows of a file."""
        if f"{name}.txt" not in self._zip.namelist():
            return []
        return list(csv.DictReader(io.StringIO(self._zip.read(f"{name}.txt").decode("utf-8-sig"))))

    def runs(self, service: str, day: date) -> bool:
        """Return whether a service runs on a day."""
        told = self.exceptions.get((service, f"{day:%Y%m%d}"))
        if told is not None:
            return told == "1"
        week = self.weeks.get(service)
        if week is None:
            return False
        return week[f"{day:%A}".lower()] == "1" and week["start_date"] <= f"{day:%Y%m%d}" <= week["end_date"]

    def crossings(self, first: date, start: int, end: int, days: int = DAYS) -> Iterator[Crossing]:
        """Yield every way over the water that departs in ``[start, end)``, at most so many days from the first."""
        for number in range(-2, days + 1):
            day = first + timedelta(days=number)
            zero = int(datetime.combine(day, time(12), ZoneInfo(self.zone)).timestamp()) - 12 * 3600
            for trip in self.trips:
                if self.runs(trip["service_id"], day):
                    calls = sorted(self.calls[trip["trip_id"]], key=lambda call: int(call["stop_sequence"]))
                    for shift in self.shifts(trip["trip_id"], calls):
                        for one, other, departs, arrives in self.rides(calls):
                            if start <= zero + shift + departs < end:
                                yield one, other, zero + shift + departs, zero + shift + arrives

    def shifts(self, trip: str, calls: list[dict[str, str]]) -> Iterator[int]:
        """Yield how much later than told a trip runs, each time that it does."""
        if trip not in self.headways:
            yield 0
        for row in self.headways.get(trip, []):
            at = seconds(row["start_time"])
            while at < seconds(row["end_time"]):
                yield at - seconds(calls[0]["departure_time"])
                at += int(row["headway_secs"])

    def rides(self, calls: list[dict[str, str]]) -> Iterator[tuple[str, str, int, int]]:
        """Yield from where to where one may go, without missing a later ferry or an earlier arrival."""
        for i, one in enumerate(calls):
            for j, other in enumerate(calls):
                between = calls[i + 1 : j]
                if i >= j or one["stop_id"] == other["stop_id"]:
                    continue
                if one.get("pickup_type") == "1" or other.get("drop_off_type") == "1":
                    continue
                if any(c["stop_id"] == one["stop_id"] and c.get("pickup_type") != "1" for c in between):
                    continue
                if any(c["stop_id"] == other["stop_id"] and c.get("drop_off_type") != "1" for c in between):
                    continue
                yield (
                    one["stop_id"],
                    other["stop_id"],
                    seconds(one["departure_time"]),
                    seconds(other["arrival_time"]),
                )


def seconds(clock: str) -> int:
    hours, minutes, *rest = map(int, clock.split(":"))
    return hours * 3600 + minutes * 60 + sum(rest)


@pytest.mark.parametrize("name", FIRST_DAY)
def test_thirty_days_of_departures_are_those_of_a_dull_reader(name: str) -> None:
    dull = DullReader(body_of(name))
    expected = set(dull.crossings(FIRST_DAY[name], *bounds(name, dull.zone)))
    assert len(expected) > 0
    assert by_our_reading(name) == expected


def test_the_faults_of_the_faroese_feed_are_named_by_file_and_row_and_it_is_used() -> None:
    network, warnings = GtfsReader().read(body_of("faroe"), FeedDefaults())
    assert len(network.lines) == 13
    told = {(each.pointer, each.code): each.detail for each in warnings}
    assert told.keys() == {
        ("/calendar_dates.txt", "gtfs_repeated_row"),
        ("/stop_times.txt", "gtfs_time_without_seconds"),
    }
    assert "rows 574, 680, 681, " in told["/calendar_dates.txt", "gtfs_repeated_row"]


# One parcel over the water and back, on land drawn around two ports that are far enough apart.

WEDNESDAY = {
    "akl": date(2025, 11, 26),
    "dutch": date(2019, 6, 5),
    "faroe": date(2026, 6, 3),
    "lautta": date(2021, 6, 2),
}
DEGREES = 0.02
"""Half the side of a piece of land; a place stands half of that from its port."""

STAY = 3 * 3600
"""Time enough to be driven from a port to a stop near it and back."""


@pytest.mark.parametrize("name", WEDNESDAY)
def test_a_plan_runs_over_each_feed(name: str, tmp_path: Path) -> None:
    network, day = network_of(name), WEDNESDAY[name]
    dull = DullReader(body_of(name))
    start, end = (
        int(datetime.combine(day, clock, ZoneInfo(dull.zone)).timestamp()) for clock in (time(), time(23, 59))
    )
    sailed = set(dull.crossings(day, start, end, days=1))
    here, there = there_and_back(network, sailed)
    outcome = planned(network, here, there, (start, end), tmp_path / "land.json")
    assert outcome.plan.totals.served == 1
    steps = [step for route in outcome.plan.routes for step in route.steps if isinstance(step, FerryStep)]
    assert [(step.from_port, step.to_port) for step in steps] == [(here, there), (there, here)]
    assert {(s.from_port, s.to_port, s.departs_at, s.docks_at) for s in steps} <= sailed


def there_and_back(network: FerryNetwork, sailed: set[Crossing]) -> tuple[str, str]:
    """Return the first two ports, far enough apart, between which one comes back on the same day."""
    ports = {port.id: port for port in network.ports}
    last = {(here, there): departs for here, there, departs, _ in sorted(sailed)}
    for one, other, _, arrives in sorted(sailed):
        a, b = ports[one], ports[other]  # type: ignore[index]
        if (
            last.get((other, one), 0) > arrives + STAY
            and max(abs(a.lat - b.lat), abs(a.lon - b.lon)) > 3 * DEGREES
        ):
            return one, other
    raise AssertionError("there are no such ports")


def planned(network: FerryNetwork, here: str, there: str, shift: tuple[int, int], layer: Path) -> PlanOutcome:
    """Plan a day of a van from near a port to a stop near another."""
    ports = {port.id: port for port in network.ports}
    near = {name: (ports[name].lat, ports[name].lon) for name in (here, there)}  # type: ignore[index]
    layer.write_text(
        orjson.dumps({"type": "FeatureCollection", "features": list(map(land, near.values()))}).decode()
    )
    depot, stop = ({"lat": lat + DEGREES / 2, "lon": lon} for lat, lon in near.values())
    start, end = (local_time(instant, "UTC").isoformat() for instant in shift)  # type: ignore[arg-type]
    request = {
        "currency": "EUR",
        "depots": [{"id": "the depot", "location": depot}],
        "stops": [{"id": "the stop", "location": stop}],
        "vehicles": [
            {
                "id": "van",
                "profile": "van",
                "start": "the depot",
                "end": "the depot",
                "shift": {"start": start, "end": end},
            }
        ],
        "timetables": ["feed"],
        "options": {"time_limit_seconds": 10, "iteration_limit": 100},
    }
    workshop = bootstrap.workshop(Settings(land_layer=layer), warm=True)
    stock = [bootstrap.kept_timetable("feed", network_bytes(network))]
    return plan_routes(resolve(orjson.dumps(request), workshop, stock).body, workshop)


def land(position: tuple[float, float]) -> dict[str, Any]:
    """Return a square island around a port."""
    lat, lon = position
    corners = [(-1, -1), (1, -1), (1, 1), (-1, 1), (-1, -1)]
    ring = [[lon + x * DEGREES, lat + y * DEGREES] for x, y in corners]
    return {
        "type": "Feature",
        "properties": {"id": f"{lat},{lon}"},
        "geometry": {"type": "Polygon", "coordinates": [ring]},
    }

"""Trips of a feed as ferry lines: one for every pair of ports that a route carries somebody between."""

import hashlib
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field

from router.adapters.gtfs.calendar import Pattern
from router.adapters.gtfs.findings import Findings
from router.adapters.gtfs.tables import Call, Tables, Trip
from router.domain.ids import LineId, PortId
from router.domain.stored_timetables import FeedDefaults
from router.domain.timetable import Headway, NetworkLine, NetworkPort, Service
from router.domain.units import Seconds
from router.wire.faults import WarningCode
from router.wire.shapes.timetables import MAX_LINE_ID_CHARS

STOP_TIMES, TRIPS = "stop_times.txt", "trips.txt"

LineKey = tuple[str, str, str]
"""Route, from, to."""


@dataclass(slots=True)
class _Departures:
    """Departures on the same days with the same crossing."""

    times: set[int] = field(default_factory=set)
    every: set[Headway] = field(default_factory=set)


_Sailed = dict[tuple[Pattern, int], _Departures]


def ports_of(tables: Tables) -> tuple[NetworkPort, ...]:
    """Return the stops that ferries call at. Without a time zone of its own a port has that of an agency there."""
    zone_of = {call.stop: tables.zones[trip.route] for trip in tables.trips.values() for call in trip.calls}
    return tuple(
        NetworkPort(
            id=PortId(stop),
            name=port.name,
            lat=port.lat,
            lon=port.lon,
            time_zone=port.time_zone or zone_of[stop],
        )
        for stop, port in tables.ports.items()
        if stop in zone_of
    )


def lines_of(tables: Tables, defaults: FeedDefaults, findings: Findings) -> tuple[NetworkLine, ...]:
    """Return the lines; what cannot be one is told to ``findings``."""
    sailed: dict[LineKey, _Sailed] = defaultdict(dict)
    for trip in tables.trips.values():
        _add(trip, tables, sailed, findings)
    zones = {port.id: port.time_zone for port in ports_of(tables)}
    return tuple(
        _line(key, on_days, tables, zones[PortId(key[1])], defaults) for key, on_days in sailed.items()
    )


def _add(trip: Trip, tables: Tables, sailed: dict[LineKey, _Sailed], findings: Findings) -> None:
    if len(trip.calls) < 2:
        findings.remark(
            TRIPS, trip.row, WarningCode.GTFS_LEFT_OUT, "left out, trips with fewer than two calls"
        )
        return
    pattern = tables.services[trip.service].pattern()
    if pattern is None:
        findings.remark(
            TRIPS, trip.row, WarningCode.GTFS_LEFT_OUT, "left out, trips of services that never run"
        )
        return
    first = trip.calls[0].departs
    for one, other in _rides(trip.calls):
        if one.departs is None or other.arrives is None or first is None:
            row = one.row if one.departs is None else other.row
            findings.remark(STOP_TIMES, row, WarningCode.GTFS_LEFT_OUT, "left out, calls without a time")
            continue
        crossing = other.arrives - one.departs
        if crossing <= 0:
            what = "left out, crossings that arrive no later than they depart"
            findings.remark(STOP_TIMES, other.row, WarningCode.GTFS_LEFT_OUT, what)
            continue
        departures = sailed[trip.route, one.stop, other.stop].setdefault((pattern, crossing), _Departures())
        if trip.headways:
            departures.every.update(_later(headway, one.departs - first) for headway in trip.headways)
        else:
            departures.times.add(one.departs)


def _rides(calls: list[Call]) -> Iterator[tuple[Call, Call]]:
    """Yield where somebody may board and alight.

    Who goes from one port to another boards at the last call at the one, and alights at the first at the other.
    """
    for start, one in enumerate(calls):
        if not one.boards:
            continue
        passed = set()
        for other in calls[start + 1 :]:
            if other.stop == one.stop and other.boards:
                break
            if other.stop not in passed and other.stop != one.stop and other.alights:
                passed.add(other.stop)
                yield one, other


def _later(headway: Headway, seconds: int) -> Headway:
    """Return when a ferry that leaves its first port at a headway leaves one further on."""
    return Headway(start=headway.start + seconds, end=headway.end + seconds, interval=headway.interval)


def _line(
    key: LineKey, sailed: _Sailed, tables: Tables, time_zone: str, defaults: FeedDefaults
) -> NetworkLine:
    route, one, other = key
    usual = Counter(crossing for _, crossing in sailed).most_common(1)[0][0]
    clocks = tables.zones[route]
    return NetworkLine(
        id=_line_id(key),
        name=tables.names[route],
        from_port=PortId(one),
        to_port=PortId(other),
        crossing=Seconds(usual),
        check_in=defaults.check_in,
        unload=defaults.unload,
        services=tuple(
            Service(
                days=pattern[0],
                first=pattern[1],
                last=pattern[2],
                dates=pattern[3],
                except_dates=pattern[4],
                times=tuple(sorted(departures.times)),
                every=tuple(sorted(departures.every, key=lambda each: (each.start, each.end, each.interval))),
                crossing=None if crossing == usual else Seconds(crossing),
                time_zone=None if clocks == time_zone else clocks,
            )
            for (pattern, crossing), departures in sailed.items()
        ),
    )


def _line_id(key: LineKey) -> LineId:
    route, one, other = key
    name = f"{route}:{one}-{other}"
    if len(name) > MAX_LINE_ID_CHARS:
        digest = hashlib.sha256(repr(key).encode()).hexdigest()[:16]
        name = f"{route[: MAX_LINE_ID_CHARS - len(digest) - 1]}:{digest}"
    return LineId(name)

"""The ferries of a generated archipelago: ports, lines in both directions, sailings over a day."""

import math
import random
from collections.abc import Set
from typing import Any

from benchmarks.archipelago_map import Island, location, moved, shifted, stamp

BOAT_METERS_PER_SECOND = 10.0
QUARTERS = ("east", "north", "west", "south")
AMPLE = 500
"""Deck slots of a sailing with room for any fleet."""

FARES = {"II": 35_000, "IVB": 190_000, "VB": 330_000}
"""What a crossing of 40 km costs a motorbike, a van and a truck, in IDR; about the sums of 2024."""


def ferries(
    draw: random.Random, land: list[Island], features: Set[str], *, tight: bool, headway: int
) -> dict[str, Any]:
    """Return the ``ferries`` member of a request."""
    ports: list[dict[str, Any]] = []
    lines: list[dict[str, Any]] = []
    for a, b in _links(land, chains="chains" in features):
        shore_a, shore_b = _port(ports, land[a], land[b]), _port(ports, land[b], land[a])
        terms = _terms(draw, shore_a, shore_b, features, outlying=b == len(land) - 1)
        for origin, destination in ((shore_a, shore_b), (shore_b, shore_a)):
            line_id = f"{origin['id']}_{destination['id']}"
            lines.append(
                {
                    "id": line_id,
                    "from_port": origin["id"],
                    "to_port": destination["id"],
                    **terms,
                    "sailings": _sailings(draw, line_id, terms, features, tight=tight, headway=headway),
                }
            )
    return {"ports": ports, "lines": lines}


def _links(land: list[Island], *, chains: bool) -> list[tuple[int, int]]:
    """Return which islands ferries join: all with the main one, or the last through its neighbour."""
    last = len(land) - 1
    links = [(0, island) for island in range(1, len(land))]
    if chains and len(land) >= 3:
        links[-1] = (last - 1, last)
    if len(land) >= 4:
        links.insert(2, (1, 2))
    return links


def _port(ports: list[dict[str, Any]], home: Island, across: Island) -> dict[str, Any]:
    """Return the harbour of an island on the shore that looks across: one for each quarter of the compass."""
    east, north = shifted({"lat": home.lat, "lon": home.lon}, {"lat": across.lat, "lon": across.lon})
    quarter = round(math.atan2(north, east) / (math.pi / 2)) % 4
    port_id = f"{home.id}-{QUARTERS[quarter]}"
    for port in ports:
        if port["id"] == port_id:
            return port
    turn = quarter * math.pi / 2
    lat, lon = moved(
        home.lat, home.lon, home.radius_meters * math.cos(turn), home.radius_meters * math.sin(turn)
    )
    port = {"id": port_id, "location": location(home, lat, lon), "time_zone": "Asia/Makassar"}
    ports.append(port)
    return port


def _terms(
    draw: random.Random,
    origin: dict[str, Any],
    destination: dict[str, Any],
    features: Set[str],
    *,
    outlying: bool,
) -> dict[str, Any]:
    """Return what both directions share; an outlying line carries no trucks, and perhaps no vans either."""
    meters = math.hypot(*shifted(origin["location"], destination["location"]))
    terms: dict[str, Any] = {
        "crossing_seconds": 600 + 60 * round(meters / BOAT_METERS_PER_SECOND / 60),
        "check_in_seconds": draw.choice([600, 900, 1200, 1800]),
        "unload_seconds": draw.choice([0, 300, 600]),
    }
    if "fares" in features:
        carried = ["II", "IVB", "VB"]
        if outlying:
            carried = draw.choice([["II"], ["II", "IVB"], ["II", "IVB"]])
        rate = 0.5 + 0.5 * meters / 40_000
        terms["fares"] = {name: 100 * round(FARES[name] * rate / 100) for name in carried}
    return terms


def _sailings(
    draw: random.Random, line_id: str, terms: dict[str, Any], features: Set[str], *, tight: bool, headway: int
) -> list[dict[str, Any]]:
    sailings: list[dict[str, Any]] = []
    hour, last = draw.uniform(5.5, 7), draw.uniform(17, 19.5)
    while hour <= last:
        departs = stamp(hour)
        sailing: dict[str, Any] = {"id": f"{line_id}/{departs[:16]}", "departs": departs}
        if tight:
            sailing["deck_slots"] = draw.choice([1, 1, 2])
        elif draw.random() < 0.5:
            sailing["deck_slots"] = AMPLE
        if "cancelled" in features and draw.random() < 0.08:
            sailing["cancelled"] = True
        if "slow_sailings" in features and draw.random() < 0.2:
            sailing["crossing_seconds"] = round(terms["crossing_seconds"] * draw.uniform(1.1, 2.2))
        sailings.append(sailing)
        hour += headway / 60 * draw.uniform(0.6, 1.4)
    return sailings

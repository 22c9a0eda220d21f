"""Requests to start from, as JSON documents; a test changes what it is about."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import orjson

from router.domain.ids import IslandId
from router.domain.places import FixedLink
from router.errors import AtSea, InvalidRequest
from router.geography.geography import Placement
from router.wire.request import Limits, PlanRequest, read_plan_request

Json = Any


class OneClock:
    """A land without bridges whose clocks all show the same: every position is on island ``found``."""

    def locate_many(self, positions: Sequence[tuple[float, float]]) -> tuple[Placement | AtSea, ...]:
        """Return the one island."""
        return tuple(Placement(IslandId("found"), 0) for _ in positions)

    def time_zone(self, _lat: float, _lon: float) -> str:
        """Return the clocks of Bali."""
        return "Asia/Makassar"

    def fixed_links(self) -> tuple[FixedLink, ...]:
        """Return none."""
        return ()


def clock(time: str, offset: str = "+08:00") -> str:
    """Return an instant of 25 November 2026."""
    return f"2026-11-25T{time}:00{offset}"


def window(start: str, end: str) -> Json:
    """Return a window by the clocks of Bali."""
    return {"start": clock(start), "end": clock(end)}


def place(island: str | None = "bali", lat: float = -8.65, lon: float = 115.22) -> Json:
    """Return a location in Denpasar."""
    return {"lat": lat, "lon": lon, "island": island}


def shipment(name: str = "s-1", **change: Json) -> Json:
    """Return a shipment of one parcel within Denpasar."""
    ends = {"pickup": {"location": place()}, "dropoff": {"location": place()}}
    return {"id": name, **ends, "load": {"parcels": 1}} | change


def ferry_request() -> Json:
    """Return a small request with two islands and a line there and back."""
    return {
        "depots": [{"id": "dps", "location": place()}],
        "stops": [
            {"id": "p-1", "location": place(), "load": {"parcels": 1}},
            {"id": "p-2", "location": place("nusa-penida"), "windows": [window("09:00", "12:00")]},
        ],
        "vehicles": [
            {"id": "van-1", "profile": "van", "start": "dps", "end": "dps", "shift": window("06:00", "20:00")}
        ],
        "ferries": {
            "ports": [
                {"id": "sanur", "location": place()},
                {"id": "toyapakeh", "location": place("nusa-penida")},
            ],
            "lines": [
                {
                    "id": "out",
                    "from_port": "sanur",
                    "to_port": "toyapakeh",
                    "crossing_seconds": 2700,
                    "sailings": [{"id": "out 08", "departs": clock("08:00")}],
                },
                {
                    "id": "back",
                    "from_port": "toyapakeh",
                    "to_port": "sanur",
                    "crossing_seconds": 2700,
                    "sailings": [{"id": "back 16", "departs": clock("16:00")}],
                },
            ],
        },
    }


def matrix(*places: str) -> Json:
    """Return a matrix in which every road takes a minute and a kilometre."""
    n = len(places)
    return {"places": list(places), "seconds": [[60] * n] * n, "meters": [[1000] * n] * n}


def whole_matrix() -> Json:
    """Return a matrix of all places of ``ferry_request``."""
    return matrix("dps", "p-1", "p-2", "sanur", "toyapakeh")


def body(document: Json) -> bytes:
    """Return a document as the body of a call."""
    return orjson.dumps(document)


def read(document: Json, **limits: Any) -> PlanRequest:
    """Read a document as a request, under limits of its own if any are named."""
    return read_plan_request(body(document), replace(Limits(), **limits))


def faults_of(raw: bytes, **limits: Any) -> list[tuple[str, str]]:
    """Return pointer and code of every fault of a body; an accepted one has none."""
    try:
        read_plan_request(raw, replace(Limits(), **limits))
    except InvalidRequest as refused:
        return [(fault.pointer, fault.code) for fault in refused.faults]
    return []

"""Timetables, feeds and requests that name them, for tests: Sanur in Bali and two ports of Nusa Penida."""

import csv
import io
import zipfile
from collections.abc import Mapping, Sequence
from typing import Any

import orjson

from router.domain.stored_timetables import KeptTimetable, TimetableUse

Json = Any

BALI = {"lat": -8.675, "lon": 115.264}
PENIDA = {"lat": -8.683, "lon": 115.482}


def port(key: str, **more: Json) -> Json:
    """Return a port by the clocks of Bali, where its island is said."""
    return {
        "id": key,
        "location": {"lat": -8.0, "lon": 115.0, "island": key},
        "time_zone": "Asia/Makassar",
        **more,
    }


def line(key: str = "out", start: str = "bali", end: str = "penida", **more: Json) -> Json:
    """Return a line that takes half an hour."""
    return {"id": key, "from_port": start, "to_port": end, "crossing_seconds": 1800, **more}


def timetable(*services: Json, **more: Json) -> Json:
    """Return a timetable with one line each way; the services are those out, and it comes back at 17:00."""
    return {
        "ports": [port("bali"), port("penida")],
        "lines": [
            line(services=list(services) or [{"times": ["08:00"]}]),
            line("back", "penida", "bali", services=[{"times": ["17:00"]}]),
        ],
        **more,
    }


def kept(document: Json, name: str = "ours", version: int = 1) -> KeptTimetable:
    """Return it as if it had been stored."""
    use = TimetableUse(name=name, version=version, sha256="0" * 64)
    return KeptTimetable(use=use, document=orjson.dumps(document))


def request(
    *names: str, start: str = "2026-11-25T06:00:00+08:00", end: str = "2026-11-25T20:00:00+08:00"
) -> Json:
    """Return a request of one stop on the other island, with the timetables of these names."""
    return {
        "depots": [{"id": "depot", "location": {"lat": -8.0, "lon": 115.0, "island": "bali"}}],
        "stops": [{"id": "stop", "location": {"lat": -8.0, "lon": 115.0, "island": "penida"}}],
        "vehicles": [
            {
                "id": "van",
                "profile": "van",
                "start": "depot",
                "end": "depot",
                "ferry_class": "IVB",
                "shift": {"start": start, "end": end},
            }
        ],
        "timetables": list(names),
        "options": {"time_limit_seconds": 1, "iteration_limit": 100},
    }


AGENCY = [
    {
        "agency_id": "a",
        "agency_name": "A",
        "agency_url": "https://a.example",
        "agency_timezone": "Asia/Makassar",
    }
]
FEED: Mapping[str, Sequence[Mapping[str, str]]] = {
    "agency.txt": AGENCY,
    "routes.txt": [{"route_id": "r", "agency_id": "a", "route_long_name": "Over there", "route_type": "4"}],
    "stops.txt": [
        {"stop_id": "one", "stop_name": "One", "stop_lat": "-8.675", "stop_lon": "115.264"},
        {"stop_id": "two", "stop_name": "Two", "stop_lat": "-8.683", "stop_lon": "115.482"},
    ],
    "calendar.txt": [
        {
            "service_id": "s",
            **dict.fromkeys(
                ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"), "1"
            ),
            "start_date": "20260101",
            "end_date": "20261231",
        }
    ],
    "trips.txt": [{"route_id": "r", "service_id": "s", "trip_id": "t"}],
    "stop_times.txt": [
        {
            "trip_id": "t",
            "arrival_time": "08:00:00",
            "departure_time": "08:00:00",
            "stop_id": "one",
            "stop_sequence": "1",
        },
        {
            "trip_id": "t",
            "arrival_time": "08:30:00",
            "departure_time": "08:30:00",
            "stop_id": "two",
            "stop_sequence": "2",
        },
    ],
}
"""A feed of one trip a day."""


def feed(**tables: Sequence[Mapping[str, str]] | None) -> bytes:
    """Return ``FEED`` as a zip with some tables changed, by their names without ``.txt``; ``None`` leaves one out."""
    changed = {f"{name}.txt": rows for name, rows in tables.items()}
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, rows in {**FEED, **changed}.items():
            if rows is not None:
                archive.writestr(name, _table(rows))
    return packed.getvalue()


def _table(rows: Sequence[Mapping[str, str]]) -> str:
    columns = list(dict.fromkeys(column for row in rows for column in row))
    text = io.StringIO()
    writer = csv.DictWriter(text, columns, restval="")
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue()

"""Every field of the contract is taken, whether it says something or nothing."""

import pytest

from tests.unit.wire.requests import Json, body, clock, faults_of, ferry_request, shipment, window

ACCEPTED: list[tuple[str, Json]] = [
    ("/timetables", []),
    ("/webhook", None),
    ("/webhook", {"url": "https://example.org"}),
    ("/travel", None),
    ("/shipments", []),
    ("/shipments", [shipment()]),
    ("/locks", []),
    ("/locks", [{"vehicle_id": "van-1", "stop_ids": ["p-1"]}]),
    ("/locks", [{"vehicle_id": "van-1", "stop_ids": ["p-2", "p-1"], "kind": "vehicle"}]),
    ("/stops/0/cash_on_delivery", None),
    ("/stops/0/cash_on_delivery", 150000),
    ("/stops/0/ready_at", None),
    ("/stops/0/ready_at", clock("07:30")),
    ("/vehicles/0/start", None),
    ("/vehicles/0/end", None),
    ("/vehicles/0/max_cash", None),
    ("/vehicles/0/max_cash", 5000000),
    ("/vehicles/0/max_distance_meters", 0),
    ("/vehicles/0/max_duration_seconds", 43200),
    ("/vehicles/0/max_stops", 120),
    ("/vehicles/0/max_trips", 2),
    ("/vehicles/0/reload_seconds", 900),
    ("/vehicles/0/breaks", []),
    ("/vehicles/0/breaks", [{"id": "lunch", "window": window("11:30", "13:00"), "duration_seconds": 1800}]),
    ("/vehicles/0/tickets", []),
    ("/vehicles/0/tickets", ["out 08", "back 16"]),
]


def _with(pointer: str, value: Json) -> Json:
    document = ferry_request()
    *way, last = pointer.split("/")[1:]
    place_of = document
    for part in way:
        place_of = place_of[int(part) if part.isdigit() else part]
    place_of[last] = value
    return document


@pytest.mark.parametrize(("pointer", "value"), ACCEPTED)
def test_what_is_said_is_accepted(pointer: str, value: Json) -> None:
    assert faults_of(body(_with(pointer, value))) == []

"""What is not built yet is refused wherever it would mean something, and nowhere else."""

import pytest

from tests.unit.wire.requests import Json, body, clock, faults_of, ferry_request, place, window

_VISIT = {"location": place(), "service_seconds": 60}
ASKED_FOR: list[tuple[str, Json]] = [
    ("/shipments", [{"id": "s-1", "pickup": _VISIT, "dropoff": _VISIT}]),
    ("/timetables", ["bali-nusa-tenggara"]),
    ("/locks", [{"vehicle_id": "van-1", "stop_ids": ["p-1"], "kind": "sequence"}]),
    ("/webhook", {"url": "https://example.org"}),
    ("/travel", {"provider": "osrm"}),
    ("/travel", {"provider": "valhalla"}),
    ("/stops/0/cash_on_delivery", 150000),
    ("/stops/0/ready_at", clock("07:30")),
    ("/vehicles/0/max_cash", 5000000),
    ("/vehicles/0/max_distance_meters", 0),
    ("/vehicles/0/max_duration_seconds", 43200),
    ("/vehicles/0/max_stops", 120),
    ("/vehicles/0/max_trips", 2),
    ("/vehicles/0/reload_seconds", 900),
    ("/vehicles/0/breaks", [{"id": "lunch", "window": window("11:30", "13:00"), "duration_seconds": 1800}]),
    ("/vehicles/0/tickets", ["out 08"]),
    ("/vehicles/0/start", None),
    ("/vehicles/0/end", None),
]
TRIVIAL: list[tuple[str, Json]] = [
    ("/shipments", []),
    ("/timetables", []),
    ("/locks", []),
    ("/webhook", None),
    ("/travel", None),
    ("/stops/0/cash_on_delivery", 0),
    ("/stops/0/cash_on_delivery", None),
    ("/stops/0/ready_at", None),
    ("/vehicles/0/max_cash", None),
    ("/vehicles/0/max_trips", 1),
    ("/vehicles/0/reload_seconds", 0),
    ("/vehicles/0/breaks", []),
    ("/vehicles/0/tickets", []),
]


def _with(pointer: str, value: Json) -> Json:
    document = ferry_request()
    *way, last = pointer.split("/")[1:]
    place_of = document
    for part in way:
        place_of = place_of[int(part) if part.isdigit() else part]
    place_of[last] = value
    return document


@pytest.mark.parametrize(("pointer", "value"), ASKED_FOR)
def test_what_is_not_built_is_refused(pointer: str, value: Json) -> None:
    found = faults_of(body(_with(pointer, value)))
    expected = "/travel/provider" if pointer == "/travel" else pointer
    assert found == [(expected, "not_supported")]


@pytest.mark.parametrize(("pointer", "value"), TRIVIAL)
def test_saying_nothing_is_accepted(pointer: str, value: Json) -> None:
    assert faults_of(body(_with(pointer, value))) == []


def test_what_is_not_built_is_still_checked_for_its_shape() -> None:
    found = faults_of(body(_with("/vehicles/0/max_stops", "many")))
    assert found == [("/vehicles/0/max_stops", "wrong_type"), ("/vehicles/0/max_stops", "not_supported")]

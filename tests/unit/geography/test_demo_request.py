"""The demo request: accepted as it stands, and every stop on the island that it is meant for."""

from collections import Counter
from importlib.resources import files

import pytest

from router.geography.geography import Geography
from router.wire.ingest import Ingested, to_problem
from router.wire.request import read_plan_request

ISLANDS = {
    "bali": "bali",
    "penida": "nusa-penida",
    "lembongan": "nusa-lembongan",
    "gili": "gili-trawangan",
    "lombok": "lombok",
}


@pytest.fixture(scope="module")
def demo() -> Ingested:
    body = (files("router.wire") / "examples" / "bali_lombok.json").read_bytes()
    return to_problem(read_plan_request(body), Geography.load())


def test_it_has_no_faults_and_no_warnings(demo: Ingested) -> None:
    """Nothing in it is unsupported, snapped, at sea or useless."""
    assert demo.warnings == ()


def test_every_stop_is_on_the_island_that_its_id_says(demo: Ingested) -> None:
    """The land layer finds them all: no stop names its island."""
    for stop in demo.problem.stops:
        assert stop.location.island == ISLANDS[stop.id.split("-")[0]], stop.id


def test_it_is_the_day_that_the_documentation_tells_of(demo: Ingested) -> None:
    kinds = Counter(stop.kind.value for stop in demo.problem.stops)
    assert kinds == {"dropoff": 150, "pickup": 8}
    assert len(demo.problem.vehicles) == 12
    assert {place.location.time_zone for place in demo.problem.timetable.ports} == {"Asia/Makassar"}


def test_it_shows_what_makes_archipelagos_hard(demo: Ingested) -> None:
    """Several windows, skills, required stops, limited decks, a cancelled sailing, classes not carried."""
    stops, sailings = demo.problem.stops, list(demo.problem.timetable.sailings())
    assert any(len(stop.windows) == 2 for stop in stops)
    assert any(stop.requires for stop in stops)
    assert any(stop.required for stop in stops)
    assert any(not stop.required for stop in stops)
    assert any(sailing.deck_slots == 1 for sailing in sailings)
    assert any(sailing.cancelled for sailing in sailings)
    classes = {vehicle.conveyance.ferry_class for vehicle in demo.problem.vehicles}
    assert any(
        line.fare(ferry_class) is None for line in demo.problem.timetable.lines for ferry_class in classes
    )


def test_every_line_runs_both_ways(demo: Ingested) -> None:
    directions = {(line.from_port, line.to_port) for line in demo.problem.timetable.lines}
    assert directions == {(to_port, from_port) for from_port, to_port in directions}

"""Where a position is found to be, with the land layer that ships."""

import pytest

from router.errors import InvalidRequest
from router.geography.geography import Geography
from router.wire.ingest import to_problem
from router.wire.request import read_plan_request
from tests.unit.wire.requests import body, ferry_request, place, read

DENPASAR = {"lat": -8.65, "lon": 115.22}
OPEN_SEA = {"lat": -9.9, "lon": 115.2}


@pytest.fixture(scope="module")
def land() -> Geography:
    return Geography.load()


def test_an_island_that_is_said_is_not_looked_up(land: Geography) -> None:
    document = ferry_request()
    document["stops"][0]["location"] = place("atlantis") | OPEN_SEA
    meant = to_problem(read(document), land)
    assert meant.problem.stops[0].location.island == "atlantis"
    assert meant.warnings == ()


def test_an_island_that_is_not_said_is_found_with_its_clocks(land: Geography) -> None:
    document = ferry_request()
    document["stops"][0]["location"] = DENPASAR
    location = to_problem(read(document), land).problem.stops[0].location
    assert (location.island, location.time_zone) == ("bali", "Asia/Makassar")


def test_every_position_at_sea_is_named(land: Geography) -> None:
    document = ferry_request()
    document["stops"][1]["location"] = OPEN_SEA
    document["depots"][0]["location"] = OPEN_SEA
    document["ferries"]["ports"][1]["location"] = OPEN_SEA
    with pytest.raises(InvalidRequest) as refused:
        to_problem(read(document), land)
    assert refused.value.readable
    assert [(fault.pointer, fault.code) for fault in refused.value.faults] == [
        ("/depots/0/location", "location_at_sea"),
        ("/stops/1/location", "location_at_sea"),
        ("/ferries/ports/1/location", "location_at_sea"),
    ]


def test_positions_at_sea_are_named_beside_all_other_faults(land: Geography) -> None:
    """Even one of a stop that is broken in another way."""
    document = ferry_request()
    document["stops"][1] = {"id": "p-2", "location": OPEN_SEA, "kind": "delivery"}
    document["vehicles"][0]["start"] = "nowhere"
    with pytest.raises(InvalidRequest) as refused:
        read_plan_request(body(document), land=land)
    assert [(fault.pointer, fault.code) for fault in refused.value.faults] == [
        ("/stops/1/kind", "unknown_value"),
        ("/vehicles/0/start", "unknown_depot"),
        ("/stops/1/location", "location_at_sea"),
    ]


def test_a_position_just_off_the_coast_is_taken_as_on_land_with_a_warning(land: Geography) -> None:
    """Walking east from Sanur's beach, the first position at sea is snapped; the warning says how far."""
    document = ferry_request()
    for step in range(200):
        document["stops"][0]["location"] = {"lat": -8.68, "lon": 115.25 + step / 5_000}
        meant = to_problem(read(document), land)
        if meant.warnings:
            break
    (warning,) = meant.warnings
    assert (warning.pointer, warning.code) == ("/stops/0/location", "snapped_to_land")
    assert 1 <= int(warning.detail.split(" m ")[0]) <= 500
    assert meant.problem.stops[0].location.island == "bali"
    assert meant.problem.stops[0].location.lon == 115.25 + step / 5_000


def test_bridges_of_the_land_layer_come_along(land: Geography) -> None:
    document = ferry_request()
    document["stops"][0]["location"] = place("java")
    document["stops"][1]["location"] = place("madura")
    masses = to_problem(read(document), land).problem.land_masses("van")  # type: ignore[arg-type]
    assert masses["java"] == masses["madura"]  # type: ignore[index]

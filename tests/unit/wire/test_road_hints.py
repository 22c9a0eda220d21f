"""What a road engine found odd is told at the place of the request that says where it is."""

import numpy as np

from router.domain.ids import IslandId, Profile
from router.domain.travel_choice import NO_ROAD, InlineMatrices, TravelProvider
from router.domain.units import Meters
from router.travel.matrix import Block, FarFromRoad, TravelMatrix
from router.wire.faults import RequestWarning
from router.wire.request import read_plan_request
from router.wire.road_hints import MOST_NAMED, road_hints
from tests.unit.wire.requests import body, ferry_request, shipment

VAN, BALI = Profile("van"), IslandId("bali")
REQUEST = read_plan_request(body({**ferry_request(), "shipments": [shipment("s-1")]}))


def block(*places: str, without: list[tuple[str, str]]) -> Block:
    seconds = np.ones((len(places), len(places)), np.int32)
    np.fill_diagonal(seconds, 0)
    for origin, destination in without:
        seconds[places.index(origin), places.index(destination)] = NO_ROAD
    return Block(places=places, seconds=seconds, meters=seconds.copy())


def hints(some: Block, *far: FarFromRoad) -> list[RequestWarning]:
    matrix = TravelMatrix({(VAN, BALI): some}, "osrm", far_places=far)
    return list(road_hints(REQUEST, TravelProvider.OSRM, matrix))


def test_where_all_is_well_nothing_is_told() -> None:
    assert hints(block("dps", "p-1", "sanur", without=[])) == []


def test_every_place_far_from_its_road_is_named_where_the_request_says_where_it_is() -> None:
    far = [
        FarFromRoad(profile=VAN, place=place, meters=Meters(812))
        for place in ("dps", "p-1", "s-1/dropoff", "sanur", "port of a named timetable")
    ]
    told = hints(block("dps", without=[]), *far)
    assert [(hint.pointer, hint.code) for hint in told] == [
        ("/depots/0/location", "far_from_road"),
        ("/stops/0/location", "far_from_road"),
        ("/shipments/0/dropoff/location", "far_from_road"),
        ("/ferries/ports/0/location", "far_from_road"),
        ("/timetables", "far_from_road"),
    ]
    assert all("812 m" in hint.detail for hint in told)


def test_a_place_without_any_road_is_named_once() -> None:
    cut_off = [(a, b) for a in ("dps", "p-1", "p-2", "sanur") for b in ("p-2",) if a != b]
    (hint,) = hints(block("dps", "p-1", "p-2", "sanur", without=cut_off))
    assert (hint.pointer, hint.code) == ("/stops/1/location", "no_road")
    assert "3 of 3 other places of bali: dps, p-1, sanur" in hint.detail


def test_every_pair_without_a_road_is_named_by_one_of_its_ends() -> None:
    without = [("dps", "p-1"), ("p-2", "sanur")]
    told = hints(block("dps", "p-1", "p-2", "sanur", without=without))
    named = {hint.pointer for hint in told}
    ends = {"dps": "/depots/0", "p-1": "/stops/0", "p-2": "/stops/1", "sanur": "/ferries/ports/0"}
    assert len(told) == 2
    for a, b in without:
        assert named & {f"{ends[a]}/location", f"{ends[b]}/location"}


def test_too_many_are_counted() -> None:
    places = tuple(f"x-{n}" for n in range(MOST_NAMED + 10))
    none = [(a, b) for a in places for b in places if a != b]
    told = hints(block(*places, without=none))
    assert len(told) == MOST_NAMED + 1
    assert told[-1].pointer == "/travel/provider"
    assert "9 more" in told[-1].detail


def test_who_brings_a_matrix_knows_what_it_says() -> None:
    matrix = TravelMatrix({(VAN, BALI): block("dps", "p-1", without=[("dps", "p-1")])}, "inline matrix")
    assert not list(road_hints(REQUEST, InlineMatrices(by_profile={}), matrix))

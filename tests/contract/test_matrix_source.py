"""What every source of road times promises, whichever it is."""

from array import array
from collections.abc import Callable, Mapping

import numpy as np
import pytest

from router.adapters.matrices.chosen import ChosenMatrixSource
from router.adapters.matrices.great_circle import GreatCircleSource
from router.adapters.matrices.inline import InlineSource
from router.domain.ids import IslandId, Profile
from router.domain.places import FixedLink
from router.domain.problem import Problem
from router.domain.travel_choice import InlineMatrices, InlineMatrix, TravelChoice, TravelProvider
from router.errors import MatrixUnavailable, TravelError
from router.ports import MatrixSource
from router.travel.matrix import TravelMatrix
from tests.builders import bridge, depot, dropoff, line, port, problem, van

VAN, BIKE = Profile("van"), Profile("motorbike")


def inline(question: Problem) -> InlineMatrices:
    """Return matrices in which each road takes a minute and a kilometre, across water too."""
    places = question.places()
    minute = [0 if a == b else 60 for a in places for b in places]
    matrix = InlineMatrix(
        places=places, seconds=array("i", minute), meters=array("i", [1000 * (s > 0) for s in minute])
    )
    return InlineMatrices(by_profile=dict.fromkeys(question.profiles(), matrix))


def chosen() -> MatrixSource:
    return ChosenMatrixSource({TravelProvider.GREAT_CIRCLE: GreatCircleSource()}, InlineSource())


SOURCES: Mapping[str, tuple[Callable[[], MatrixSource], Callable[[Problem], TravelChoice]]] = {
    "great circle": (GreatCircleSource, lambda _: TravelProvider.GREAT_CIRCLE),
    "inline": (InlineSource, inline),
    "chosen, great circle": (chosen, lambda _: TravelProvider.GREAT_CIRCLE),
    "chosen, inline": (chosen, inline),
}


@pytest.fixture(params=SOURCES)
def source(request: pytest.FixtureRequest) -> Callable[[Problem], TravelMatrix]:
    make, choose = SOURCES[request.param]
    return lambda question: make().travel_matrix(question, choose(question))


def archipelago(*fixed_links: FixedLink) -> Problem:
    return problem(
        depots=[depot("dps", km=0)],
        stops=[
            dropoff("near", km=3),
            dropoff("next-door", km=3),
            dropoff("far", island="penida", km=20),
        ],
        ports=[port("sanur", island="bali", km=10), port("toyapakeh", island="penida", km=25)],
        lines=[line("out", "sanur", "toyapakeh", ["08:00"])],
        vehicles=[van("van-1"), van("bike-1", profile="motorbike")],
        fixed_links=fixed_links,
    )


MatrixOf = Callable[[Problem], TravelMatrix]


def test_there_is_one_block_per_profile_and_land_mass_with_every_place_in_one(source: MatrixOf) -> None:
    question = archipelago()
    blocks = source(question).blocks
    assert set(blocks) == {(profile, island) for profile in (VAN, BIKE) for island in ("bali", "penida")}
    for profile in (VAN, BIKE):
        named = [place for (key, _), block in blocks.items() if key == profile for place in block.places]
        assert sorted(named) == sorted(question.places())


def test_blocks_hold_whole_seconds_and_metres_of_four_bytes(source: MatrixOf) -> None:
    for block in source(archipelago()).blocks.values():
        assert block.seconds.dtype == block.meters.dtype == np.int32


def test_places_of_one_island_are_joined_both_ways(source: MatrixOf) -> None:
    matrix = source(archipelago())
    for origin, destination in (("dps", "near"), ("near", "dps"), ("far", "toyapakeh")):
        road = matrix.drive(VAN, origin, destination)
        assert road is not None
        assert road.seconds > 0
        assert road.meters > 0


def test_nothing_leads_across_water(source: MatrixOf) -> None:
    matrix = source(archipelago())
    assert matrix.drive(VAN, "dps", "far") is None
    assert matrix.drive(VAN, "sanur", "toyapakeh") is None


def test_a_fixed_link_joins_two_islands_for_those_that_it_carries(source: MatrixOf) -> None:
    matrix = source(archipelago(bridge("bali", "penida", profiles=["motorbike"])))
    assert matrix.drive(BIKE, "dps", "far") is not None
    assert matrix.drive(VAN, "dps", "far") is None
    assert (BIKE, IslandId("bali")) in matrix.blocks
    assert (BIKE, IslandId("penida")) not in matrix.blocks


def test_staying_takes_no_time(source: MatrixOf) -> None:
    for block in source(archipelago()).blocks.values():
        assert not block.seconds.diagonal().any()
        assert not block.meters.diagonal().any()


def test_the_same_question_has_the_same_answer(source: MatrixOf) -> None:
    one, other = source(archipelago()), source(archipelago())
    assert one.source == other.source
    for key, block in one.blocks.items():
        assert block.places == other.blocks[key].places
        assert (block.seconds == other.blocks[key].seconds).all()
        assert (block.meters == other.blocks[key].meters).all()


@pytest.mark.parametrize("name", SOURCES)
def test_what_is_not_to_be_had_is_an_error_and_never_replaced(name: str) -> None:
    """No source stands in for a road engine, and none makes up a profile or a place."""
    make, _ = SOURCES[name]
    with pytest.raises(MatrixUnavailable):
        make().travel_matrix(archipelago(), TravelProvider.OSRM)


@pytest.mark.parametrize("name", SOURCES)
def test_an_unknown_profile_is_an_error(name: str) -> None:
    make, choose = SOURCES[name]
    choice = choose(archipelago())
    strange = problem(vehicles=[van(profile="hovercraft")])
    with pytest.raises(TravelError, match="hovercraft"):
        make().travel_matrix(strange, choice)

"""What every source of road times promises, whichever it is.

OSRM and Valhalla are there twice: as stubs that know a road between any two positions, and over the roads of
Malta, where those are installed.
"""

from array import array
from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager, nullcontext

import numpy as np
import pytest

from router.adapters.matrices.asking import Patience
from router.adapters.matrices.chosen import ChosenMatrixSource
from router.adapters.matrices.great_circle import GreatCircleSource
from router.adapters.matrices.inline import InlineSource
from router.adapters.matrices.osrm import Osrm
from router.adapters.matrices.road_source import RoadEngineSource
from router.adapters.matrices.valhalla import Valhalla
from router.domain.ids import IslandId, Profile
from router.domain.places import FixedLink
from router.domain.problem import Problem
from router.domain.travel_choice import InlineMatrices, InlineMatrix, TravelChoice, TravelProvider
from router.errors import MatrixUnavailable, TravelError
from router.ports import MatrixSource
from router.travel.matrix import TravelMatrix
from tests.builders import bridge, depot, dropoff, line, port, problem, van
from tests.malta import (
    MARSAXLOKK,
    MDINA,
    MELLIEHA,
    SLIEMA,
    VALLETTA,
    moved,
    osrm_of_malta,
    valhalla_of_malta,
)
from tests.road_stubs import running_stub

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


def osrm(url: str) -> MatrixSource:
    engine = Osrm({VAN: url, BIKE: url + "/"}, exclude="ferry", table_size=2)
    return RoadEngineSource(engine, patience=Patience(), far_meters=250)


def valhalla(url: str) -> MatrixSource:
    engine = Valhalla(url, {VAN: "auto", BIKE: "motor_scooter"}, table_size=2)
    return RoadEngineSource(engine, patience=Patience(), far_meters=250)


@contextmanager
def osrm_stub() -> Iterator[MatrixSource]:
    with running_stub() as stub:
        yield osrm(stub.url)


@contextmanager
def valhalla_stub() -> Iterator[MatrixSource]:
    with running_stub() as stub:
        yield valhalla(stub.url)


@contextmanager
def real_osrm() -> Iterator[MatrixSource]:
    with osrm_of_malta() as server:
        yield osrm(server.url)


@contextmanager
def real_valhalla() -> Iterator[MatrixSource]:
    with valhalla_of_malta() as server:
        yield valhalla(server.url)


Made = Callable[[], AbstractContextManager[MatrixSource]]
Choice = Callable[[Problem], TravelChoice]

SOURCES: Mapping[str, tuple[Made, Choice]] = {
    "great circle": (lambda: nullcontext(GreatCircleSource()), lambda _: TravelProvider.GREAT_CIRCLE),
    "inline": (lambda: nullcontext(InlineSource()), inline),
    "chosen, great circle": (lambda: nullcontext(chosen()), lambda _: TravelProvider.GREAT_CIRCLE),
    "chosen, inline": (lambda: nullcontext(chosen()), inline),
    "osrm, stub": (osrm_stub, lambda _: TravelProvider.OSRM),
    "valhalla, stub": (valhalla_stub, lambda _: TravelProvider.VALHALLA),
    "osrm, Malta": (real_osrm, lambda _: TravelProvider.OSRM),
    "valhalla, Malta": (real_valhalla, lambda _: TravelProvider.VALHALLA),
}
TOWNS = {
    "dps": VALLETTA,
    "near": SLIEMA,
    "next-door": SLIEMA,
    "far": MDINA,
    "sanur": MARSAXLOKK,
    "toyapakeh": MELLIEHA,
}
"""All on one island in truth: whatever the engine says, there are no roads between the islands of a problem."""


@pytest.fixture(scope="module", params=SOURCES)
def chosen_source(request: pytest.FixtureRequest) -> Iterator[tuple[MatrixSource, Choice]]:
    make, choose = SOURCES[request.param]
    with make() as made:
        yield made, choose


@pytest.fixture
def source(chosen_source: tuple[MatrixSource, Choice]) -> Callable[[Problem], TravelMatrix]:
    made, choose = chosen_source
    return lambda question: made.travel_matrix(question, choose(question))


def archipelago(*fixed_links: FixedLink) -> Problem:
    question = problem(
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
    return moved(question, TOWNS)


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


def test_what_is_not_to_be_had_is_an_error_and_never_replaced(
    chosen_source: tuple[MatrixSource, Choice],
) -> None:
    """No source stands in for another road engine."""
    made, choose = chosen_source
    other = next(
        each for each in (TravelProvider.OSRM, TravelProvider.VALHALLA) if each != choose(archipelago())
    )
    with pytest.raises(MatrixUnavailable):
        made.travel_matrix(archipelago(), other)


def test_an_unknown_profile_is_an_error(chosen_source: tuple[MatrixSource, Choice]) -> None:
    made, choose = chosen_source
    choice = choose(archipelago())
    strange = problem(vehicles=[van(profile="hovercraft")])
    with pytest.raises(TravelError, match="hovercraft"):
        made.travel_matrix(strange, choice)

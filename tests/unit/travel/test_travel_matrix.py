"""A block of roads cannot be wrong, and a matrix joins nothing across water."""

import numpy as np
import pytest

from router.domain.ids import IslandId, Profile
from router.domain.travel_choice import NO_ROAD
from router.errors import DomainError
from router.travel.matrix import Block, Drive, TravelMatrix

VAN = Profile("van")


def block(*places: str, seconds: list[list[int]], meters: list[list[int]]) -> Block:
    return Block(places=places, seconds=np.array(seconds, np.int32), meters=np.array(meters, np.int32))


def test_roads_may_differ_by_direction_and_may_be_missing() -> None:
    roads = block("a", "b", seconds=[[0, 60], [NO_ROAD, 0]], meters=[[0, 900], [NO_ROAD, 0]])
    matrix = TravelMatrix({(VAN, IslandId("bali")): roads}, "test")
    assert matrix.drive(VAN, "a", "b") == Drive(60, 900)  # type: ignore[arg-type]
    assert matrix.drive(VAN, "b", "a") is None


def test_no_road_leads_from_block_to_block() -> None:
    alone = {(VAN, IslandId(name)): block(name, seconds=[[0]], meters=[[0]]) for name in ("a", "b")}
    matrix = TravelMatrix(alone, "test")
    assert matrix.drive(VAN, "a", "b") is None


def test_an_unknown_place_or_profile_is_an_error_and_not_a_missing_road() -> None:
    matrix = TravelMatrix({(VAN, IslandId("bali")): block("a", seconds=[[0]], meters=[[0]])}, "test")
    with pytest.raises(KeyError):
        matrix.drive(VAN, "a", "nowhere")
    with pytest.raises(KeyError):
        matrix.drive(Profile("truck"), "a", "a")


@pytest.mark.parametrize(
    ("seconds", "meters"),
    [
        pytest.param([[0, 1]], [[0, 1]], id="a row is missing"),
        pytest.param([[0, NO_ROAD], [1, 0]], [[0, 1], [1, 0]], id="seconds without metres"),
        pytest.param([[0, -2], [1, 0]], [[0, 1], [1, 0]], id="a negative time"),
        pytest.param([[0, 1], [1, 0]], [[0, -2], [1, 0]], id="a negative distance"),
        pytest.param([[5, 1], [1, 0]], [[0, 1], [1, 0]], id="staying takes time"),
    ],
)
def test_a_block_that_cannot_be_is_refused(seconds: list[list[int]], meters: list[list[int]]) -> None:
    with pytest.raises(DomainError):
        block("a", "b", seconds=seconds, meters=meters)

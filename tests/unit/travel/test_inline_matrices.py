"""Matrices of the request: used as they stand."""

from array import array

import pytest

from router.adapters.matrices.inline import InlineSource
from router.domain.ids import Profile
from router.domain.travel_choice import NO_ROAD, InlineMatrices, InlineMatrix
from router.errors import MatrixUnavailable
from router.travel.matrix import Drive, TravelMatrix
from tests.builders import depot, dropoff, port, problem, van

VAN, BIKE = Profile("van"), Profile("motorbike")
QUESTION = problem(
    depots=[depot("dps")], stops=[dropoff("p-1"), dropoff("p-2", island="penida")], vehicles=[van()]
)


def matrix(*rows: list[int], places: tuple[str, ...] = ("p-2", "p-1", "dps")) -> InlineMatrix:
    seconds = array("i", [cell for row in rows for cell in row])
    meters = array("i", [cell if cell == NO_ROAD else cell * 10 for cell in seconds])
    return InlineMatrix(places=places, seconds=seconds, meters=meters)


def cut(**by_profile: InlineMatrix) -> TravelMatrix:
    choice = InlineMatrices(by_profile={Profile(name): matrix for name, matrix in by_profile.items()})
    vehicles = [van(name, profile=name) for name in by_profile]
    question = problem(depots=QUESTION.depots, stops=QUESTION.stops, vehicles=vehicles)
    return InlineSource().travel_matrix(question, choice)


def test_cells_are_found_by_place_in_whichever_order_and_keep_their_direction() -> None:
    roads = cut(van=matrix([0, 1, 2], [3, 0, 40], [5, 60, 0]))
    assert roads.drive(VAN, "p-1", "dps") == Drive(40, 400)  # type: ignore[arg-type]
    assert roads.drive(VAN, "dps", "p-1") == Drive(60, 600)  # type: ignore[arg-type]


def test_cells_between_land_masses_are_not_used() -> None:
    assert cut(van=matrix([0, 1, 2], [3, 0, 40], [5, 60, 0])).drive(VAN, "p-2", "dps") is None


def test_null_is_no_road() -> None:
    roads = cut(van=matrix([0, 1, 2], [3, 0, NO_ROAD], [5, 60, 0]))
    assert roads.drive(VAN, "p-1", "dps") is None
    assert roads.drive(VAN, "dps", "p-1") is not None


def test_the_diagonal_is_not_looked_at() -> None:
    roads = cut(van=matrix([7, 1, 2], [3, NO_ROAD, 40], [5, 60, 9]))
    assert roads.drive(VAN, "p-1", "p-1") == Drive(0, 0)  # type: ignore[arg-type]


def test_each_profile_has_its_own_matrix() -> None:
    roads = cut(
        van=matrix([0, 1, 2], [3, 0, 40], [5, 60, 0]), motorbike=matrix([0, 1, 2], [3, 0, 4], [5, 6, 0])
    )
    assert roads.drive(BIKE, "p-1", "dps") == Drive(4, 40)  # type: ignore[arg-type]


def test_more_places_than_the_problem_has_do_no_harm() -> None:
    wide = matrix(
        [0, 1, 2, 3], [1, 0, 40, 3], [1, 2, 0, 3], [1, 2, 3, 0], places=("p-2", "p-1", "dps", "spare")
    )
    assert cut(van=wide).drive(VAN, "p-1", "dps") == Drive(40, 400)  # type: ignore[arg-type]


def test_a_place_that_the_matrix_does_not_name_is_an_error() -> None:
    with pytest.raises(MatrixUnavailable, match="p-2"):
        cut(van=matrix([0, 1], [2, 0], places=("p-1", "dps")))


def test_a_port_that_no_line_uses_need_not_be_named() -> None:
    question = problem(
        depots=QUESTION.depots, stops=QUESTION.stops, ports=[port("quiet", island="bali")], vehicles=[van()]
    )
    choice = InlineMatrices(by_profile={VAN: matrix([0, 1, 2], [3, 0, 40], [5, 60, 0])})
    roads = InlineSource().travel_matrix(question, choice)
    assert roads.drive(VAN, "p-1", "dps") == Drive(40, 400)  # type: ignore[arg-type]
    assert roads.drive(VAN, "dps", "quiet") is None

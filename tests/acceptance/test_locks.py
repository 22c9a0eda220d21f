"""What dispatchers have decided is kept: who serves a stop, and in which order."""

import pytest

from router.domain.locks import LockKind
from tests.builders import dropoff, lock, problem, van
from tests.solving import left_out, order, route_of, solve, used

STOPS = (dropoff("near", km=5), dropoff("far", km=15), dropoff("farther", km=16))
FLEET = (van("cheap", per_km=1), van("dear", per_km=5, fixed=100))


def test_a_locked_stop_is_served_by_its_vehicle_were_it_the_dearer_one() -> None:
    assert used(solve(problem(stops=STOPS, vehicles=FLEET))) == {"cheap"}
    plan = solve(problem(stops=STOPS, vehicles=FLEET, locks=(lock("dear", "near"),)))
    assert left_out(plan) == set()
    assert order(plan, "dear") == ["near"]


def test_a_sequence_is_kept_though_it_is_the_longer_way() -> None:
    """Out to fifteen, back to five, out to sixteen and home, instead of sixteen out and back."""
    question = problem(stops=STOPS, locks=(lock("van-1", "far", "near", "farther", kind=LockKind.SEQUENCE),))
    plan = solve(question)
    assert order(plan) == ["far", "near", "farther"]
    assert route_of(plan).distance == (15 + 10 + 11 + 16) * 1000


def test_stops_locked_to_a_vehicle_without_an_order_take_the_shorter_way() -> None:
    plan = solve(problem(stops=STOPS, locks=(lock("van-1", "far", "near", "farther"),)))
    assert route_of(plan).distance == 32_000


def test_others_may_come_in_between() -> None:
    question = problem(stops=STOPS, locks=(lock("van-1", "near", "farther", kind=LockKind.SEQUENCE),))
    plan = solve(question)
    assert route_of(plan).distance == 32_000
    assert [name for name in order(plan) if name != "far"] == ["near", "farther"]


def test_the_rest_of_a_sequence_is_kept_where_one_of_it_cannot_be_served() -> None:
    question = problem(
        stops=(*STOPS, dropoff("adrift", island="nowhere")),
        locks=(lock("van-1", "farther", "adrift", "near", "far", kind=LockKind.SEQUENCE),),
    )
    plan = solve(question)
    assert left_out(plan) == {"adrift"}
    assert order(plan) == ["farther", "near", "far"]


@pytest.mark.parametrize("kind", LockKind)
def test_a_stop_locked_to_a_vehicle_that_may_not_serve_it_is_left_out(kind: LockKind) -> None:
    question = problem(
        stops=(dropoff("a", km=5, requires=("cold",)), dropoff("b", km=6)),
        vehicles=(van("plain"), van("reefer", provides=("cold",))),
        locks=(lock("plain", "a", kind=kind),),
    )
    assert left_out(solve(question)) == {"a"}

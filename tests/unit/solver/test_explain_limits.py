"""A stop that breaks a limit of every vehicle by itself is told which, and by how much."""

import pytest

from router.domain.plan import ReasonCode
from router.domain.problem import Problem
from router.domain.proposal import Proposal
from router.solver.explain import explain
from router.travel.travel import Travel
from tests.builders import at, between, dropoff, limits, lock, problem, road_matrix, van

KM_40 = dropoff("s", km=40, cash=700, service=600)


@pytest.mark.parametrize(
    ("question", "code", "words"),
    [
        (
            problem(stops=[KM_40], vehicles=[van(limits=limits(cash=500))]),
            ReasonCode.CASH_LIMIT,
            "700 to collect",
        ),
        (problem(stops=[KM_40], vehicles=[van(limits=limits(stops=0))]), ReasonCode.MAX_STOPS, "no stop"),
        (
            problem(stops=[KM_40], vehicles=[van(limits=limits(distance=75_000))]),
            ReasonCode.MAX_DISTANCE,
            "5.0 km over",
        ),
        (
            problem(stops=[KM_40], vehicles=[van(limits=limits(duration=80 * 60))]),
            ReasonCode.MAX_DURATION,
            "10 min over",
        ),
        (
            problem(
                stops=[dropoff("s", km=40, ready_at=at("10:00"), windows=[between("09:00", "10:30")])],
                vehicles=[van()],
            ),
            ReasonCode.NOT_READY,
            "there 10 min after",
        ),
        (
            problem(
                stops=[dropoff("s", km=40, requires=["cold"])],
                vehicles=[van("warm"), van("cold", provides=["cold"])],
                locks=[lock("warm", "s")],
            ),
            ReasonCode.VEHICLE_NOT_ALLOWED,
            "locked",
        ),
    ],
    ids=lambda value: value.value if isinstance(value, ReasonCode) else "",
)
def test_the_limit_is_named_with_how_far_it_is_passed(
    question: Problem, code: ReasonCode, words: str
) -> None:
    reasons = explain(question, Travel(question, road_matrix(question)), Proposal())
    (told,) = [reason for reason in next(iter(reasons.values())) if reason.code is code]
    assert words in told.detail

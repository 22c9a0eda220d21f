"""A route without depots starts at its first stop and ends at its last, at the very moment when these are over."""

from dataclasses import replace

from router.checking import check
from router.domain.plan import Plan
from router.domain.problem import Problem
from router.domain.units import Instant
from tests.builders import depot, dropoff, problem, road_matrix, van
from tests.mutators.editing import with_step
from tests.solving import order, solve

START, END = 0, 3


def rover() -> Problem:
    """Two stops ten kilometres apart, a depot that nobody has to do with, and a van that starts anywhere."""
    stops = (dropoff("a", km=10, service=300), dropoff("b", km=20, service=300))
    return problem(depots=(depot("dps"),), stops=stops, vehicles=(van(start=None),))


def broken_rules(question: Problem, plan: Plan) -> set[str]:
    return {violation.rule for violation in check(question, road_matrix(question), plan)}


def test_it_starts_at_its_first_stop_and_at_no_other_place() -> None:
    question = rover()
    plan = solve(question)
    first, last = order(plan)
    assert broken_rules(question, plan) == set()
    assert "route_shape" in broken_rules(question, with_step(plan, 0, START, place=last))
    assert "route_shape" in broken_rules(question, with_step(plan, 0, START, place="dps"))
    assert "route_shape" in broken_rules(question, with_step(plan, 0, END, place=first))
    assert "references" in broken_rules(question, with_step(plan, 0, START, place="anywhere"))


def test_it_is_there_when_it_leaves_and_done_when_the_last_stop_is() -> None:
    question = rover()
    plan = solve(question)
    start, end = plan.routes[0].steps[START], plan.routes[0].steps[END]
    early = with_step(plan, 0, START, departs_at=Instant(start.departs_at - 1))  # type: ignore[union-attr]
    late = with_step(plan, 0, END, arrives_at=Instant(end.arrives_at + 1))  # type: ignore[union-attr]
    assert "time_continuity" in broken_rules(question, early)
    assert "time_continuity" in broken_rules(question, late)


def test_a_vehicle_with_depots_does_not_start_and_end_at_its_stops() -> None:
    question = rover()
    bound = replace(question, vehicles=(van(),))
    assert "route_shape" in broken_rules(bound, solve(question))

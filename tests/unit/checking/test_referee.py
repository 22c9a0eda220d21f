"""The referee is silent about a good plan and names what is wrong with a bad one."""

import re
from dataclasses import replace
from pathlib import Path

import pytest

import router.checking
from router.checking import RULES, check
from router.domain.plan import Plan
from router.domain.problem import Problem
from router.domain.units import Instant, Money
from tests.builders import WIB, at, road_matrix
from tests.mutations import MUTATORS
from tests.mutators.editing import with_route, with_step
from tests.unit.checking.busy_day import long_day, long_day_plan
from tests.unit.checking.example import good_plan, two_islands

PROBLEM = two_islands()
MATRIX = road_matrix(PROBLEM)
PLAN = good_plan()
EXAMPLES = ((PROBLEM, PLAN), (long_day(), long_day_plan()))


@pytest.mark.parametrize(("problem", "plan"), EXAMPLES, ids=["two islands", "long day"])
def test_a_good_plan_is_met_with_silence(problem: Problem, plan: Plan) -> None:
    assert check(problem, road_matrix(problem), plan) == ()


def test_a_plan_without_routes_is_good_when_it_leaves_everything_out() -> None:
    nothing = replace(PROBLEM, stops=(), vehicles=PROBLEM.vehicles[1:2])
    empty = Plan(routes=(), unserved=(), cost=type(PLAN.cost)(), totals=type(PLAN.totals)())
    assert check(nothing, road_matrix(nothing), empty) == ()


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.__name__)
def test_a_rule_is_called_what_its_file_is_called(rule: object) -> None:
    name = getattr(rule, "__name__")  # noqa: B009
    assert getattr(rule, "__module__") == f"router.checking.{name}"  # noqa: B009


def test_every_file_with_a_rule_in_it_is_asked() -> None:
    """A file whose main function has the file's own name is a rule, and none is forgotten in ``RULES``."""
    folder = Path(router.checking.__file__).parent
    files = {
        f.stem for f in folder.glob("*.py") if re.search(rf"^def {f.stem}\(case: Case\)", f.read_text(), re.M)
    }
    assert {rule.__name__ for rule in RULES} == files


def test_every_rule_has_a_way_to_be_broken() -> None:
    assert set(MUTATORS) == {rule.__name__ for rule in RULES}


def test_the_examples_can_be_broken_in_every_way() -> None:
    """Together they have all that a mutator looks for, so that no rule goes untested here."""
    idle = [
        mutator.__qualname__
        for mutators in MUTATORS.values()
        for mutator in mutators
        if all(next(mutator(problem, plan), None) is None for problem, plan in EXAMPLES)
    ]
    assert idle == []


@pytest.mark.parametrize(("problem", "plan"), EXAMPLES, ids=["two islands", "long day"])
@pytest.mark.parametrize("rule", MUTATORS)
def test_wherever_a_plan_is_broken_that_rule_notices(problem: Problem, plan: Plan, rule: str) -> None:
    """Each mutator breaks the plan at every place that it can."""
    matrix = road_matrix(problem)
    for mutator in MUTATORS[rule]:
        for broken in mutator(problem, plan):
            assert rule in {violation.rule for violation in check(problem, matrix, broken)}, mutator


def test_all_violations_are_told_not_the_first_alone() -> None:
    broken = with_step(PLAN, 0, 1, fare=Money(1.0))
    broken = with_step(broken, 1, 1, distance=1)
    broken = with_route(broken, 1, cost=Money(0.0))
    assert {v.rule for v in check(PROBLEM, MATRIX, broken)} == {"fares", "driving", "costs"}


def test_a_violation_says_where_it_is() -> None:
    (violation,) = check(PROBLEM, MATRIX, with_step(PLAN, 1, 4, fare=Money(1.0)))
    assert (violation.rule, violation.vehicle_id, violation.step) == ("fares", "van-2", 4)


def test_times_are_told_on_the_clocks_of_the_place() -> None:
    """A late check-in at Ketapang is told in WIB, a late service in Bali in WITA."""
    late = with_step(PLAN, 0, 1, arrives_at=Instant(at("06:40", WIB) + 90))
    violation = next(v for v in check(PROBLEM, MATRIX, late) if v.rule == "check_in")
    assert violation.expected == "at ketapang by 2026-11-25 06:40:00+07:00 for sailing over 07:00"
    assert violation.actual == "arrives at 2026-11-25 06:41:30+07:00, 90 s late"

    late = with_step(PLAN, 0, 2, starts_at=at("15:30"))
    violation = next(v for v in check(PROBLEM, MATRIX, late) if v.rule == "time_windows")
    assert "2026-11-25 14:00:00+08:00 to 2026-11-25 15:00:00+08:00" in violation.expected
    assert violation.actual == "begins at 2026-11-25 15:30:00+08:00"


def test_what_was_asked_and_the_plan_are_left_as_they_were() -> None:
    """The same question gets the same answer twice."""
    broken = with_route(PLAN, 0, steps=PLAN.routes[0].steps[2:])
    assert check(PROBLEM, MATRIX, broken) == check(PROBLEM, MATRIX, broken)

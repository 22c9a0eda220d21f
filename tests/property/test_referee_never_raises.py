"""Whatever a plan says, the referee answers with violations and never raises."""

import random
from dataclasses import fields, replace
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from router.checking import RULES, check
from router.domain.plan import (
    EndStep,
    FerryStep,
    Plan,
    PlanCost,
    PlanTotals,
    Reason,
    ReasonCode,
    Route,
    StartStep,
    StopStep,
    Unserved,
)
from tests.builders import road_matrix
from tests.mutators.editing import with_route, with_steps
from tests.unit.checking.example import good_plan, two_islands

PROBLEM = two_islands()
MATRIX = road_matrix(PROBLEM)
PLAN = good_plan()
NAMES = {rule.__name__ for rule in RULES}

INT64 = 2**63
KNOWN = [
    *PROBLEM.places(),
    *(vehicle.id for vehicle in PROBLEM.vehicles),
    *(line.id for line in PROBLEM.timetable.lines),
    *(sailing.id for sailing in PROBLEM.timetable.sailings()),
]

ids: st.SearchStrategy[Any] = st.sampled_from(KNOWN) | st.text(max_size=5)
ints: st.SearchStrategy[Any] = (
    st.integers(-INT64, INT64 - 1)
    | st.integers(-10, 100_000)
    | st.sampled_from(sorted({s.departs for s in PROBLEM.timetable.sailings()}))
)
amounts: st.SearchStrategy[Any] = st.floats()
loads = st.lists(ints, max_size=4).map(tuple)

starts = st.builds(StartStep, depot_id=ids, departs_at=ints, load=loads)
stops = st.builds(
    StopStep,
    stop_id=ids,
    drive=ints,
    distance=ints,
    arrives_at=ints,
    starts_at=ints,
    departs_at=ints,
    load=loads,
)
ferries = st.builds(
    FerryStep,
    line_id=ids,
    sailing_id=ids,
    from_port=ids,
    to_port=ids,
    drive=ints,
    distance=ints,
    arrives_at=ints,
    check_in_by=ints,
    departs_at=ints,
    docks_at=ints,
    rolls_off_at=ints,
    fare=amounts,
)
ends = st.builds(EndStep, depot_id=ids, drive=ints, distance=ints, arrives_at=ints)
steps = starts | stops | ferries | ends
routes = st.builds(
    Route,
    vehicle_id=ids,
    steps=st.lists(steps, max_size=6).map(tuple),
    cost=amounts,
    distance=ints,
    duration=ints,
)
reasons = st.builds(
    Reason,
    code=st.sampled_from(ReasonCode),
    vehicle_ids=st.lists(ids, max_size=2).map(tuple),
    detail=st.text(),
)
left_out = st.builds(
    Unserved, stop_id=ids, penalty=st.none() | amounts, reasons=st.lists(reasons, max_size=2).map(tuple)
)
plans = st.builds(
    Plan,
    routes=st.lists(routes, max_size=4).map(tuple),
    unserved=st.lists(left_out, max_size=4).map(tuple),
    cost=st.builds(PlanCost, **{field.name: amounts for field in fields(PlanCost)}),
    totals=st.builds(PlanTotals, **{field.name: ints for field in fields(PlanTotals)}),
    solver=st.none() | st.just(PLAN.solver),
)


def judged(plan: Plan) -> None:
    """Let the referee judge and see that whatever it says can be told to people."""
    for violation in check(PROBLEM, MATRIX, plan):
        assert violation.rule in NAMES
        assert violation.expected
        assert violation.actual


@settings(max_examples=300, deadline=None)
@given(plans)
def test_plans_of_pure_nonsense_are_judged(plan: Plan) -> None:
    judged(plan)


@settings(max_examples=300, deadline=None)
@given(st.lists(steps, max_size=3), st.integers(0, 1), st.integers(0, 5))
def test_nonsense_within_a_good_plan_is_judged(strange: list[Any], route: int, place: int) -> None:
    """Any steps in place of a good one: missing, strange, repeated or out of order."""
    judged(with_steps(PLAN, route, place, strange))


@settings(max_examples=300, deadline=None)
@given(st.randoms(use_true_random=False), st.integers(1, 6))
def test_a_good_plan_shuffled_and_torn_is_judged(rng: random.Random, times: int) -> None:
    """Steps dropped, repeated, reversed and dealt to other vehicles, several times over."""
    plan = PLAN
    for _ in range(times):
        r = rng.randrange(len(plan.routes))
        old = list(plan.routes[r].steps)
        match rng.randrange(5):
            case 0:
                plan = with_route(plan, r, steps=tuple(s for s in old if rng.random() < 0.7))
            case 1:
                rng.shuffle(old)
                plan = with_route(plan, r, steps=tuple(old))
            case 2:
                plan = with_route(plan, r, steps=(*old, *plan.routes[0].steps))
            case 3:
                plan = with_route(plan, r, vehicle_id=rng.choice(KNOWN))
            case _:
                plan = replace(plan, routes=(*plan.routes, plan.routes[r]))
    judged(plan)


@settings(max_examples=200, deadline=None)
@given(st.data())
def test_one_field_made_nonsense_is_judged(data: st.DataObject) -> None:
    """Every field of every step takes every value of its kind."""
    r = data.draw(st.integers(0, len(PLAN.routes) - 1))
    i = data.draw(st.integers(0, len(PLAN.routes[r].steps) - 1))
    step = PLAN.routes[r].steps[i]
    field = data.draw(st.sampled_from([f.name for f in fields(step)]))
    kinds: dict[type, st.SearchStrategy[Any]] = {str: ids, int: ints, float: amounts, tuple: loads}
    value = data.draw(kinds[type(getattr(step, field))])
    judged(with_steps(PLAN, r, i, [replace(step, **{field: value})]))

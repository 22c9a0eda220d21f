"""Whatever a plan says, the referee answers with violations and never raises."""

import random
from dataclasses import fields, replace
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from router.checking import RULES, check
from router.domain.plan import (
    BreakStep,
    EndStep,
    FerryStep,
    Plan,
    PlanCost,
    PlanTotals,
    Reason,
    ReasonCode,
    ReloadStep,
    Route,
    StartStep,
    StopStep,
    Unserved,
)
from tests.builders import road_matrix
from tests.mutators.editing import with_route, with_steps
from tests.unit.checking.busy_day import long_day, long_day_plan
from tests.unit.checking.example import good_plan, two_islands

QUESTIONS = (two_islands(), long_day())
GOOD = (good_plan(), long_day_plan())
MATRICES = tuple(road_matrix(question) for question in QUESTIONS)
NAMES = {rule.__name__ for rule in RULES}

INT64 = 2**63
KNOWN = [
    name
    for question in QUESTIONS
    for name in (
        *question.places(),
        *(vehicle.id for vehicle in question.vehicles),
        *(rest.id for vehicle in question.vehicles for rest in vehicle.breaks),
        *(line.id for line in question.timetable.lines),
        *(sailing.id for sailing in question.timetable.sailings()),
    )
]

ids: st.SearchStrategy[Any] = st.sampled_from(KNOWN) | st.text(max_size=5)
ints: st.SearchStrategy[Any] = (
    st.integers(-INT64, INT64 - 1)
    | st.integers(-10, 100_000)
    | st.sampled_from(sorted({s.departs for question in QUESTIONS for s in question.timetable.sailings()}))
)
amounts: st.SearchStrategy[Any] = st.floats()
loads = st.lists(ints, max_size=4).map(tuple)

starts = st.builds(StartStep, place=ids, departs_at=ints, load=loads)
stops = st.builds(
    StopStep,
    stop_id=ids,
    drive=ints,
    distance=ints,
    arrives_at=ints,
    starts_at=ints,
    departs_at=ints,
    load=loads,
    cash=amounts,
)
rests = st.builds(BreakStep, break_id=ids, starts_at=ints, ends_at=ints, aboard=st.none() | ids)
reloads = st.builds(
    ReloadStep,
    place=ids,
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
ends = st.builds(EndStep, place=ids, drive=ints, distance=ints, arrives_at=ints)
steps = starts | stops | ferries | rests | reloads | ends
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
    solver=st.none() | st.just(GOOD[0].solver),
)


def judged(plan: Plan) -> None:
    """Let the referee judge it as an answer to either question; whatever it says can be told to people."""
    for question, matrix in zip(QUESTIONS, MATRICES, strict=True):
        for violation in check(question, matrix, plan):
            assert violation.rule in NAMES
            assert violation.expected
            assert violation.actual


@settings(max_examples=300, deadline=None)
@given(plans)
def test_plans_of_pure_nonsense_are_judged(plan: Plan) -> None:
    judged(plan)


@settings(max_examples=300, deadline=None)
@given(st.sampled_from(GOOD), st.lists(steps, max_size=3), st.integers(0, 1), st.integers(0, 13))
def test_nonsense_within_a_good_plan_is_judged(
    plan: Plan, strange: list[Any], route: int, place: int
) -> None:
    """Any steps in place of a good one: missing, strange, repeated or out of order."""
    judged(with_steps(plan, route, place % len(plan.routes[route].steps), strange))


@settings(max_examples=300, deadline=None)
@given(st.sampled_from(GOOD), st.randoms(use_true_random=False), st.integers(1, 6))
def test_a_good_plan_shuffled_and_torn_is_judged(plan: Plan, rng: random.Random, times: int) -> None:
    """Steps dropped, repeated, reversed and dealt to other vehicles, several times over."""
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


@settings(max_examples=300, deadline=None)
@given(st.data(), st.sampled_from(GOOD))
def test_one_field_made_nonsense_is_judged(data: st.DataObject, plan: Plan) -> None:
    """Every field of every step takes every value of its kind."""
    r = data.draw(st.integers(0, len(plan.routes) - 1))
    i = data.draw(st.integers(0, len(plan.routes[r].steps) - 1))
    step = plan.routes[r].steps[i]
    field = data.draw(st.sampled_from([f.name for f in fields(step)]))
    kinds: dict[type, st.SearchStrategy[Any]] = {
        str: ids,
        int: ints,
        float: amounts,
        tuple: loads,
        type(None): ids,
    }
    value = data.draw(kinds[type(getattr(step, field))])
    judged(with_steps(plan, r, i, [replace(step, **{field: value})]))

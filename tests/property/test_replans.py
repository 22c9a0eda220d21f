"""300 generated days are disrupted and planned anew; the referee, who knows the past, never objects."""

from dataclasses import replace
from functools import cache

import pytest

from router.checking import check
from router.domain.plan import Plan, StartStep, StopStep
from router.service.replanning.recipe import Question, planned_anew
from tests.disruptions import budget, drawn, in_process, roads_between
from tests.property.plans import archipelago, plan_of

DAYS = 300
PER_TEST = 30
CHUNKS = [range(first, first + PER_TEST) for first in range(0, DAYS, PER_TEST)]
ITERATIONS = 200

in_chunks = pytest.mark.parametrize("seeds", CHUNKS, ids=lambda seeds: f"{seeds[0]}-{seeds[-1]}")


@cache
def replanned(seed: int) -> tuple[Question, Plan]:
    """Return a disruption of a generated day, and the plan that was made of it."""
    question = drawn(archipelago(seed).problem, plan_of(seed, "search"), seed)
    roads = roads_between(question.problem, archipelago(seed).travel.matrix)
    return question, planned_anew(question, roads, in_process(), budget(ITERATIONS, seed))


@in_chunks
def test_the_referee_is_silent_about_the_whole_day(seeds: range) -> None:
    """Past and rest together keep to every rule, and the past is as it was."""
    for seed in seeds:
        question, plan = replanned(seed)
        roads = roads_between(question.problem, archipelago(seed).travel.matrix)
        assert check(question.problem, roads, plan, question.history) == (), f"day {seed}"


@in_chunks
def test_every_change_is_told_and_nothing_else(seeds: range) -> None:
    """Whoever follows the changes from the plan before gets to who serves what now."""
    for seed in seeds:
        question, plan = replanned(seed)
        assert plan.replan is not None
        followed = dict(_served_by(question.history.before))
        for change in plan.replan.changes:
            assert followed.pop(change.stop_id, None) == change.from_vehicle, f"day {seed}"
            if change.to_vehicle is not None:
                followed[change.stop_id] = change.to_vehicle
        assert followed == _served_by(plan), f"day {seed}"


@in_chunks
def test_a_past_that_is_missing_is_objected_to(seeds: range) -> None:
    """A vehicle that had left has a route, whatever else is said of it."""
    for seed in seeds:
        question, plan = replanned(seed)
        for route in question.history.before.routes:
            start = route.steps[0]
            if isinstance(start, StartStep) and start.departs_at < question.history.at:
                without = tuple(r for r in plan.routes if r.vehicle_id != route.vehicle_id)
                roads = roads_between(question.problem, archipelago(seed).travel.matrix)
                broken = replace(plan, routes=without)
                rules = {v.rule for v in check(question.problem, roads, broken, question.history)}
                assert "past" in rules, f"day {seed}"


def _served_by(plan: Plan) -> dict[str, str]:
    return {
        step.stop_id: route.vehicle_id
        for route in plan.routes
        for step in route.steps
        if isinstance(step, StopStep)
    }

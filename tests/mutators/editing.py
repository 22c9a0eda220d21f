"""Editing: a plan is frozen, so that it is copied with one thing changed."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from typing import Any, TypeVar

from router.domain.fleet import Vehicle
from router.domain.plan import BreakStep, EndStep, FerryStep, Plan, ReloadStep, StartStep, Step, StopStep
from router.domain.problem import Problem, Stop
from router.domain.units import Instant, Meters, Seconds

MANY = 500
"""A mutation that would repeat a step more often than this does not apply: it would be slow."""


Mutator = Callable[[Problem, Plan], Iterator[Plan]]
"""Yields the plan broken at every place that it can break, so that the first will do."""

AnyStep = TypeVar("AnyStep", StartStep, StopStep, FerryStep, BreakStep, ReloadStep, EndStep)


def steps_of(plan: Plan, kind: type[AnyStep]) -> Iterator[tuple[int, int, AnyStep]]:
    """Yield route index, step index and step for every step of a kind."""
    for r, route in enumerate(plan.routes):
        for i, step in enumerate(route.steps):
            if isinstance(step, kind):
                yield r, i, step


def with_route(plan: Plan, r: int, **changes: Any) -> Plan:
    """Return the plan with fields of one route changed."""
    routes = list(plan.routes)
    routes[r] = replace(routes[r], **changes)
    return replace(plan, routes=tuple(routes))


def with_step(plan: Plan, r: int, i: int, **changes: Any) -> Plan:
    """Return the plan with fields of one step changed."""
    return with_steps(plan, r, i, [replace(plan.routes[r].steps[i], **changes)])


def with_steps(plan: Plan, r: int, i: int, steps: Sequence[Step]) -> Plan:
    """Return the plan with one step replaced by none, one or several."""
    old = plan.routes[r].steps
    return with_route(plan, r, steps=(*old[:i], *steps, *old[i + 1 :]))


def visited_first(plan: Plan, r: int, stop: Stop) -> Plan:
    """Return the plan with one more stop in a route, right after its first step and in no time."""
    now = moment_of(first := plan.routes[r].steps[0])
    visit = StopStep(
        stop_id=stop.id,
        drive=Seconds(0),
        distance=Meters(0),
        arrives_at=now,
        starts_at=now,
        departs_at=Instant(now + stop.service),
        load=stop.load,
    )
    return with_steps(plan, r, 0, [first, visit])


def vehicle_of(problem: Problem, plan: Plan, r: int) -> Vehicle:
    """Return the vehicle of a route."""
    return problem.vehicle(plan.routes[r].vehicle_id)


def moment_of(step: Step) -> Instant:
    """Return when a step begins."""
    match step:
        case StartStep():
            return step.departs_at
        case BreakStep():
            return step.starts_at
        case _:
            return step.arrives_at


def swapped(plan: Plan, r: int, i: int, j: int) -> Plan:
    """Return the plan with two steps of a route in each other's place."""
    steps = list(plan.routes[r].steps)
    steps[i], steps[j] = steps[j], steps[i]
    return with_route(plan, r, steps=tuple(steps))

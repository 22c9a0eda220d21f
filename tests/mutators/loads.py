"""How much a vehicle carries and does: loads, cash, limits."""

from collections.abc import Iterator
from itertools import chain, repeat

from router.domain.plan import BreakStep, EndStep, Plan, ReloadStep, StartStep, StopStep
from router.domain.problem import Problem, StopKind
from router.domain.units import Instant, Money
from tests.mutators.editing import MANY, Mutator, moment_of, steps_of, vehicle_of, with_step, with_steps


def _overloaded(problem: Problem, plan: Plan) -> Iterator[Plan]:
    for r, i, step in steps_of(plan, StopStep):
        limits, stop = vehicle_of(problem, plan, r).capacity, problem.stop(step.stop_id)
        relieves = stop.shipment is not None and stop.kind is StopKind.DROPOFF
        for amount, limit in zip(stop.load, limits, strict=True):
            if amount > 0 and limit is not None and limit // amount < MANY and not relieves:
                yield with_steps(plan, r, i, [step] * (limit // amount + 1))


def _misstated_load(problem: Problem, plan: Plan) -> Iterator[Plan]:
    for r, i, step in steps_of(plan, StopStep):
        if step.load:
            yield with_step(plan, r, i, load=(step.load[0] + 1, *step.load[1:]))


def _misstated_first_load(problem: Problem, plan: Plan) -> Iterator[Plan]:
    for r, i, step in steps_of(plan, StartStep):
        if step.load:
            yield with_step(plan, r, i, load=(*step.load[:-1], step.load[-1] - 1))


def _misstated_reload(problem: Problem, plan: Plan) -> Iterator[Plan]:
    for r, i, step in steps_of(plan, ReloadStep):
        if step.load:
            yield with_step(plan, r, i, load=(step.load[0] + 1, *step.load[1:]))


def _misstated_cash(problem: Problem, plan: Plan) -> Iterator[Plan]:
    for r, i, step in steps_of(plan, StopStep):
        yield with_step(plan, r, i, cash=Money(step.cash * 1.01 + 1))


def _too_much_cash(problem: Problem, plan: Plan) -> Iterator[Plan]:
    for r, i, step in steps_of(plan, StopStep):
        limit, cash = vehicle_of(problem, plan, r).limits.cash, problem.stop(step.stop_id).cash
        if limit is not None and cash > 0 and limit / cash < MANY:
            yield with_steps(plan, r, i, [step] * (int(limit / cash) + 1))


def _too_far(problem: Problem, plan: Plan) -> Iterator[Plan]:
    for r, i, step in steps_of(plan, StopStep):
        limit, before = vehicle_of(problem, plan, r).limits.distance, plan.routes[r].steps[i - 1]
        if limit is not None and not isinstance(before, BreakStep) and step.distance > limit / MANY:
            again = chain.from_iterable(repeat((before, step), limit // step.distance + 1))
            yield with_steps(plan, r, i, [step, *again])


def _too_long(problem: Problem, plan: Plan) -> Iterator[Plan]:
    for r, i, _ in steps_of(plan, EndStep):
        limit, leaves = vehicle_of(problem, plan, r).limits.duration, moment_of(plan.routes[r].steps[0])
        if limit is not None:
            yield with_step(plan, r, i, arrives_at=Instant(leaves + limit + 1))


def _too_many_stops(problem: Problem, plan: Plan) -> Iterator[Plan]:
    for r, i, step in steps_of(plan, StopStep):
        limit = vehicle_of(problem, plan, r).limits.stops
        if limit is not None and limit < MANY:
            yield with_steps(plan, r, i, [step] * (limit + 1))


MUTATORS: dict[str, tuple[Mutator, ...]] = {
    "capacity": (_overloaded,),
    "loads": (
        _misstated_load,
        _misstated_first_load,
    ),
    "cash": (_misstated_cash, _too_much_cash),
    "max_distance": (_too_far,),
    "max_duration": (_too_long,),
    "max_stops": (_too_many_stops,),
}

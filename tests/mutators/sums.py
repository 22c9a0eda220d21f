"""Money and totals."""

from collections.abc import Iterator
from dataclasses import replace

from router.domain.plan import Plan, PlanCost, PlanTotals
from router.domain.problem import Problem
from router.domain.units import Meters, Money, Seconds
from tests.mutators.editing import Mutator, with_route


def _other_route_cost(problem: Problem, plan: Plan) -> Iterator[Plan]:
    for r, route in enumerate(plan.routes):
        yield with_route(plan, r, cost=Money(route.cost * 1.01 + 1))


def _other_plan_cost(field: str) -> Mutator:
    def mutate(problem: Problem, plan: Plan) -> Iterator[Plan]:
        amount = getattr(plan.cost, field)
        yield replace(plan, cost=replace(plan.cost, **{field: Money(amount * 1.01 + 1)}))

    return mutate


def _other_total(field: str) -> Mutator:
    def mutate(problem: Problem, plan: Plan) -> Iterator[Plan]:
        yield replace(plan, totals=replace(plan.totals, **{field: getattr(plan.totals, field) + 1}))

    return mutate


def _other_route_distance(problem: Problem, plan: Plan) -> Iterator[Plan]:
    for r, route in enumerate(plan.routes):
        yield with_route(plan, r, distance=Meters(route.distance + 1))


def _other_route_duration(problem: Problem, plan: Plan) -> Iterator[Plan]:
    for r, route in enumerate(plan.routes):
        yield with_route(plan, r, duration=Seconds(route.duration - 1))


MUTATORS: dict[str, tuple[Mutator, ...]] = {
    "costs": (_other_route_cost, *map(_other_plan_cost, PlanCost.__dataclass_fields__)),
    "totals": (
        _other_route_distance,
        _other_route_duration,
        *map(_other_total, PlanTotals.__dataclass_fields__),
    ),
}

"""Costs: each route and each part of the plan's cost is what the request's prices make it."""

from collections.abc import Iterator

from router.checking.case import Case, Finding
from router.checking.sums import route_sums
from router.checking.tolerance import same_money
from router.checking.wording import money
from router.domain.plan import StopStep


def costs(case: Case) -> Iterator[Finding]:
    """Yield every cost that differs from the recomputed one.

    Required stops that are left out add nothing.
    """
    all_sums = []
    for route, vehicle in case.routes():
        sums = route_sums(case, route, vehicle)
        all_sums.append(sums)
        if not same_money(sums.cost, route.cost):
            yield Finding(
                vehicle.id, None, f"a route for {money(case, sums.cost)}", f"{money(case, route.cost)}"
            )
    stated = case.plan.cost
    for name, expected, actual in (
        ("fixed", sum(sums.fixed_cost for sums in all_sums), stated.fixed),
        ("distance", sum(sums.distance_cost for sums in all_sums), stated.distance),
        ("time", sum(sums.time_cost for sums in all_sums), stated.time),
        ("fares", sum(sums.fares for sums in all_sums), stated.fares),
        ("unserved", _penalties(case), stated.unserved),
    ):
        if not same_money(expected, actual):
            yield Finding(None, None, f"{name} cost of {money(case, expected)}", money(case, actual))


def _penalties(case: Case) -> float:
    served = {
        step.stop_id for route in case.plan.routes for step in route.steps if isinstance(step, StopStep)
    }
    return sum(stop.penalty or 0.0 for stop in case.asked_for() if stop.id not in served)

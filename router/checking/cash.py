"""Cash: never more is on board than the vehicle may carry, and each stop states what is on board after it."""

from collections.abc import Iterator

from router.checking.case import Case, Finding
from router.checking.tolerance import same_money
from router.checking.wording import money
from router.domain.fleet import Vehicle
from router.domain.plan import ReloadStep, Route, StopStep


def cash(case: Case) -> Iterator[Finding]:
    """Yield every stop after which too much cash is on board, or another amount than is stated."""
    for route, vehicle in case.routes():
        limit = vehicle.limits.cash
        for index, step, amount in _collected(case, route):
            if not same_money(amount, step.cash):
                yield Finding(
                    vehicle.id, index, f"{money(case, amount)} in cash on board", money(case, step.cash)
                )
            if limit is not None and amount > limit and not same_money(limit, amount):
                yield _too_much(case, vehicle, index, limit, amount)


def _collected(case: Case, route: Route) -> Iterator[tuple[int, StopStep, float]]:
    """Yield every stop with the cash on board after it; a reload hands all of it in."""
    amount = 0.0
    for index, step in enumerate(route.steps):
        if isinstance(step, ReloadStep):
            amount = 0.0
        if isinstance(step, StopStep):
            amount += case.problem.stop(step.stop_id).cash if case.problem.has_stop(step.stop_id) else 0.0
            yield index, step, amount


def _too_much(case: Case, vehicle: Vehicle, index: int, limit: float, amount: float) -> Finding:
    return Finding(
        vehicle.id, index, f"at most {money(case, limit)} in cash on board", f"{money(case, amount)}"
    )

"""Loads: at all times each dimension fits."""

from ortools.sat.python import cp_model

from router.domain.problem import StopKind
from router.solver.exact.model import Driver, Model
from router.solver.exact.network import DEPOT


def limit_loads(model: Model) -> None:
    """Let what is on board fit at all times, in every dimension."""
    for driver in model.fleet:
        for dimension, limit in enumerate(driver.vehicle.capacity):
            if limit is not None:
                _limit(model, driver, dimension, limit)


def _limit(model: Model, driver: Driver, dimension: int, limit: int) -> None:
    drops = _amounts(model, driver, dimension, StopKind.DROPOFF)
    picks = _amounts(model, driver, dimension, StopKind.PICKUP)
    for amounts in (drops, picks):
        if sum(amounts.values()) > limit:
            model.cp.add(_total(driver, amounts) <= limit)
    if sum(drops.values()) + sum(picks.values()) > limit and drops and picks:
        _follow(model, driver, drops, picks, limit)


def _amounts(model: Model, driver: Driver, dimension: int, kind: StopKind) -> dict[int, int]:
    stops = ((node, model.problem.stops[node - 1]) for node in driver.network.stops)
    return {n: s.load[dimension] for n, s in stops if s.kind is kind and s.load[dimension] > 0}


def _total(driver: Driver, amounts: dict[int, int]) -> cp_model.LinearExpr:
    return cp_model.LinearExpr.sum([amount * driver.visits[node] for node, amount in amounts.items()])


def _follow(model: Model, driver: Driver, drops: dict[int, int], picks: dict[int, int], limit: int) -> None:
    """Follow the load from node to node: what is still to be dropped, and what has been picked up."""
    cp = model.cp
    to_drop = {node: cp.new_int_var(0, limit, "") for node in driver.visits}
    picked = {node: cp.new_int_var(0, limit, "") for node in driver.visits}
    for arc, taken in driver.takes.items():
        if arc.head != DEPOT:
            gain = picks.get(arc.head, 0)
            before: cp_model.LinearExprT = 0 if arc.tail == DEPOT else picked[arc.tail]
            cp.add(picked[arc.head] >= before + gain).only_enforce_if(taken)
        after: cp_model.LinearExprT = 0 if arc.head == DEPOT else to_drop[arc.head]
        cp.add(to_drop[arc.tail] >= after + drops.get(arc.head, 0)).only_enforce_if(taken)
    for node in driver.network.stops:
        cp.add(to_drop[node] + picked[node] <= limit).only_enforce_if(driver.visits[node])

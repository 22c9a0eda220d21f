"""Loads: at all times each dimension fits."""

from router.domain.problem import StopKind
from router.solver.exact.carried import due, gathered, on_the_way, total, trips
from router.solver.exact.model import Driver, Model


def limit_loads(model: Model) -> None:
    """Let what is on board fit at all times, in every dimension."""
    for driver in model.fleet:
        for dimension, limit in enumerate(driver.vehicle.capacity):
            if limit is not None:
                _limit(model, driver, dimension, limit)


def _limit(model: Model, driver: Driver, dimension: int, limit: int) -> None:
    drops = _amounts(model, driver, dimension, StopKind.DROPOFF)
    picks = _amounts(model, driver, dimension, StopKind.PICKUP)
    shipped = _shipped(model, driver, dimension)
    for amounts in (drops, picks):
        if sum(amounts.values()) > limit:
            # An unused vehicle has no room: so the linear relaxation sees how many are needed.
            model.cp.add(total(driver, amounts) <= limit * trips(driver))
    largest = sum(map(abs, (*drops.values(), *picks.values(), *shipped.values())))
    kinds = bool(drops) + bool(picks) + 2 * bool(shipped)
    if largest > limit and (kinds > 1 or driver.reloads):
        _follow(model, driver, limit, drops=drops, picks=picks, shipped=shipped)


def _amounts(model: Model, driver: Driver, dimension: int, kind: StopKind) -> dict[int, int]:
    stops = ((node, model.problem.stops[node - 1]) for node in driver.network.stops)
    return {
        n: s.load[dimension] for n, s in stops if s.kind is kind and s.shipment is None and s.load[dimension]
    }


def _shipped(model: Model, driver: Driver, dimension: int) -> dict[int, int]:
    stops = ((node, model.problem.stops[node - 1]) for node in driver.network.stops)
    return {
        n: s.load[dimension] if s.kind is StopKind.PICKUP else -s.load[dimension]
        for n, s in stops
        if s.shipment is not None and s.load[dimension]
    }


def _follow(
    model: Model,
    driver: Driver,
    limit: int,
    *,
    drops: dict[int, int],
    picks: dict[int, int],
    shipped: dict[int, int],
) -> None:
    """Follow the load from node to node: what is to be dropped, what was picked up, what is under way."""
    parts = [due(model, driver, drops, limit)] if drops else []
    parts += [gathered(model, driver, picks, limit, handed_in_at_reload=True)] if picks else []
    parts += [gathered(model, driver, shipped, limit, handed_in_at_reload=False)] if shipped else []
    for node in on_the_way(driver):
        on_board = sum(part[node] for part in parts)
        model.cp.add(on_board <= limit).only_enforce_if(driver.visits[node])

"""What a vehicle may do in its shift: stops, distance, duration, cash; and what is not ready before."""

from ortools.sat.python import cp_model

from router.domain.problem import StopKind
from router.solver.exact.carried import gathered, latest_of_trip, total, trips
from router.solver.exact.model import Driver, Model
from router.solver.exact.network import DEPOT

CASH_UNITS = 10_000
"""Cash is counted in so many parts of the currency."""


def keep_limits(model: Model) -> None:
    """Let every vehicle keep to its limits, and leave with nothing that is not ready."""
    for driver in model.fleet:
        _limit_work(model, driver)
        _limit_cash(model, driver)
        _wait_until_ready(model, driver)


def _limit_work(model: Model, driver: Driver) -> None:
    limits, cp = driver.vehicle.limits, model.cp
    if limits.stops is not None:
        stops = [driver.visits[node] for node in driver.network.stops]
        cp.add(cp_model.LinearExpr.sum(stops) <= limits.stops * driver.used)
    if limits.distance is not None:
        roads = [arc.meters * taken for arc, taken in driver.takes.items()]
        roads += [
            crossing.meters * driver.visits[node] for node, crossing in driver.network.crossings.items()
        ]
        cp.add(cp_model.LinearExpr.sum(roads) <= limits.distance)
    if limits.duration is not None:
        cp.add(driver.returns - driver.leaves <= limits.duration).only_enforce_if(driver.used)


def _limit_cash(model: Model, driver: Driver) -> None:
    most = driver.vehicle.limits.cash
    if most is None:
        return
    limit = round(most * CASH_UNITS)
    stops = ((node, model.problem.stops[node - 1]) for node in driver.network.stops)
    cash = {node: round(stop.cash * CASH_UNITS) for node, stop in stops if stop.cash > 0}
    if sum(cash.values()) <= limit:
        return
    model.cp.add(total(driver, cash) <= limit * trips(driver))
    if driver.reloads:
        gathered(model, driver, cash, limit, handed_in_at_reload=True)


def _wait_until_ready(model: Model, driver: Driver) -> None:
    """Let each trip leave when all of its drop-offs are ready."""
    stops = ((node, model.problem.stops[node - 1]) for node in driver.network.stops)
    ready = {
        node: stop.ready_at - model.origin
        for node, stop in stops
        if stop.ready_at is not None and stop.kind is StopKind.DROPOFF and stop.shipment is None
    }
    ready = {node: instant for node, instant in ready.items() if instant > 0}
    if ready and not driver.reloads:
        for node, instant in ready.items():
            model.cp.add(driver.leaves >= instant).only_enforce_if(driver.visits[node])
    elif ready:
        latest = latest_of_trip(model, driver, ready)
        model.cp.add(driver.leaves >= latest[DEPOT]).only_enforce_if(driver.used)
        for node, (_, leaves) in driver.reloads.items():
            model.cp.add(leaves >= latest[node]).only_enforce_if(driver.visits[node])

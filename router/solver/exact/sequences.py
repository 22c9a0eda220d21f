"""Stops that come in a given order: the two ends of shipments, and what dispatchers have locked."""

from itertools import combinations

from ortools.sat.python import cp_model

from router.domain.locks import LockKind
from router.solver.exact.model import Driver, Literal, Model


def keep_order(model: Model) -> None:
    """Let shipments be picked up before they are dropped off by the same vehicle, and keep locked sequences."""
    node_of = {stop.id: node for node, stop in enumerate(model.problem.stops, 1)}
    for shipment in model.problem.shipments:
        pickup, dropoff = node_of[shipment.pickup], node_of[shipment.dropoff]
        model.cp.add(model.missing[pickup - 1] == model.missing[dropoff - 1])
        for driver in model.fleet:
            _together(model, driver, pickup, dropoff)
    for driver in model.fleet:
        pairs = [(node_of[s.pickup], node_of[s.dropoff]) for s in model.problem.shipments]
        for lock in model.problem.locks:
            if lock.kind is LockKind.SEQUENCE and lock.vehicle_id == driver.vehicle.id:
                pairs += combinations((node_of[stop_id] for stop_id in lock.stop_ids), 2)
        served = [(a, b) for a, b in pairs if a in driver.visits and b in driver.visits]
        ranks = _ranks(model, driver) if served else {}
        for before, after in served:
            _precede(model, driver, ranks, before, after)


def _together(model: Model, driver: Driver, one: int, other: int) -> None:
    first, second = driver.visits.get(one), driver.visits.get(other)
    if first is not None and second is not None:
        model.cp.add(first == second)
    for alone in (first, second):
        if alone is not None and (first is None or second is None):
            model.cp.add(alone == 0)


def _ranks(model: Model, driver: Driver) -> dict[int, cp_model.IntVar]:
    """Return numbers that grow along the roads of one shore: of two stops at one instant they tell the order."""
    last = len(driver.network.stops) + len(driver.network.reloads)
    ranks = {node: model.cp.new_int_var(0, last, "") for node in driver.visits}
    between = {*driver.network.stops, *driver.network.reloads}
    for arc, taken in driver.takes.items():
        if arc.tail in between and arc.head in between:
            model.cp.add(ranks[arc.head] >= ranks[arc.tail] + 1).only_enforce_if(taken)
    return ranks


def _precede(
    model: Model, driver: Driver, ranks: dict[int, cp_model.IntVar], before: int, after: int
) -> None:
    """Let one stop be served before another where the vehicle serves both.

    Begins alone do not tell where service and roads between the two take no time at all.
    """
    cp = model.cp
    both: list[Literal] = [driver.visits[before], driver.visits[after]]
    service = model.problem.stops[before - 1].service
    first, second = model.begins[before - 1], model.begins[after - 1]
    cp.add(second >= first + service).only_enforce_if(both)
    if service == 0:
        later = cp.new_bool_var("")
        cp.add(second >= first + 1).only_enforce_if([*both, later])
        cp.add(ranks[after] >= ranks[before] + 1).only_enforce_if([*both, later.negated()])

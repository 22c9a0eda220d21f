"""Amounts that a vehicle carries from node to node: they grow on the way, or shrink, and must always fit."""

from collections.abc import Iterator, Mapping

from ortools.sat.python import cp_model

from router.solver.exact.model import Driver, Model
from router.solver.exact.network import DEPOT

Amounts = Mapping[int, int]
"""What each stop adds or takes away, by its node."""

Carried = dict[int, cp_model.IntVar]
"""What is on board when a node is left, by node; at the depot, when the route begins."""


def gathered(
    model: Model, driver: Driver, amounts: Amounts, limit: int, *, handed_in_at_reload: bool
) -> Carried:
    """Return amounts that begin with nothing and change at stops."""
    carried = {node: model.cp.new_int_var(0, limit, "") for node in driver.visits}
    for arc, taken in driver.takes.items():
        if arc.head == DEPOT or (handed_in_at_reload and arc.head in driver.reloads):
            continue
        before: cp_model.LinearExprT = 0 if arc.tail == DEPOT else carried[arc.tail]
        model.cp.add(carried[arc.head] >= before + amounts.get(arc.head, 0)).only_enforce_if(taken)
    return carried


def due(model: Model, driver: Driver, amounts: Amounts, limit: int) -> Carried:
    """Return amounts that are loaded at the depot, all that the trip needs, and used up at the stops."""
    carried = {node: model.cp.new_int_var(0, limit, "") for node in driver.visits}
    for arc, taken in driver.takes.items():
        if arc.head != DEPOT and arc.head not in driver.reloads:
            needed = carried[arc.head] + amounts.get(arc.head, 0)
            model.cp.add(carried[arc.tail] >= needed).only_enforce_if(taken)
    return carried


def latest_of_trip(model: Model, driver: Driver, instants: Amounts) -> Carried:
    """Return the latest of some instants over the stops that the trip still has before it."""
    last = max(instants.values())
    carried = {node: model.cp.new_int_var(0, last, "") for node in driver.visits}
    for arc, taken in driver.takes.items():
        if arc.head != DEPOT and arc.head not in driver.reloads:
            model.cp.add(carried[arc.tail] >= carried[arc.head]).only_enforce_if(taken)
            if arc.head in instants:
                model.cp.add(carried[arc.tail] >= instants[arc.head]).only_enforce_if(taken)
    return carried


def trips(driver: Driver) -> cp_model.LinearExpr:
    """Return how many trips the vehicle makes."""
    return cp_model.LinearExpr.sum([driver.used, *(driver.visits[node] for node in driver.reloads)])


def total(driver: Driver, amounts: Amounts) -> cp_model.LinearExpr:
    """Return the sum over all stops that the vehicle serves."""
    return cp_model.LinearExpr.sum([amount * driver.visits[node] for node, amount in amounts.items()])


def on_the_way(driver: Driver) -> Iterator[int]:
    """Yield the nodes between crossings where something changes: stops and reloads."""
    yield from driver.network.stops
    yield from driver.network.reloads

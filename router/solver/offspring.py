"""Offspring of two good plans: routes of one where they lie together, of the other elsewhere.

A selective route exchange in the spirit of Nagata, Bräysy and Dullaert (Computers & OR 37(4), 2010), with the stops
that fall between two stools left to ruin and recreate.
"""

import random
from collections.abc import Sequence

from router.solver.decode import RELOAD, KernelRoute
from router.solver.encode import Encoding
from router.solver.kernel import model as m

KEPT_SHARE = 0.5
"""A route of the second plan is taken over while at least this share of its stops is still free."""


def offspring(
    first: Sequence[KernelRoute],
    second: Sequence[KernelRoute],
    encoding: Encoding,
    chance: random.Random,
) -> list[KernelRoute]:
    """Return routes of ``first`` around a stop chosen at random, and of ``second`` what still fits beside them.

    The stops of a route taken over in part keep their order. Stops in no route are left out.
    """
    route_of = {stop: k for k, route in enumerate(first) for stop in route.stops if stop != RELOAD}
    seed = chance.choice(sorted(route_of))
    wanted = max(1, round(len(first) * chance.uniform(0.3, 0.7)))
    taken: dict[int, None] = {route_of[seed]: None}
    reached, frontier = {seed}, [seed]
    while frontier and len(taken) < wanted:
        stop = frontier.pop(0)
        for neighbour in encoding.model.near[stop, :10].tolist():
            if neighbour in route_of and neighbour not in reached:
                reached.add(neighbour)
                frontier.append(neighbour)
                if len(taken) < wanted:
                    taken[route_of[neighbour]] = None
    child = [first[k] for k in taken]
    covered = {stop for route in child for stop in route.stops}
    vehicles = {route.vehicle for route in child}
    for route in second:
        rest = tuple(stop for stop in route.stops if stop not in covered)
        if len(rest) < max(1, KEPT_SHARE * len(route.stops)):
            continue
        vehicle = _free_like(route.vehicle, vehicles, encoding)
        if vehicle is None:
            continue
        vehicles.add(vehicle)
        child.append(KernelRoute(vehicle, rest, (m.NONE,) * (len(rest) + 1), 0.0))
    return child


def _free_like(vehicle: int, taken: set[int], encoding: Encoding) -> int | None:
    """Return this vehicle or another of its type that has no route yet."""
    if vehicle not in taken:
        return vehicle
    type_0, kind = encoding.model.type_0, encoding.type_of[vehicle]
    for place in range(int(type_0[kind]), int(type_0[kind + 1])):
        other = int(encoding.model.type_vehicle[place])
        if other not in taken:
            return other
    return None

"""The judge of benchmark plans: recomputes everything from positions, believes no engine, and shares no code with one.

It is plain Python on purpose, in the arithmetic of each benchmark's own convention.
"""

import math
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from benchmarks.quality.case import Case, Convention, Node

TOLERANCE = 1e-6
"""How late a vehicle may be where distances are not whole; far below a thousandth."""

Route = Sequence[int]
"""Positions of customers in ``Case.nodes``, in order, without the depot."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """What a plan is worth; distance in units of the instance. With a fault it is worth nothing."""

    vehicles: int
    distance: float
    faults: tuple[str, ...]


def evaluate(case: Case, routes: Sequence[Route]) -> Verdict:
    """Return the vehicles and the distance of a plan, and everything that is wrong with it."""
    used = [list(route) for route in routes if route]
    faults = [*_visits(case, used), *_pairs(case, used)]
    if len(used) > case.fleet:
        faults.append(f"{len(used)} vehicles, there are {case.fleet}")
    known = [[node for node in route if 0 < node < len(case.nodes)] for route in used]
    for number, route in enumerate(known):
        faults += [f"route {number}: {fault}" for fault in (*_load(case, route), *_times(case, route))]
    distance = math.fsum(_length(case, route) for route in known)
    return Verdict(vehicles=len(used), distance=round(distance, 6), faults=tuple(faults))


def _visits(case: Case, routes: Sequence[Route]) -> list[str]:
    times = Counter(node for route in routes for node in route)
    customers = set(range(1, len(case.nodes)))
    wrong = {
        "no customers": sorted(times.keys() - customers),
        "not served": sorted(customers - times.keys()),
        "served more than once": sorted(node for node, count in times.items() if count > 1),
    }
    return [f"{what}: {_some(nodes)}" for what, nodes in wrong.items() if nodes]


def _some(nodes: list[int]) -> str:
    """Return the first few, and how many more there are."""
    shown = ", ".join(str(node) for node in nodes[:5])
    return shown if len(nodes) <= 5 else f"{shown} and {len(nodes) - 5} more"


def _pairs(case: Case, routes: Sequence[Route]) -> list[str]:
    place = {node: (number, index) for number, route in enumerate(routes) for index, node in enumerate(route)}
    faults = []
    for pickup, dropoff in case.pairs:
        if pickup not in place or dropoff not in place:
            continue  # told as not served
        if place[pickup][0] != place[dropoff][0]:
            faults.append(f"shipment {pickup}-{dropoff} changes vehicles")
        elif place[pickup] > place[dropoff]:
            faults.append(f"shipment {pickup}-{dropoff} is dropped off before it is picked up")
    return faults


def _load(case: Case, route: Route) -> list[str]:
    on_board = 0 if case.pairs else sum(case.nodes[node].demand for node in route)
    most = on_board
    for node in route:
        on_board += case.nodes[node].demand if case.pairs else -case.nodes[node].demand
        most = max(most, on_board)
    return [f"carries {most}, capacity {case.capacity}"] if most > case.capacity else []


def _times(case: Case, route: Route) -> list[str]:
    faults = []
    clock, here = float(case.nodes[0].ready), case.nodes[0]
    for node in route:
        there = case.nodes[node]
        clock = max(clock + _distance(case, here, there), there.ready)
        if clock > there.due + TOLERANCE:
            faults.append(f"customer {node} begins at {clock:.3f}, due {there.due}")
        clock, here = clock + there.service, there
    back = clock + _distance(case, here, case.nodes[0])
    if back > case.nodes[0].due + TOLERANCE:
        faults.append(f"back at {back:.3f}, due {case.nodes[0].due}")
    return faults


def _length(case: Case, route: Route) -> float:
    stops = [case.nodes[0], *(case.nodes[node] for node in route), case.nodes[0]]
    return math.fsum(_distance(case, a, b) for a, b in pairwise(stops))


def _distance(case: Case, a: Node, b: Node) -> float:
    exact = math.hypot(a.x - b.x, a.y - b.y)
    return math.floor(exact * 10 + 1e-9) / 10 if case.convention is Convention.DIMACS else exact

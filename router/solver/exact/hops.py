"""From place to place in one network, as arrays: the least that a way costs, and when it arrives."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from router.domain.places import TimeWindow
from router.domain.problem import Problem
from router.domain.units import METERS_PER_KM
from router.solver.exact.money import per_second
from router.solver.exact.network import DEPOT, Network

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]

NEVER = np.iinfo(np.int64).max // 4
"""Later than any instant, and far from overflowing."""


@dataclass(frozen=True, slots=True)
class Hop:
    """All ways from where one node is left to where another is entered.

    Attributes:
        cost: The least that one costs, hours included, decks left out of account.
        meters: The shortest road.
        seconds: The least time that one takes.
        road: How long the road takes, or NEVER where only ferries lead there.
        leave_by: When the crossings must be left for at the latest, in order.
        arrive: When those from each entry on arrive at the earliest, with NEVER behind them.
    """

    cost: float
    meters: int
    seconds: int
    road: int
    leave_by: Ints
    arrive: Ints

    def arrivals(self, leaves: Ints) -> Ints:
        """Return when whoever leaves then arrives at the earliest; NEVER where that is never."""
        sailing = self.arrive[np.searchsorted(self.leave_by, leaves)]
        if self.road == NEVER:
            return sailing
        return np.minimum(sailing, leaves + self.road)


def hops(network: Network) -> dict[tuple[int, int], Hop]:
    """Return the ways between the nodes of a network that are no crossings, by tail and head."""
    costs = network.vehicle.costs
    per_meter, rate = costs.per_km / METERS_PER_KM, per_second(costs)
    found: dict[tuple[int, int], list[tuple[float, int, int, int, int]]] = {}
    for arc in network.arcs:
        if arc.tail not in network.crossings and arc.head not in network.crossings:
            cost = per_meter * arc.meters + rate * arc.seconds
            found.setdefault((arc.tail, arc.head), []).append((cost, arc.meters, arc.seconds, -1, -1))
    for node, crossing in network.crossings.items():
        into = [arc for arc in network.arcs if arc.head == node]
        out = [arc for arc in network.arcs if arc.tail == node]
        sails = crossing.rolls_off_at - crossing.check_in_by
        for before in into:
            for after in out:
                meters = before.meters + crossing.meters + after.meters
                seconds = before.seconds + sails + after.seconds
                cost = per_meter * meters + rate * seconds + crossing.fare
                times = crossing.check_in_by - before.seconds, crossing.rolls_off_at + after.seconds
                found.setdefault((before.tail, after.head), []).append((cost, meters, seconds, *times))
    return {ends: _hop(ways) for ends, ways in found.items() if ends[0] != ends[1] or ends[0] == DEPOT}


def _hop(ways: list[tuple[float, int, int, int, int]]) -> Hop:
    roads = [seconds for _, _, seconds, leave_by, _ in ways if leave_by < 0]
    sailings = sorted((leave_by, arrive) for *_, leave_by, arrive in ways if leave_by >= 0)
    arrive = np.array([*(arrive for _, arrive in sailings), NEVER], dtype=np.int64)
    return Hop(
        cost=min(way[0] for way in ways),
        meters=min(way[1] for way in ways),
        seconds=min(way[2] for way in ways),
        road=min(roads, default=NEVER),
        leave_by=np.array([leave_by for leave_by, _ in sailings], dtype=np.int64),
        arrive=np.minimum.accumulate(arrive[::-1])[::-1],
    )


class Doors:
    """When service may begin at each stop of a network."""

    def __init__(self, problem: Problem, network: Network) -> None:
        """Take the stops' windows, cut to when the vehicle can be there at all."""
        self._spans = {}
        for node in network.stops:
            stop, span = problem.stops[node - 1], network.reach.spans[node - 1]
            if span is not None:
                first = max(span[0], stop.ready_at or span[0])
                self._spans[node] = _cut(stop.windows, first, span[1])

    def begins(self, node: int, arrivals: Ints) -> Ints:
        """Return when service begins for whoever arrives then; NEVER where that is too late."""
        opens, closes = self._spans[node]
        index = np.searchsorted(closes, arrivals)
        return np.where(
            index < len(closes), np.maximum(arrivals, opens[np.minimum(index, len(opens) - 1)]), NEVER
        )


def _cut(windows: Sequence[TimeWindow], first: int, last: int) -> tuple[Ints, Ints]:
    spans = [(max(w.start, first), min(w.end, last)) for w in windows] if windows else [(first, last)]
    kept = [(start, end) for start, end in spans if start <= end] or [(NEVER, -NEVER)]
    return np.array([s for s, _ in kept], dtype=np.int64), np.array([e for _, e in kept], dtype=np.int64)

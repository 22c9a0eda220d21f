"""The least that one vehicle must pay to serve each set of stops, or infinity where it cannot.

A lower bound: orders are followed stop by stop (Held and Karp, J. SIAM 10, 1962) in time as early as can be, so that
what is impossible stays out, but nobody pays for waiting, rests or finds a deck full.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from router.domain.locks import LockKind
from router.domain.problem import Problem, Stop, StopKind
from router.solver.exact.hops import NEVER, Doors, Floats, Hop, Ints, hops
from router.solver.exact.money import per_second
from router.solver.exact.network import DEPOT, Network


@dataclass(frozen=True, slots=True, eq=False)
class _Table:
    """What it takes at least to have served a set and stand at one of it, ``(sets, stops)``; named as in ``Hop``."""

    begins: Ints
    cost: Floats
    meters: Floats
    seconds: Floats


class Rounds:
    """The sets of stops of one network; bit ``k`` of a set stands for ``network.stops[k]``."""

    def __init__(self, problem: Problem, network: Network) -> None:
        """Work the bounds out."""
        self._problem, self._network = problem, network
        self._stops = [problem.stops[node - 1] for node in network.stops]
        self._hops, self._doors = hops(network), Doors(problem, network)
        self._rate = per_second(network.vehicle.costs)
        self.sets = np.arange(1 << len(self._stops), dtype=np.int64)

    def costs(self) -> Floats:
        """Return the least cost of a route that serves exactly each set; nothing for the empty one."""
        table = self._table()
        limits = self._network.vehicle.limits
        cost = self._routes(table, "cost", per_reload=self._rate * self._network.vehicle.reload)
        for limit, part, per_reload in (
            (limits.distance, "meters", 0),
            (limits.duration, "seconds", self._network.vehicle.reload),
        ):
            if limit is not None:
                cost[self._routes(table, part, per_reload=per_reload) > limit] = np.inf
        cost[~self._allowed()] = np.inf
        cost += self._network.vehicle.costs.fixed
        cost[0] = 0.0
        return cost

    def _table(self) -> _Table:
        count = len(self._stops)
        shape = len(self.sets), count
        table = _Table(
            np.full(shape, NEVER), np.full(shape, np.inf), np.full(shape, np.inf), np.full(shape, np.inf)
        )
        leaves = np.array([self._network.reach.leaves])
        for k, node in enumerate(self._network.stops):
            hop = self._hops.get((DEPOT, node))
            if hop is not None:
                begins = self._doors.begins(node, hop.arrivals(leaves))
                self._enter(
                    table, np.array([1 << k]), k, begins, (np.zeros(1), np.zeros(1), np.zeros(1)), hop
                )
        sizes = np.array([int(s).bit_count() for s in self.sets])
        for size in range(1, count):
            some = self.sets[sizes == size]
            for last in range(count):
                self._extend(table, some[table.begins[some, last] < NEVER], last)
        return table

    def _extend(self, table: _Table, some: Ints, last: int) -> None:
        """Go on from stop ``last`` of these sets to every stop that is not in them."""
        leaves = table.begins[some, last] + self._stops[last].service
        for k, node in enumerate(self._network.stops):
            hop = self._hops.get((self._network.stops[last], node))
            free = (some >> k & 1) == 0
            if hop is None or not free.any() or not self._may_follow(self._stops[last], self._stops[k]):
                continue
            sets = some[free]
            begins = self._doors.begins(node, hop.arrivals(leaves[free]))
            so_far = table.cost[sets, last], table.meters[sets, last], table.seconds[sets, last]
            self._enter(table, sets | 1 << k, k, begins, so_far, hop)

    def _enter(
        self, table: _Table, sets: Ints, k: int, begins: Ints, so_far: tuple[Floats, Floats, Floats], hop: Hop
    ) -> None:
        """Note what it takes to have come to stop ``k``, where it is in time."""
        service = self._stops[k].service
        in_time = begins < NEVER
        parts = (
            (table.begins, begins),
            (table.cost, so_far[0] + hop.cost + self._rate * service),
            (table.meters, so_far[1] + hop.meters),
            (table.seconds, so_far[2] + hop.seconds + service),
        )
        for kept, new in parts:
            kept[sets[in_time], k] = np.minimum(kept[sets[in_time], k], new[in_time])

    def _may_follow(self, before: Stop, after: Stop) -> bool:
        """Return whether one stop may come right after another: no shipment backwards, no locked order broken."""
        if before.shipment is not None and before.shipment == after.shipment:
            return before.kind is StopKind.PICKUP
        for lock in self._problem.locks:
            both = lock.kind is LockKind.SEQUENCE and {before.id, after.id} <= set(lock.stop_ids)
            if both and lock.stop_ids.index(before.id) > lock.stop_ids.index(after.id):
                return False
        return True

    def _routes(self, table: _Table, part: str, *, per_reload: float) -> Floats:
        """Return the least cost, metres or seconds of routes, put together of trips where there may be several."""
        fits = self._fits_a_trip()
        home = np.where(fits, self._closed(table, part, DEPOT), np.inf)
        home[0] = np.inf
        if not self._network.reloads:
            return home
        out_and_back = (
            np.where(fits, self._closed(table, part, self._network.reloads[0]), np.inf) + per_reload
        )
        out_and_back[0] = np.inf
        best = home
        for _ in self._network.reloads:
            longer = best.copy()
            for some in self.sets[out_and_back < np.inf]:
                apart = self.sets[(self.sets & some) == 0]
                both = apart | some
                longer[both] = np.minimum(longer[both], out_and_back[some] + best[apart])
            best = longer
        return best

    def _closed(self, table: _Table, part: str, depot: int) -> Floats:
        """Return the least with which each set is served and the depot reached in time."""
        best = np.full(len(self.sets), np.inf)
        so_far = getattr(table, part)
        for k, node in enumerate(self._network.stops):
            hop = self._hops.get((node, depot))
            if hop is not None:
                there = hop.arrivals(table.begins[:, k] + self._stops[k].service)
                in_time = (table.begins[:, k] < NEVER) & (there <= self._network.reach.returns)
                best = np.where(in_time, np.minimum(best, so_far[:, k] + getattr(hop, part)), best)
        return best

    def _fits_a_trip(self) -> "np.ndarray[tuple[int], np.dtype[np.bool_]]":
        """Return which sets fit on board in one trip: all drop-offs at its start, all pick-ups and cash at its end."""
        fits = np.ones(len(self.sets), dtype=np.bool_)
        for amounts, limit in self._burdens():
            total = np.zeros(len(self.sets))
            for k, amount in enumerate(amounts):
                total += amount * (self.sets >> k & 1)
            fits &= total <= limit
        return fits

    def _burdens(self) -> Iterator[tuple[list[float], float]]:
        vehicle = self._network.vehicle
        for dimension, limit in enumerate(vehicle.capacity):
            for kind in StopKind if limit is not None else ():
                loads = [
                    s.load[dimension] if s.kind is kind and s.shipment is None else 0 for s in self._stops
                ]
                yield list(map(float, loads)), float(limit or 0)
        if vehicle.limits.cash is not None:
            yield [stop.cash for stop in self._stops], vehicle.limits.cash + 0.005

    def _allowed(self) -> "np.ndarray[tuple[int], np.dtype[np.bool_]]":
        """Return which sets a route may serve: not too many stops, and shipments with both ends."""
        allowed = np.ones(len(self.sets), dtype=np.bool_)
        most = self._network.vehicle.limits.stops
        if most is not None:
            allowed &= np.array([int(s).bit_count() <= most for s in self.sets])
        bit = {stop.id: k for k, stop in enumerate(self._stops)}
        for shipment in self._problem.shipments:
            ends = [
                self.sets >> bit[end] & 1 if end in bit else 0 * self.sets
                for end in (shipment.pickup, shipment.dropoff)
            ]
            allowed &= ends[0] == ends[1]
        return allowed

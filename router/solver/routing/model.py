"""The problem in the words of OR-Tools' routing model: dimensions, disjunctions and transit matrices."""

from collections.abc import Sequence
from itertools import pairwise
from typing import Any

import numpy as np
from numpy.typing import NDArray
from ortools.constraint_solver import pywrapcp

from router.domain.ferries import Sailing
from router.domain.fleet import Vehicle
from router.domain.ids import FerryClass, Profile
from router.domain.places import TimeWindow
from router.domain.problem import Problem, StopKind
from router.domain.travel_choice import NO_ROAD
from router.domain.units import METERS_PER_KM, SECONDS_PER_HOUR, Instant, Money
from router.solver.routing.money import Scale, scale_for
from router.solver.routing.nodes import Nodes, Roads, roads
from router.travel.travel import Travel

CLOCK = "clock"


class RoutingModel:
    """A routing model with what is needed to read its answers.

    Times in it are seconds since ``origin``, money is in units of ``scale``.
    """

    def __init__(self, problem: Problem, travel: Travel, nodes: Nodes, vehicles: Sequence[int]) -> None:
        """Build the model for the vehicles with these indices, all of which can leave and return."""
        self.problem, self.nodes, self._vehicles = problem, nodes, tuple(vehicles)
        self.fleet = [problem.vehicles[number] for number in vehicles]
        self.origin = min(vehicle.shift.start for vehicle in self.fleet)
        self._horizon = max(vehicle.shift.end for vehicle in self.fleet) - self.origin
        self._roads = {profile: roads(travel, nodes, profile) for profile in problem.profiles()}
        dearest = max(float(self._money(vehicle).max()) for vehicle in self.fleet)
        self.scale: Scale = scale_for(problem, dearest, len(nodes))
        depots = {depot: node for node, depot in enumerate(nodes.depots)}
        self._manager = pywrapcp.RoutingIndexManager(
            len(nodes),
            len(self.fleet),
            [depots[vehicle.start] for vehicle in self.fleet],
            [depots[vehicle.end] for vehicle in self.fleet],
        )
        self.routing = pywrapcp.RoutingModel(self._manager)
        self._add_costs()
        self._add_clock()
        self._add_stops()
        self._add_berths()
        for dimension in range(len(problem.dimensions)):
            self._add_load(dimension)
        self._close_arcs()

    def index(self, node: int) -> int:
        """Return the index by which the model knows the node of a stop or a berth."""
        return int(self._manager.NodeToIndex(node))

    def node(self, index: int) -> int:
        """Return the node that an index of the model stands for."""
        return int(self._manager.IndexToNode(index))

    @property
    def clock(self) -> pywrapcp.RoutingDimension:
        """The dimension of time."""
        return self.routing.GetDimensionOrDie(CLOCK)

    def _money(self, vehicle: Vehicle) -> NDArray[np.floating[Any]]:
        """Return what each arc costs a vehicle: its road, the fare of the berth that it leaves, and its hours.

        Waiting costs nothing here. As a span cost it would be exact, but then the model looks for the least
        span of a plan second by second, and has no time left to look at other plans.
        """
        costs = self._roads[vehicle.profile].meters * (vehicle.costs.per_km / METERS_PER_KM)
        fares = [berth.line.fare(vehicle.conveyance.ferry_class) or 0.0 for berth in self.nodes.berths]
        costs[self.nodes.first_berth :] += np.array(fares).reshape(-1, 1)
        hours = (self._roads[vehicle.profile].seconds + self.nodes.dwell().reshape(-1, 1)) / SECONDS_PER_HOUR
        return costs + hours * vehicle.costs.per_hour

    def _add_costs(self) -> None:
        known: dict[tuple[Profile, FerryClass | None, Money, Money], int] = {}
        for number, vehicle in enumerate(self.fleet):
            rates = vehicle.costs.per_km, vehicle.costs.per_hour
            key = (vehicle.profile, vehicle.conveyance.ferry_class, *rates)
            if key not in known:
                costs = np.rint(self._money(vehicle) * self.scale.factor).astype(np.int64)
                # Arcs without a road are never taken, but the search sorts neighbours by cost.
                costs[self._roads[vehicle.profile].meters == NO_ROAD] = max(1, int(costs.max()))
                known[key] = self.routing.RegisterTransitMatrix(costs.tolist())
            self.routing.SetArcCostEvaluatorOfVehicle(known[key], number)
            self.routing.SetFixedCostOfVehicle(self.scale.units(vehicle.costs.fixed), number)

    def _add_clock(self) -> None:
        transits = {profile: self._register_seconds(found) for profile, found in self._roads.items()}
        evaluators = [transits[vehicle.profile] for vehicle in self.fleet]
        self.routing.AddDimensionWithVehicleTransits(
            evaluators, self._horizon, self._horizon, fix_start_cumul_to_zero=False, name=CLOCK
        )
        for number, vehicle in enumerate(self.fleet):
            opened, let_in = self.problem.hours(vehicle.start), self.problem.hours(vehicle.end)
            self._restrict(self.routing.Start(number), opened, vehicle.shift)
            self._restrict(self.routing.End(number), let_in, vehicle.shift)

    def _register_seconds(self, found: Roads) -> int:
        seconds = found.seconds + self.nodes.dwell().reshape(-1, 1)
        # Where there is no road, a day is not long enough.
        seconds[found.seconds == NO_ROAD] = self._horizon + 1
        return int(self.routing.RegisterTransitMatrix(seconds.tolist()))

    def _restrict(self, index: int, windows: Sequence[TimeWindow], shift: TimeWindow) -> None:
        """Keep the time of a node inside the shift and inside one of the windows, if there are any."""
        variable = self.clock.CumulVar(index)
        variable.SetRange(shift.start - self.origin, shift.end - self.origin)
        if windows:
            variable.SetRange(windows[0].start - self.origin, windows[-1].end - self.origin)
        for before, behind in pairwise(windows):
            variable.RemoveInterval(before.end + 1 - self.origin, behind.start - 1 - self.origin)

    def _add_stops(self) -> None:
        day = TimeWindow(self.origin, Instant(self.origin + self._horizon))
        for node, stop in enumerate(self.nodes.stops, self.nodes.first_stop):
            index = self.index(node)
            able = [n for n, vehicle in enumerate(self.fleet) if self.problem.may_serve(vehicle, stop)]
            windows = [w for w in stop.windows if w.end >= day.start and w.start <= day.end]
            hopeless = not able or (stop.windows and not windows)
            penalty = self.scale.required if stop.penalty is None else self.scale.units(stop.penalty)
            self.routing.AddDisjunction([index], penalty)
            if hopeless:
                self.routing.ActiveVar(index).SetValue(0)
                continue
            self._restrict(index, windows, day)
            if len(able) < len(self.fleet):
                self._allow(index, able)

    def _allow(self, index: int, vehicles: Sequence[int]) -> None:
        """Let only these vehicles come."""
        # SetAllowedVehiclesForIndex takes no Python list; vehicle -1 is nobody.
        self.routing.VehicleVar(index).SetValues([-1, *vehicles])

    def _add_berths(self) -> None:
        position = {number: index for index, number in enumerate(self._vehicles)}
        for node, berth in enumerate(self.nodes.berths, self.nodes.first_berth):
            index = self.index(node)
            self.routing.AddDisjunction([index], 0)
            carriers = [position[number] for number in berth.carriers if number in position]
            instants = [sailing.check_in_by - self.origin for sailing in berth.sailings]
            instants = [instant for instant in instants if 0 <= instant <= self._horizon]
            if carriers and instants:
                self._allow(index, carriers)
                self.clock.CumulVar(index).SetValues(instants)
            else:
                self.routing.ActiveVar(index).SetValue(0)
        self._add_decks()

    def _add_decks(self) -> None:
        """Keep vehicles of several sizes from overfilling a deck; of equal ones the berths admit no more."""
        solver, slots = self.routing.solver(), [vehicle.conveyance.deck_slots for vehicle in self.fleet]
        aboard: dict[Sailing, list[int]] = {}
        for node, berth in enumerate(self.nodes.berths, self.nodes.first_berth):
            if berth.limited:
                aboard.setdefault(berth.sailings[0], []).append(self.index(node))
        for sailing, indices in aboard.items():
            room = sailing.deck_slots or 0
            if sum(sorted(slots)[-len(indices) :]) > room:
                # A berth that nobody takes has vehicle -1.
                taken = [solver.Element([0, *slots], self.routing.VehicleVar(index) + 1) for index in indices]
                solver.Add(solver.Sum(taken) <= room)

    def _add_load(self, dimension: int) -> None:
        """Limit a load dimension: drop-offs are on board from the start, pick-ups to the end."""
        limits = [vehicle.capacity[dimension] for vehicle in self.fleet]
        dropped, picked = (
            self._amounts(dimension, StopKind.DROPOFF),
            self._amounts(dimension, StopKind.PICKUP),
        )
        capacities = [sum(dropped) + sum(picked) if limit is None else limit for limit in limits]
        routing, sums, load = self.routing, f"dropped {dimension}", f"load {dimension}"
        if any(dropped):
            evaluator = routing.RegisterUnaryTransitVector(dropped)
            routing.AddDimensionWithVehicleCapacity(
                evaluator, 0, capacities, fix_start_cumul_to_zero=True, name=sums
            )
        if any(picked):
            changes = [gain - loss for gain, loss in zip(picked, dropped, strict=True)]
            evaluator = routing.RegisterUnaryTransitVector(changes)
            routing.AddDimensionWithVehicleCapacity(
                evaluator, 0, capacities, fix_start_cumul_to_zero=not any(dropped), name=load
            )
        if any(dropped) and any(picked):
            for number in range(len(self.fleet)):
                start = routing.GetDimensionOrDie(load).CumulVar(routing.Start(number))
                routing.solver().Add(start == routing.GetDimensionOrDie(sums).CumulVar(routing.End(number)))

    def _amounts(self, dimension: int, kind: StopKind) -> list[int]:
        amounts = [stop.load[dimension] if stop.kind is kind else 0 for stop in self.nodes.stops]
        return [*(0 for _ in self.nodes.depots), *amounts, *(0 for _ in self.nodes.berths)]

    def _close_arcs(self) -> None:
        """Take away the arcs that no profile has a road for; a node that follows itself is left out."""
        joined = np.logical_or.reduce([found.seconds != NO_ROAD for found in self._roads.values()])
        np.fill_diagonal(joined, val=True)
        first = self.nodes.first_stop
        indices = np.array([self.index(node) for node in range(first, len(self.nodes))], dtype=np.int64)
        for node in range(first, len(self.nodes)):
            closed = indices[~joined[node, first:]]
            self.routing.NextVar(self.index(node)).RemoveValues(closed.tolist())

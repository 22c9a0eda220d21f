"""The nodes of the routing model: depots first, then stops, then berths; and the roads between them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from router.domain.ids import DepotId, PlaceId, Profile, SailingId
from router.domain.problem import Problem, Stop
from router.domain.travel_choice import NO_ROAD
from router.solver.routing.berths import Berth, berths
from router.travel.travel import Travel

Ints = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Nodes:
    """What each node of the model stands for. ``None`` among the depots is where vehicles start or end anywhere."""

    depots: tuple[DepotId | None, ...]
    stops: tuple[Stop, ...]
    berths: tuple[Berth, ...]

    @classmethod
    def of(
        cls, problem: Problem, travel: Travel, vehicles: Sequence[int], boardings: Mapping[SailingId, int]
    ) -> "Nodes":
        """Return the nodes for these vehicles, with berths for a plan that boards each sailing so often.

        A depot without a vehicle is no node: the model would want it visited.
        """
        fleet = [problem.vehicles[number] for number in vehicles]
        return cls(
            tuple(dict.fromkeys(depot for vehicle in fleet for depot in (vehicle.start, vehicle.end))),
            problem.stops,
            tuple(berths(problem, travel, boardings)),
        )

    def __len__(self) -> int:
        return len(self.depots) + len(self.stops) + len(self.berths)

    @property
    def first_stop(self) -> int:
        """The node of the first stop."""
        return len(self.depots)

    @property
    def first_berth(self) -> int:
        """The node of the first berth."""
        return len(self.depots) + len(self.stops)

    def entered_at(self) -> tuple[PlaceId | None, ...]:
        """Return for each node the place where it begins."""
        return (
            *self.depots,
            *(stop.id for stop in self.stops),
            *(berth.line.from_port for berth in self.berths),
        )

    def left_at(self) -> tuple[PlaceId | None, ...]:
        """Return for each node the place where it ends: a berth ends across the water."""
        return (
            *self.depots,
            *(stop.id for stop in self.stops),
            *(berth.line.to_port for berth in self.berths),
        )

    def dwell(self) -> Ints:
        """Return for each node the seconds from when its time is told to when it is left."""
        service = (stop.service for stop in self.stops)
        return np.array([*(0 for _ in self.depots), *service, *(b.hold for b in self.berths)], dtype=np.int64)


@dataclass(frozen=True, slots=True)
class Roads:
    """Roads between the nodes for one profile, ``(nodes, nodes)`` each; ``NO_ROAD`` where there is none."""

    seconds: Ints
    meters: Ints


def roads(travel: Travel, nodes: Nodes, profile: Profile) -> Roads:
    """Return the roads from where nodes are left to where nodes are entered.

    Between two depots there is always a road, of no length: only a vehicle that stays at home takes it. From
    anywhere there is one to every stop and back, but none to a berth. From a berth there is none to a berth that
    leads straight back.
    """
    seconds = np.full((len(nodes), len(nodes)), NO_ROAD, dtype=np.int64)
    meters = np.full_like(seconds, NO_ROAD)
    left, entered = nodes.left_at(), nodes.entered_at()
    for (name, _), block in travel.matrix.blocks.items():
        if name == profile:
            row = {place: index for index, place in enumerate(block.places)}
            origins, from_rows = _inside(left, row)
            targets, to_rows = _inside(entered, row)
            seconds[np.ix_(origins, targets)] = block.seconds[np.ix_(from_rows, to_rows)]
            meters[np.ix_(origins, targets)] = block.meters[np.ix_(from_rows, to_rows)]
    depots = len(nodes.depots)
    back = _leads_straight_back(travel, nodes, profile)
    anywhere = [node for node, depot in enumerate(nodes.depots) if depot is None]
    for matrix in (seconds, meters):
        matrix[:depots, :depots] = 0
        matrix[anywhere, nodes.first_stop : nodes.first_berth] = 0
        matrix[nodes.first_stop : nodes.first_berth, anywhere] = 0
        matrix[nodes.first_berth :, nodes.first_berth :][back] = NO_ROAD
    return Roads(seconds, meters)


def _inside(places: Sequence[PlaceId | None], row: Mapping[PlaceId, int]) -> tuple[list[int], list[int]]:
    found = [(node, row[place]) for node, place in enumerate(places) if place is not None and place in row]
    return [node for node, _ in found], [index for _, index in found]


def _leads_straight_back(travel: Travel, nodes: Nodes, profile: Profile) -> NDArray[np.bool_]:
    masses = [
        (travel.land_mass(profile, b.line.from_port), travel.land_mass(profile, b.line.to_port))
        for b in nodes.berths
    ]
    return np.array([[a == d and b == c for c, d in masses] for a, b in masses], dtype=np.bool_).reshape(
        len(masses), len(masses)
    )

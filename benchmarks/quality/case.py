"""A benchmark instance as numbers: one depot, one kind of vehicle, whole units, and nobody's library."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Any

import numpy as np
from numpy.typing import NDArray


class Convention(StrEnum):
    """How positions become distances.

    ``DIMACS``: Euclidean, cut off after one decimal, as in the twelfth DIMACS challenge. ``EUCLIDEAN``: as they
    are; engines that count in whole numbers get thousandths, rounded up so that what is in time for them is.
    """

    DIMACS = "dimacs"
    EUCLIDEAN = "euclidean"

    @property
    def scale(self) -> int:
        """Whole units per unit of the instance."""
        return 10 if self is Convention.DIMACS else 1000


@dataclass(frozen=True, slots=True, kw_only=True)
class Node:
    """The depot (the first node) or a customer, in the units of the instance; the depot's window is the day."""

    x: float
    y: float
    demand: int
    ready: int
    due: int
    service: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """One instance.

    Attributes:
        nodes: The depot, then the customers; routes name them by their position here.
        pairs: Pick-up and drop-off of each shipment; none means that every customer gets a drop-off.
        vehicle_cost: What a used vehicle costs, in units of distance.
    """

    name: str
    convention: Convention
    fleet: int
    capacity: int
    nodes: tuple[Node, ...]
    pairs: tuple[tuple[int, int], ...] = ()
    vehicle_cost: int = 0

    @property
    def scale(self) -> int:
        """Whole units per unit of the instance."""
        return self.convention.scale

    def travel(self) -> NDArray[np.int32]:
        """Return distances, which are also times, in whole units; shape ``(n, n)``."""
        xy = np.array([(node.x, node.y) for node in self.nodes], dtype=np.float64)
        exact = np.hypot(xy[:, None, 0] - xy[None, :, 0], xy[:, None, 1] - xy[None, :, 1]) * self.scale
        cut = self.convention is Convention.DIMACS
        return (np.floor(exact + 1e-9) if cut else np.ceil(exact - 1e-9)).astype(np.int32)

    def to_json(self) -> dict[str, Any]:
        """Return it for a runner: everything in whole units, distances as a matrix."""
        scale = self.scale
        return {
            "name": self.name,
            "fleet": self.fleet,
            "capacity": self.capacity,
            "demand": [node.demand for node in self.nodes],
            "ready": [node.ready * scale for node in self.nodes],
            "due": [node.due * scale for node in self.nodes],
            "service": [node.service * scale for node in self.nodes],
            "travel": self.travel().tolist(),
            "pairs": [list(pair) for pair in self.pairs],
            "vehicle_cost": self.vehicle_cost * scale,
        }

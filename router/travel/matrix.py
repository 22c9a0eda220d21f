"""Road times and distances: one dense block per profile and land mass, nothing across water."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from router.domain.ids import IslandId, PlaceId, Profile
from router.domain.travel_choice import NO_ROAD
from router.domain.units import Meters, Seconds
from router.errors import DomainError


@dataclass(frozen=True, slots=True)
class Drive:
    """A road from one place to another."""

    seconds: Seconds
    meters: Meters


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Block:
    """All roads of one profile on one land mass.

    Attributes:
        places: Row and column names, in order.
        seconds: int32, shape ``(n, n)``; ``NO_ROAD`` where there is none; 0 on the diagonal.
        meters: The same shape and meaning.
    """

    places: tuple[PlaceId, ...]
    seconds: NDArray[np.int32]
    meters: NDArray[np.int32]

    def __post_init__(self) -> None:
        n = len(self.places)
        if self.seconds.shape != (n, n) or self.meters.shape != (n, n):
            raise DomainError(f"a block of {n} places needs {n} rows and columns")
        if ((self.seconds == NO_ROAD) != (self.meters == NO_ROAD)).any():
            raise DomainError("a road has either both seconds and metres, or neither")
        if (self.seconds < NO_ROAD).any() or (self.meters < NO_ROAD).any():
            raise DomainError("road times and distances must not be negative")
        if self.seconds.diagonal().any() or self.meters.diagonal().any():
            raise DomainError("staying where one is takes no time and no distance")


@dataclass(frozen=True, slots=True, kw_only=True)
class FarFromRoad:
    """A place that the road engine takes to be somewhere else: on the nearest road, ``meters`` away."""

    profile: Profile
    place: PlaceId
    meters: Meters


class TravelMatrix:
    """The roads of a problem.

    ``blocks`` is keyed by profile and land mass (see ``Problem.land_masses``); every place of the
    problem stands in exactly one block of each profile.
    """

    __slots__ = ("_position", "blocks", "far_places", "source", "waited_seconds")

    def __init__(
        self,
        blocks: Mapping[tuple[Profile, IslandId], Block],
        source: str,
        *,
        far_places: Sequence[FarFromRoad] = (),
        waited_seconds: float = 0.0,
    ) -> None:
        """Index the blocks.

        Args:
            blocks: The roads.
            source: Names the provider for people.
            far_places: Which places the provider knows no road near to.
            waited_seconds: How long others, on other machines maybe, took to answer.
        """
        self.blocks = dict(blocks)
        self.source = source
        self.far_places = tuple(far_places)
        self.waited_seconds = waited_seconds
        self._position: dict[tuple[Profile, PlaceId], tuple[Block, int]] = {
            (profile, place): (block, row)
            for (profile, _), block in self.blocks.items()
            for row, place in enumerate(block.places)
        }

    def drive(self, profile: Profile, origin: PlaceId, destination: PlaceId) -> Drive | None:
        """Return the road, or ``None`` where no road joins the two places.

        Raises:
            KeyError: a place is unknown for this profile.
        """
        block, row = self._position[profile, origin]
        other, column = self._position[profile, destination]
        if block is not other:
            return None
        seconds = int(block.seconds[row, column])
        if seconds == NO_ROAD:
            return None
        return Drive(Seconds(seconds), Meters(int(block.meters[row, column])))

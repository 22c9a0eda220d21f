"""How a request wants its road times: by a named provider, or by matrices of its own."""

from array import array
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from router.domain.ids import PlaceId, Profile
from router.errors import DomainError

NO_ROAD = -1
"""What a matrix cell holds where there is no road; never a large number that could be added up."""


class TravelProvider(StrEnum):
    """Where road times come from when the request does not bring them."""

    GREAT_CIRCLE = "great_circle"
    OSRM = "osrm"
    VALHALLA = "valhalla"


@dataclass(frozen=True, slots=True, kw_only=True)
class InlineMatrix:
    """Road seconds and metres between places as the caller gave them, row by row; ``NO_ROAD`` where null."""

    places: tuple[PlaceId, ...]
    seconds: "array[int]"
    meters: "array[int]"

    def __post_init__(self) -> None:
        cells = len(self.places) ** 2
        if len(self.seconds) != cells or len(self.meters) != cells:
            raise DomainError("a matrix must have one row and one column per place")
        if len(set(self.places)) != len(self.places):
            raise DomainError("a matrix names a place twice")


@dataclass(frozen=True, slots=True, kw_only=True)
class InlineMatrices:
    """One matrix for every profile of the fleet."""

    by_profile: Mapping[Profile, InlineMatrix]


TravelChoice = TravelProvider | InlineMatrices

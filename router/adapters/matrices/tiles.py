"""A matrix in tiles: spots in chunks that change little when a spot comes or goes, and what is known between two."""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from typing import NamedTuple, Self

import numpy as np
from numpy.typing import NDArray

from router.domain.travel_choice import NO_ROAD
from router.errors import DomainError

DEGREE = 100_000
"""Positions are rounded to a hundred-thousandth of a degree, a metre or so."""

SPOTS_PER_CUT = 2.0
"""How many chunks of full size there would be between two cuts. Few, so that most chunks are nearly full."""

Ints = NDArray[np.int32]


class Spot(NamedTuple):
    """A position in hundred-thousandths of a degree: what a road engine is asked for, and what is remembered."""

    lat: int
    lon: int

    @classmethod
    def at(cls, lat: float, lon: float) -> Self:
        """Return the spot of a position in degrees."""
        return cls(round(lat * DEGREE), round(lon * DEGREE))

    def degrees(self) -> tuple[float, float]:
        """Return latitude and longitude in degrees."""
        return self.lat / DEGREE, self.lon / DEGREE

    def packed(self) -> bytes:
        """Return it as eight bytes."""
        return self.lat.to_bytes(4, "big", signed=True) + self.lon.to_bytes(4, "big", signed=True)


Chunk = tuple[Spot, ...]


def chunks(spots: Iterable[Spot], most: int) -> list[Chunk]:
    """Return the spots in order, each once, in chunks of ``most`` at most.

    Where a chunk ends depends on the spot that it ends with, as in content-defined chunking (Muthitacharoen,
    Chen, Mazières, SOSP 2001): a spot that comes or goes changes the chunk that it is in, the one or two after
    that, and no others. Chunks of fixed size would all change, and all that was remembered would be lost.
    """
    out: list[Chunk] = []
    chunk: list[Spot] = []
    for spot in sorted(set(spots)):
        chunk.append(spot)
        if len(chunk) == most or _ends_chunk(spot, most):
            out.append(tuple(chunk))
            chunk = []
    return [*out, tuple(chunk)] if chunk else out


def _ends_chunk(spot: Spot, most: int) -> bool:
    digest = hashlib.blake2b(spot.packed(), digest_size=4).digest()
    return int.from_bytes(digest) % round(SPOTS_PER_CUT * most) == 0


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Tile:
    """What a road engine knows between the spots of two chunks.

    Attributes:
        seconds: Shape ``(origins, destinations)``; ``NO_ROAD`` where there is none.
        meters: The same shape and meaning.
        origin_snaps: Metres from each origin to the road that it was taken to be on.
        destination_snaps: The same for the destinations.
    """

    seconds: Ints
    meters: Ints
    origin_snaps: Ints
    destination_snaps: Ints

    def __post_init__(self) -> None:
        shape = (len(self.origin_snaps), len(self.destination_snaps))
        if self.seconds.shape != shape or self.meters.shape != shape:
            raise DomainError(f"a tile of {shape} needs as many seconds and metres")
        parts = (self.seconds, self.meters, self.origin_snaps, self.destination_snaps)
        if any((part < NO_ROAD).any() for part in parts):
            raise DomainError("road times and distances must not be negative")
        if ((self.seconds == NO_ROAD) != (self.meters == NO_ROAD)).any():
            raise DomainError("a road has either both seconds and metres, or neither")

    def to_bytes(self) -> bytes:
        """Return it to be kept: all numbers in the order of the fields, four bytes each, little-endian."""
        parts = (self.seconds, self.meters, self.origin_snaps, self.destination_snaps)
        return b"".join(part.astype("<i4").tobytes() for part in parts)

    @classmethod
    def from_bytes(cls, kept: bytes, origins: int, destinations: int) -> Self:
        """Return what was kept.

        Raises:
            DomainError: it is nothing that ``to_bytes`` returned for a tile of this shape.
        """
        cells = origins * destinations
        if len(kept) != 4 * (2 * cells + origins + destinations):
            raise DomainError(f"{len(kept)} bytes are no tile of {origins} x {destinations}")
        numbers = np.frombuffer(kept, "<i4").astype(np.int32)
        seconds, meters, origin_snaps, destination_snaps = np.split(
            numbers, [cells, 2 * cells, 2 * cells + origins]
        )
        return cls(
            seconds=seconds.reshape(origins, destinations),
            meters=meters.reshape(origins, destinations),
            origin_snaps=origin_snaps,
            destination_snaps=destination_snaps,
        )

"""Where things are, and when they may be visited."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Self

from router.domain.ids import IslandId, Profile
from router.domain.units import Instant
from router.errors import DomainError


@dataclass(frozen=True, slots=True, kw_only=True)
class Location:
    """A position on land.

    Attributes:
        lat: Latitude in WGS 84 degrees, -90 to 90.
        lon: Longitude in WGS 84 degrees, -180 to 180.
        island: The land mass it stands on; places of one island are joined by road.
        time_zone: IANA name of the clocks there.
    """

    lat: float
    lon: float
    island: IslandId
    time_zone: str

    def __post_init__(self) -> None:
        if not -90 <= self.lat <= 90:
            raise DomainError(f"latitude {self.lat} is not between -90 and 90")
        if not -180 <= self.lon <= 180:
            raise DomainError(f"longitude {self.lon} is not between -180 and 180")
        if not self.island:
            raise DomainError("a location needs an island")


@dataclass(frozen=True, slots=True, kw_only=True)
class FixedLink:
    """A bridge, tunnel or causeway: it makes one road network of two islands.

    Attributes:
        islands: The two islands.
        lat: Latitude of its middle.
        lon: Longitude of its middle.
        profiles: Who may pass; ``None`` means everybody.
    """

    islands: tuple[IslandId, IslandId]
    lat: float
    lon: float
    profiles: frozenset[Profile] | None = None

    def carries(self, profile: Profile) -> bool:
        """Return whether a vehicle of this profile may pass."""
        return self.profiles is None or profile in self.profiles


def land_masses(
    islands: Iterable[IslandId], links: Iterable[FixedLink], profile: Profile
) -> dict[IslandId, IslandId]:
    """Return, for every island, the name of the road network that it belongs to.

    Islands joined by fixed links that carry the profile, over islands that are not asked for too, share the
    alphabetically first name.
    """
    asked, passable = set(islands), [link for link in links if link.carries(profile)]
    mass = {island: island for island in asked.union(*(link.islands for link in passable))}
    for link in passable:
        low, high = sorted(mass[island] for island in link.islands)
        mass = {island: low if name == high else name for island, name in mass.items()}
    return {island: mass[island] for island in sorted(asked)}


@dataclass(frozen=True, slots=True, order=True)
class TimeWindow:
    """An interval of instants, both ends inclusive; service may *begin* within it."""

    start: Instant
    end: Instant

    def __post_init__(self) -> None:
        if self.end < self.start:
            raise DomainError(f"a window ends ({self.end}) before it starts ({self.start})")

    def __contains__(self, instant: object) -> bool:
        return isinstance(instant, int) and self.start <= instant <= self.end

    @classmethod
    def merged(cls, windows: Sequence[Self]) -> tuple[Self, ...]:
        """Return the same instants as sorted, disjoint windows."""
        out: list[Self] = []
        for window in sorted(windows):
            if out and window.start <= out[-1].end:
                out[-1] = cls(out[-1].start, max(out[-1].end, window.end))
            else:
                out.append(window)
        return tuple(out)


def require_sorted_disjoint(windows: Sequence[TimeWindow], owner: str) -> None:
    """Raise ``DomainError`` unless the windows are in order and apart from each other."""
    for before, after in pairwise(windows):
        if after.start <= before.end:
            raise DomainError(f"windows of {owner} overlap or are out of order")

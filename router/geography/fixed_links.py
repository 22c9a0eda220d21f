"""Bridges and causeways that make one road network of two islands."""

import csv
from collections.abc import Callable
from dataclasses import dataclass
from importlib.resources import files

from router.domain.ids import IslandId, Profile
from router.domain.places import FixedLink

SHIPPED = files("router.geography") / "data" / "fixed_links.csv"


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkEnds:
    """A fixed link by the positions of its two heads, so that it fits any land layer.

    Attributes:
        name: What people call it.
        heads: Latitude and longitude on land at either end.
        profiles: Who may pass; ``None`` means everybody.
        source: Where that is known from.
    """

    name: str
    heads: tuple[tuple[float, float], tuple[float, float]]
    profiles: frozenset[Profile] | None
    source: str

    def between(self, islands: tuple[IslandId, IslandId]) -> FixedLink:
        """Return the link as one between these two islands."""
        (lat_a, lon_a), (lat_b, lon_b) = self.heads
        lat, lon = round((lat_a + lat_b) / 2, 6), round((lon_a + lon_b) / 2, 6)
        return FixedLink(islands=islands, lat=lat, lon=lon, profiles=self.profiles)


def shipped_link_ends() -> tuple[LinkEnds, ...]:
    """Return the links of ``data/fixed_links.csv``."""
    rows = csv.DictReader(SHIPPED.read_text(encoding="utf-8").splitlines())
    return tuple(_link_ends(row) for row in rows)


def resolve(
    links: tuple[LinkEnds, ...], island_at: Callable[[float, float], IslandId | None]
) -> tuple[FixedLink, ...]:
    """Return the links whose heads lie on two different islands, as those are called by ``island_at``.

    A coarse layer draws some islands as one: then there is nothing to join.
    """
    resolved = []
    for link in links:
        one, other = (island_at(lat, lon) for lat, lon in link.heads)
        if one is not None and other is not None and one != other:
            resolved.append(link.between((one, other)))
    return tuple(resolved)


def _link_ends(row: dict[str, str]) -> LinkEnds:
    profiles = frozenset(Profile(profile) for profile in row["profiles"].split())
    return LinkEnds(
        name=row["name"],
        heads=(
            (float(row["from_lat"]), float(row["from_lon"])),
            (float(row["to_lat"]), float(row["to_lon"])),
        ),
        profiles=profiles or None,
        source=row["source"],
    )

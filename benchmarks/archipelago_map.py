"""The land of a generated archipelago: islands, their settlements, and positions around them."""

import math
import random
from dataclasses import dataclass
from datetime import datetime, timedelta, timezone
from typing import Any

CLOCK = timezone(timedelta(hours=8))
"""The offset of every instant in a generated request (WITA)."""

MIDNIGHT = datetime(2026, 11, 25, tzinfo=CLOCK)
METERS_PER_DEGREE = 111_195.0


@dataclass(frozen=True, slots=True)
class Settlement:
    """A place where people live; ``people`` is a weight."""

    lat: float
    lon: float
    people: float


@dataclass(frozen=True, slots=True)
class Island:
    """A round island with its settlements; ``people`` is a weight."""

    id: str
    lat: float
    lon: float
    radius_meters: float
    people: float
    settlements: tuple[Settlement, ...]


def islands(draw: random.Random, count: int) -> list[Island]:
    """Return the islands: a large main one, then smaller ones in an arc to its east, nearest first."""
    made = [_island(draw, "main", -8.5, 115.2, radius=22_000.0, settlements=14, people=100.0)]
    for number in range(1, count):
        bearing = math.radians(60 + 22 * number + draw.uniform(-8, 8))
        distance = 32_000 + 7_000 * number + draw.uniform(0, 5_000)
        lat, lon = moved(-8.5, 115.2, distance * math.sin(bearing), distance * math.cos(bearing))
        radius = draw.uniform(3_000, 9_000)
        people = draw.uniform(12, 40)
        made.append(_island(draw, f"isle-{number}", lat, lon, radius=radius, settlements=4, people=people))
    return made


def _island(
    draw: random.Random, name: str, lat: float, lon: float, *, radius: float, settlements: int, people: float
) -> Island:
    towns = []
    for rank in range(1, settlements + 1):
        reach, turn = radius * math.sqrt(draw.random()) * 0.85, draw.uniform(0, math.tau)
        town_lat, town_lon = moved(lat, lon, reach * math.cos(turn), reach * math.sin(turn))
        towns.append(Settlement(town_lat, town_lon, 1 / rank))
    return Island(name, lat, lon, radius, people, tuple(towns))


def moved(lat: float, lon: float, east: float, north: float) -> tuple[float, float]:
    """Return the position so many metres east and north of another."""
    return lat + north / METERS_PER_DEGREE, lon + east / (METERS_PER_DEGREE * math.cos(math.radians(lat)))


def shifted(origin: dict[str, Any], destination: dict[str, Any]) -> tuple[float, float]:
    """Return how many metres east and north of the origin the destination lies."""
    north = (destination["lat"] - origin["lat"]) * METERS_PER_DEGREE
    east = (destination["lon"] - origin["lon"]) * METERS_PER_DEGREE * math.cos(math.radians(origin["lat"]))
    return east, north


def spot_near(draw: random.Random, island: Island, settlement: Settlement) -> dict[str, Any]:
    """Return a location up to 600 m or so from the middle of a settlement."""
    lat, lon = moved(settlement.lat, settlement.lon, draw.gauss(0, 400), draw.gauss(0, 400))
    return location(island, lat, lon)


def location(island: Island, lat: float, lon: float) -> dict[str, Any]:
    """Return a wire location with its island named, so that no land layer is needed."""
    return {"lat": round(lat, 5), "lon": round(lon, 5), "island": island.id}


def stamp(hour: float) -> str:
    """Return the instant, to the minute, at an hour of the planned day."""
    return (MIDNIGHT + timedelta(minutes=round(hour * 60))).isoformat()

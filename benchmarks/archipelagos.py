"""Archipelagos made from a seed: whole plan requests as in the wire contract.

People live in settlements, a few large and many small (weights fall as 1/rank), and order from there.
Islands are joined by ferry lines in both directions; the last island has no line to the main one and is
reached through its neighbour, a chain of two lines. The same shape and seed give the same request on every
machine: all draws come from one ``random.Random``, and no draw depends on the order of a set.
"""

import math
import random
from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from types import MappingProxyType
from typing import Any

from benchmarks.archipelago_ferries import ferries
from benchmarks.archipelago_map import Island, islands, shifted, spot_near, stamp

Json = dict[str, Any]
"""A JSON object on its way to the wire."""


class Feature(StrEnum):
    """What an archipelago may have beyond stops, vehicles and lines."""

    WINDOWS = "windows"
    SEVERAL_WINDOWS = "several_windows"
    PICKUPS = "pickups"
    SKILLS = "skills"
    ALLOWED_VEHICLES = "allowed_vehicles"
    PENALTIES = "penalties"
    DEPOTS = "depots"
    DEPOT_WINDOWS = "depot_windows"
    MOTORBIKES = "motorbikes"
    TRUCKS = "trucks"
    NO_FERRY_CLASS = "no_ferry_class"
    PER_HOUR = "per_hour"
    FARES = "fares"
    CANCELLED = "cancelled"
    SLOW_SAILINGS = "slow_sailings"
    CHAINS = "chains"
    MATRIX = "matrix"


class Decks(StrEnum):
    """Whether ferries have room for everybody, or for one or two vehicles."""

    FREE = "free"
    TIGHT = "tight"


REALISTIC = frozenset(Feature) - {Feature.MATRIX}


@dataclass(frozen=True, slots=True, kw_only=True)
class Shape:
    """What kind of archipelago to make.

    Attributes:
        stops: How many orders there are.
        islands: How many islands; the first is the main one, with the first depot.
        vehicles: The size of the fleet.
        headway_minutes: Mean time between two sailings of a line.
        penalties: Least and greatest penalty; by default serving is nearly always worth it.
    """

    stops: int
    islands: int = 5
    vehicles: int = 20
    decks: Decks = Decks.FREE
    features: frozenset[Feature] = REALISTIC
    headway_minutes: int = 60
    penalties: tuple[int, int] = (1_000_000, 1_500_000)


SIZES: Mapping[int, Shape] = MappingProxyType(
    {
        60: Shape(stops=60, vehicles=8),
        230: Shape(stops=230, vehicles=20),
        500: Shape(stops=500, vehicles=34),
        600: Shape(stops=600, vehicles=40),
        1000: Shape(stops=1000, vehicles=50),
        2000: Shape(stops=2000, vehicles=80),
        5000: Shape(stops=5000, vehicles=180, headway_minutes=45),
        10_000: Shape(stops=10_000, vehicles=360, headway_minutes=30),
    }
)
"""The sizes that the benchmarks use, all on five islands with ten line directions."""


def sized(stops: int, *, seed: int, decks: Decks = Decks.FREE) -> Json:
    """Return the archipelago of one of ``SIZES`` for a seed."""
    return archipelago(replace(SIZES[stops], decks=decks), seed)


def small(seed: int, *, most_stops: int = 40) -> Json:
    """Return an archipelago of 1 to ``most_stops`` stops; the seed decides its shape and features too."""
    draw = random.Random(f"shape {seed}")
    shape = Shape(
        stops=draw.randint(1, most_stops),
        islands=draw.randint(1, 5),
        vehicles=draw.randint(1, 6),
        decks=draw.choice([Decks.FREE, Decks.TIGHT]),
        features=frozenset(feature for feature in Feature if draw.random() < 0.7),
        headway_minutes=draw.choice([60, 120, 240]),
        penalties=(60_000, 400_000),
    )
    return archipelago(shape, seed)


def archipelago(shape: Shape, seed: int) -> Json:
    """Return a plan request of this shape; equal arguments give equal requests."""
    draw = random.Random(f"archipelago {seed}")
    land = islands(draw, shape.islands)
    depots = _depots(draw, shape, land)
    vehicles = _vehicles(draw, shape, depots)
    stops = [_stop(draw, shape, land, vehicles, number) for number in range(shape.stops)]
    _fit_capacities(draw, stops, vehicles)
    request: Json = {
        "name": f"archipelago of {shape.stops} stops, decks {shape.decks}, seed {seed}",
        "currency": "IDR",
        "depots": depots,
        "stops": stops,
        "vehicles": vehicles,
        "ferries": ferries(
            draw, land, shape.features, tight=shape.decks is Decks.TIGHT, headway=shape.headway_minutes
        ),
        "travel": {"provider": "great_circle"},
        "options": {"seed": seed},
    }
    if Feature.MATRIX in shape.features:
        request["travel"] = {"matrices": _matrices(draw, request)}
    return request


def _depots(draw: random.Random, shape: Shape, land: list[Island]) -> list[Json]:
    homes = [land[0], land[1 % len(land)]] if Feature.DEPOTS in shape.features else [land[0]]
    depots: list[Json] = [
        {"id": f"depot-{number}", "location": spot_near(draw, home, home.settlements[0])}
        for number, home in enumerate(homes)
    ]
    if Feature.DEPOT_WINDOWS in shape.features:
        depots[0]["windows"] = [
            {"start": stamp(5.5), "end": stamp(12)},
            {"start": stamp(draw.uniform(12.5, 14)), "end": stamp(21)},
        ]
    return depots


def _vehicles(draw: random.Random, shape: Shape, depots: list[Json]) -> list[Json]:
    return [_vehicle(draw, shape, depots, number) for number in range(shape.vehicles)]


def _vehicle(draw: random.Random, shape: Shape, depots: list[Json], number: int) -> Json:
    has = shape.features.__contains__
    kind = "van"
    if has(Feature.MOTORBIKES) and number % 3 == 2:
        kind = "motorbike"
    elif has(Feature.TRUCKS) and number % 5 == 3:
        kind = "truck"
    ferry_class, slots, fixed, per_km, per_hour = {
        "van": ("IVB", 1, 100_000, 2_500, 30_000),
        "motorbike": ("II", 1, 30_000, 600, 20_000),
        "truck": ("VB", 2, 160_000, 4_000, 35_000),
    }[kind]
    begins = draw.choice([6.0, 6.0, 7.0, 8.0])
    start = depots[0] if draw.random() < 0.7 else depots[-1]
    vehicle: Json = {
        "id": f"{kind}-{number}",
        "profile": "motorbike" if kind == "motorbike" else "van",
        "start": start["id"],
        "end": start["id"] if draw.random() < 0.9 else depots[0]["id"],
        "shift": {"start": stamp(begins), "end": stamp(begins + draw.choice([10.0, 12.0, 13.0]))},
        "deck_slots": slots,
        "costs": {"fixed": fixed, "per_km": per_km, "per_hour": per_hour if has(Feature.PER_HOUR) else 0},
    }
    if not (has(Feature.NO_FERRY_CLASS) and number % 7 == 6):
        vehicle["ferry_class"] = ferry_class
    if has(Feature.SKILLS):
        vehicle["provides"] = [skill for skill in ("fragile", "cold") if draw.random() < 0.6]
    return vehicle


def _stop(draw: random.Random, shape: Shape, land: list[Island], vehicles: list[Json], number: int) -> Json:
    has = shape.features.__contains__
    island = draw.choices(land, weights=[i.people for i in land])[0]
    settlement = draw.choices(island.settlements, weights=[s.people for s in island.settlements])[0]
    parcels = draw.choices([1, 2, 3, 5], weights=[70, 18, 8, 4])[0]
    stop: Json = {
        "id": f"p-{number:04d}",
        "kind": "pickup" if has(Feature.PICKUPS) and draw.random() < 0.15 else "dropoff",
        "location": spot_near(draw, island, settlement),
        "service_seconds": draw.randrange(60, 361, 30),
        "load": {"parcels": parcels, "grams": parcels * draw.randint(200, 9_000)},
    }
    if has(Feature.WINDOWS) and draw.random() < 0.5:
        opens = draw.uniform(7, 15)
        stop["windows"] = [{"start": stamp(opens), "end": stamp(opens + draw.uniform(1.5, 5))}]
        if has(Feature.SEVERAL_WINDOWS) and draw.random() < 0.3:
            stop["windows"].append({"start": stamp(20.25), "end": stamp(20.5)})
            stop["windows"].insert(0, {"start": stamp(5.5), "end": stamp(opens - 0.75)})
    if has(Feature.PENALTIES) and draw.random() < 0.85:
        stop["penalty"] = draw.randrange(shape.penalties[0], shape.penalties[1] + 1, 5_000)
    if has(Feature.SKILLS) and draw.random() < 0.1:
        stop["requires"] = [draw.choice(["fragile", "cold"])]
    if has(Feature.ALLOWED_VEHICLES) and draw.random() < 0.05:
        chosen = draw.sample(vehicles, k=max(1, len(vehicles) // 3))
        stop["allowed_vehicles"] = sorted(vehicle["id"] for vehicle in chosen)
    return stop


def _fit_capacities(draw: random.Random, stops: list[Json], vehicles: list[Json]) -> None:
    """Give the fleet room for about one and a half times what there is to carry."""
    parcels = sum(stop["load"]["parcels"] for stop in stops)
    size = {"motorbike": 0.5, "van": 1.0, "truck": 2.0}
    for vehicle in vehicles:
        share = size[vehicle["id"].rsplit("-", 1)[0]] * draw.uniform(1.5, 2.0) / len(vehicles)
        vehicle["capacity"] = {"parcels": max(5, math.ceil(parcels * share))}
        if draw.random() < 0.9:
            vehicle["capacity"]["grams"] = vehicle["capacity"]["parcels"] * 6_000


def _matrices(draw: random.Random, request: Json) -> Json:
    """Return inline matrices that are not symmetric, break the triangle inequality and lack a road or two."""
    named = [*request["depots"], *request["stops"], *request["ferries"]["ports"]]
    speeds = {"van": draw.uniform(7, 11), "motorbike": draw.uniform(8, 12)}
    return {
        profile: _matrix(draw, named, speeds[profile])
        for profile in sorted({v["profile"] for v in request["vehicles"]})
    }


def _matrix(draw: random.Random, named: list[Json], speed: float) -> Json:
    seconds: list[list[int | None]] = []
    meters: list[list[int | None]] = []
    for origin in named:
        roads = [_road(draw, origin["location"], destination["location"]) for destination in named]
        meters.append(roads)
        seconds.append([None if road is None else round(road / speed) for road in roads])
    return {"places": [place["id"] for place in named], "seconds": seconds, "meters": meters}


def _road(draw: random.Random, origin: Json, destination: Json) -> int | None:
    if origin is destination:
        return 0
    detour, missing = draw.uniform(1.1, 1.8), draw.random() < 0.005
    if origin["island"] != destination["island"] or missing:
        return None
    east, north = shifted(origin, destination)
    return round(math.hypot(east, north) * detour)

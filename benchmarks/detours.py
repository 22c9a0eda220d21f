"""``python -m benchmarks.detours``: how far great-circle travel is from the roads of Malta, profile by profile.

Random positions on the island of Malta, those more than a hundred metres from a road left out, all pairs of
them. OSRM has no profile for vans, trucks and motorbikes, so that all three are compared with its car.
"""

import json
import random
import sys
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from benchmarks.machine import machine
from benchmarks.roads.engines import MALTA, Engines, engines, osrm_server
from benchmarks.roads.install import ENGINES
from router.adapters.matrices.asking import Patience
from router.adapters.matrices.great_circle import GreatCircleSource
from router.adapters.matrices.osrm import ANY_PROFILE, Osrm
from router.adapters.matrices.road_source import RoadEngineSource
from router.domain.fleet import Conveyance, Vehicle
from router.domain.ids import DepotId, IslandId, Profile, StopId, VehicleId
from router.domain.places import Location, TimeWindow
from router.domain.problem import Depot, Problem, Stop, StopKind
from router.domain.travel_choice import NO_ROAD, TravelProvider
from router.domain.units import Instant
from router.travel.matrix import TravelMatrix
from router.travel.profiles import PROFILES

POSITIONS = 300
SEED = 1
NEAR_ROAD_METERS = 100
LEAST_METERS = 500
ISLAND = IslandId("malta")
SOUTH, NORTH, WEST, EAST = 35.80, 35.99, 14.31, 14.58
OSRM_PROFILES: Mapping[str, str] = {
    "van": "car",
    "truck": "car",
    "car": "car",
    "motorbike": "car",
    "bicycle": "bicycle",
    "foot": "foot",
}
RESULTS = Path(__file__).parent / "results"


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One profile. Detours are road metres over great-circle metres; speeds are means over all pairs."""

    profile: str
    osrm_profile: str
    pairs: int
    detour_p10: float
    detour_median: float
    detour_p90: float
    detour_used: float
    osrm_km_per_hour: float
    km_per_hour_used: float
    seconds_ratio_p10: float
    seconds_ratio_median: float
    seconds_ratio_p90: float


def main() -> int:
    """Measure all profiles, and write down what came out."""
    found = engines()
    if found is None or not MALTA.exists():
        print("needs `make roads` and ../shared/data/osm/malta.osm.pbf", file=sys.stderr)
        return 1
    rows = [
        row
        for osrm_profile in dict.fromkeys(OSRM_PROFILES.values())
        for row in _measured(found, osrm_profile)
    ]
    measured = {"machine": machine(), "engines": ENGINES, "seed": SEED, "rows": [asdict(row) for row in rows]}
    (RESULTS / "detours.json").write_text(json.dumps(measured, indent=1) + "\n")
    (RESULTS / "detours.md").write_text(_report(rows))
    print(_report(rows))
    return 0


def _measured(found: Engines, osrm_profile: str) -> list[Row]:
    """Return the rows of the profiles that are compared with one of OSRM."""
    profiles = [Profile(mine) for mine, theirs in OSRM_PROFILES.items() if theirs == osrm_profile]
    data = found.build_osrm(MALTA, osrm_profile)
    with osrm_server(found, data) as server:
        engine = Osrm({ANY_PROFILE: server.url}, exclude="", table_size=100)
        source = RoadEngineSource(engine, patience=Patience(), far_meters=NEAR_ROAD_METERS)
        everywhere = _problem(profiles, _positions())
        far = {each.place for each in source.travel_matrix(everywhere, TravelProvider.OSRM).far_places}
        near = [everywhere.location(p) for p in everywhere.places() if p not in far]
        question = _problem(profiles, near)
        roads = source.travel_matrix(question, TravelProvider.OSRM)
    made_up = GreatCircleSource().travel_matrix(question, TravelProvider.GREAT_CIRCLE)
    return [_row(profile, osrm_profile, roads, made_up) for profile in profiles]


def _row(profile: Profile, osrm_profile: str, roads: TravelMatrix, made_up: TravelMatrix) -> Row:
    road, guess = roads.blocks[profile, ISLAND], made_up.blocks[profile, ISLAND]
    pace = PROFILES[profile]
    straight = guess.meters / pace.detour
    counted = (straight >= LEAST_METERS) & (road.seconds != NO_ROAD)
    detours = road.meters[counted] / straight[counted]
    ratios = guess.seconds[counted] / road.seconds[counted]
    speed = 3.6 * road.meters[counted].sum() / road.seconds[counted].sum()
    return Row(
        profile=profile,
        osrm_profile=osrm_profile,
        pairs=int(counted.sum()),
        **dict(zip(("detour_p10", "detour_median", "detour_p90"), _spread(detours), strict=True)),
        detour_used=pace.detour,
        osrm_km_per_hour=round(float(speed), 1),
        km_per_hour_used=pace.km_per_hour,
        **dict(
            zip(
                ("seconds_ratio_p10", "seconds_ratio_median", "seconds_ratio_p90"),
                _spread(ratios),
                strict=True,
            )
        ),
    )


def _spread(values: NDArray[np.float64]) -> list[float]:
    return [round(float(value), 2) for value in np.percentile(values, [10, 50, 90])]


def _positions() -> list[Location]:
    chance = random.Random(SEED)
    return [_location(chance.uniform(SOUTH, NORTH), chance.uniform(WEST, EAST)) for _ in range(POSITIONS)]


def _location(lat: float, lon: float) -> Location:
    return Location(lat=lat, lon=lon, island=ISLAND, time_zone="Europe/Malta")


def _problem(profiles: Sequence[Profile], positions: Sequence[Location]) -> Problem:
    depot = Depot(id=DepotId("depot"), location=positions[0])
    day = TimeWindow(Instant(0), Instant(86_400))
    return Problem(
        name="Malta",
        currency="EUR",
        dimensions=(),
        depots=(depot,),
        stops=tuple(
            Stop(id=StopId(f"p-{number}"), kind=StopKind.DROPOFF, location=location, load=())
            for number, location in enumerate(positions[1:])
        ),
        vehicles=tuple(
            Vehicle(
                id=VehicleId(profile),
                conveyance=Conveyance(profile=profile, ferry_class=None, deck_slots=0),
                start=depot.id,
                end=depot.id,
                shift=day,
                capacity=(),
            )
            for profile in profiles
        ),
    )


def _report(rows: Sequence[Row]) -> str:
    on = "; ".join(f"{name} {value}" for name, value in machine().items())
    lines = [
        "# Great circle against OSRM on Malta",
        "",
        f"{POSITIONS} random positions (seed {SEED}), less those over {NEAR_ROAD_METERS} m from a road; all pairs "
        f"at least {LEAST_METERS} m",
        "apart. Made by `python -m benchmarks.detours`.",
        "",
        f"Engine: {ENGINES[0]}, its own profiles without ferries. "
        f"Extract: malta.osm.pbf, © OpenStreetMap contributors (ODbL). Machine: {on}.",
        "",
        "| profile | OSRM's | pairs | detour p10 · median · p90 | used | OSRM km/h | used "
        "| time ÷ OSRM's p10 · median · p90 |",
        "| --- | --- | --- | --- | --- | --- | --- | --- |",
        *(
            f"| {r.profile} | {r.osrm_profile} | {r.pairs:,} | {r.detour_p10} · {r.detour_median} · {r.detour_p90} "
            f"| {r.detour_used} | {r.osrm_km_per_hour} | {r.km_per_hour_used} "
            f"| {r.seconds_ratio_p10} · {r.seconds_ratio_median} · {r.seconds_ratio_p90} |"
            for r in rows
        ),
        "",
        "OSRM takes roads for empty; great-circle travel means to be right with traffic, so that its times are longer.",
        "",
    ]
    return "\n".join(lines)


if __name__ == "__main__":
    sys.exit(main())

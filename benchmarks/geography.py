"""What it takes to know where things are: loading a land layer, looking positions up, telling their time zone.

Run it with the shipped layer or with one of your own; positions are spread over Bali and Lombok, so that all but
a few are on land::

    python -m benchmarks.geography [LAYER]
"""

import argparse
import random
import resource
import time
from collections.abc import Callable
from pathlib import Path

from benchmarks.machine import machine
from router.geography.geography import Geography, Placement

POSITIONS = 100_000
REPEATS = 5
SEED = 1
SOUTH, WEST, NORTH, EAST = -8.85, 114.43, -8.1, 116.7
MICRO = 1e6


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("layer", type=Path, nargs="?", help="GeoJSON or GeoParquet; default: the shipped one")
    layer = parser.parse_args().layer
    print(", ".join(f"{name} {said}" for name, said in machine().items()))
    before, began = _resident_mib(), time.perf_counter()
    geography = Geography.load(layer)
    print(f"loading the layer: {time.perf_counter() - began:.2f} s, {_resident_mib() - before:.0f} MiB")
    before, began = _resident_mib(), time.perf_counter()
    geography.time_zone(SOUTH, WEST)
    print(f"the first time zone: {time.perf_counter() - began:.2f} s, {_resident_mib() - before:.0f} MiB")

    spread = _positions(random.Random(SEED))
    found = geography.locate_many(spread)
    kinds: dict[str, list[tuple[float, float]]] = {}
    for at, where in zip(spread, found, strict=True):
        off_the_coast = isinstance(where, Placement) and where.snapped_meters
        kind = "snapped" if off_the_coast else "on land" if isinstance(where, Placement) else "at sea"
        kinds.setdefault(kind, []).append(at)
    for kind, positions in sorted(kinds.items()):
        _report(kind, positions, geography.locate_many)
    _report("time zone", spread, lambda some: [geography.time_zone(lat, lon) for lat, lon in some])


def _positions(randomness: random.Random) -> list[tuple[float, float]]:
    return [(randomness.uniform(SOUTH, NORTH), randomness.uniform(WEST, EAST)) for _ in range(POSITIONS)]


def _report(
    what: str,
    positions: list[tuple[float, float]],
    look_up: Callable[[list[tuple[float, float]]], object],
) -> None:
    spent = []
    for _ in range(REPEATS):
        began = time.process_time()
        look_up(positions)
        spent.append(time.process_time() - began)
    each = min(spent) / len(positions) * MICRO
    print(f"{what}: {each:.2f} µs for each of {len(positions)} (processor time, best of {REPEATS})")


def _resident_mib() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


if __name__ == "__main__":
    main()

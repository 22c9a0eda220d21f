"""Generated archipelagos: the same on every machine, of the size asked for, with the features asked for."""

import subprocess
import sys
from hashlib import sha256

import orjson
import pytest

from benchmarks.archipelagos import SIZES, Decks, Feature, Shape, archipelago, sized, small
from benchmarks.reading import read


def digest(document: object) -> str:
    """Return the document in a few letters."""
    return sha256(orjson.dumps(document)).hexdigest()[:16]


@pytest.mark.parametrize("hash_seed", ["1", "2"])
def test_a_seed_gives_the_same_request_in_every_process(hash_seed: str) -> None:
    """Not even the order of Python's sets gets into it."""
    code = (
        "import orjson; from hashlib import sha256; from benchmarks.archipelagos import small;"
        "print(sha256(orjson.dumps([small(n) for n in range(20)])).hexdigest()[:16])"
    )
    printed = subprocess.run(
        [sys.executable, "-c", code],
        env={"PYTHONHASHSEED": hash_seed},
        capture_output=True,
        check=True,
        text=True,
    ).stdout.strip()
    assert printed == digest([small(n) for n in range(20)])


def test_other_seeds_give_other_requests() -> None:
    """No two of a hundred are alike."""
    assert len({digest(small(seed)) for seed in range(100)}) == 100


@pytest.mark.parametrize("stops", [60, 230, 600])
def test_a_sized_archipelago_has_five_islands_and_ten_directions(stops: int) -> None:
    """As in the measurements that the engine was chosen by."""
    problem = read(sized(stops, seed=1)).problem
    assert (len(problem.stops), len(problem.vehicles)) == (stops, SIZES[stops].vehicles)
    assert len({stop.location.island for stop in problem.stops}) == 5
    assert len(problem.timetable.lines) == 10


def test_decks_are_tight_or_free() -> None:
    """Tight decks hold one or two vehicles; free ones have room for the whole fleet."""
    tight = read(sized(60, seed=1, decks=Decks.TIGHT)).problem
    assert {sailing.deck_slots for sailing in tight.timetable.sailings()} == {1, 2}
    free = read(sized(60, seed=1)).problem
    fleet = sum(vehicle.conveyance.deck_slots for vehicle in free.vehicles)
    assert all(s.deck_slots is None or s.deck_slots >= fleet for s in free.timetable.sailings())


def test_features_are_there_only_when_asked_for() -> None:
    """A shape without features has neither windows nor skills, fares, cancelled sailings nor matrices."""
    plain = orjson.dumps(archipelago(Shape(stops=200, features=frozenset()), 1)).decode()
    rich = orjson.dumps(archipelago(Shape(stops=200, features=frozenset(Feature)), 1)).decode()
    for word in (
        "windows",
        "requires",
        "allowed_vehicles",
        "penalty",
        "fares",
        "cancelled",
        "matrices",
        "pickup",
    ):
        assert f'"{word}"' not in plain
        assert f'"{word}"' in rich

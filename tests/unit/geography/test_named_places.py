"""Known places, from the Gilis to harbours in the water, on their islands: with the shipped layer and a finer one.

``named_places.csv`` says on which island each place is, ``islands.csv`` gives a position in the middle of each
of these islands: whatever a layer calls them, place and middle have to be on the same one.
"""

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum, auto
from pathlib import Path

import pytest

from router.errors import AtSea
from router.geography.geography import SNAP_METERS, Geography, Placement

HERE = Path(__file__).parent
VILLAGE_LAYER = HERE.parents[2].parent / "shared" / "data" / "geo" / "idn_islands_from_villages.parquet"
LEAST_RIGHT = 0.9


class Verdict(Enum):
    """What a layer makes of a place. One that is told to be off the coast comes with a warning."""

    RIGHT = auto()
    REFUSED = auto()
    WRONG_WITH_A_WARNING = auto()
    WRONG_IN_SILENCE = auto()


@dataclass(frozen=True, slots=True)
class NamedPlace:
    """A place and the island that it is on."""

    name: str
    lat: float
    lon: float
    island: str


def rows(name: str) -> Iterator[dict[str, str]]:
    with (HERE / name).open(newline="") as file:
        yield from csv.DictReader(file)


PLACES = tuple(
    NamedPlace(row["place"], float(row["lat"]), float(row["lon"]), row["island"])
    for row in rows("named_places.csv")
)
MIDDLES = {row["island"]: (float(row["lat"]), float(row["lon"])) for row in rows("islands.csv")}


def verdicts(geography: Geography) -> dict[str, Verdict]:
    islands = dict(zip(MIDDLES, geography.locate_many(list(MIDDLES.values())), strict=True))
    found = geography.locate_many([(place.lat, place.lon) for place in PLACES])
    return {place.name: verdict(at, islands[place.island]) for place, at in zip(PLACES, found, strict=True)}


def verdict(found: Placement | AtSea, expected: Placement | AtSea) -> Verdict:
    if isinstance(found, AtSea):
        return Verdict.REFUSED
    if isinstance(expected, Placement) and found.island == expected.island and expected.snapped_meters == 0:
        return Verdict.RIGHT
    return Verdict.WRONG_WITH_A_WARNING if found.snapped_meters else Verdict.WRONG_IN_SILENCE


@pytest.fixture(scope="module")
def shipped() -> Geography:
    return Geography.load()


def test_the_list_is_long_and_of_small_islands_too() -> None:
    assert len(PLACES) >= 53
    assert {place.island for place in PLACES} == MIDDLES.keys()
    assert {"gili-meno", "nusa-ceningan", "menjangan", "serangan", "penyengat"} <= MIDDLES.keys()


def test_nine_of_ten_are_right_with_the_shipped_layer_and_none_is_wrong_in_silence(
    shipped: Geography,
) -> None:
    """The rest is refused, or moved to another island with a warning that says so."""
    said = verdicts(shipped)
    assert list(said.values()).count(Verdict.RIGHT) >= LEAST_RIGHT * len(said)
    assert [name for name, each in said.items() if each is Verdict.WRONG_IN_SILENCE] == []


@pytest.mark.parametrize("place", PLACES, ids=lambda place: place.name)
def test_the_shipped_layer_calls_the_island_by_its_name_or_refuses(
    shipped: Geography, place: NamedPlace
) -> None:
    (found,) = shipped.locate_many([(place.lat, place.lon)])
    if isinstance(found, AtSea):
        assert found.nearest_meters is not None
        assert found.nearest_meters > SNAP_METERS
    else:
        assert found.island == place.island


@pytest.mark.shared
@pytest.mark.skipif(not VILLAGE_LAYER.exists(), reason="the measuring data is not beside the checkout")
def test_all_are_right_with_the_layer_made_from_villages() -> None:
    geography = Geography.load(VILLAGE_LAYER)
    wrong = {name: each for name, each in verdicts(geography).items() if each is not Verdict.RIGHT}
    assert wrong == {}
    middles = geography.locate_many(list(MIDDLES.values()))
    assert len({at.island for at in middles if isinstance(at, Placement)}) == len(MIDDLES)

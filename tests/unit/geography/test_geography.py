"""Where a position is: on which island, how far off the coast, and under which clocks."""

import json
import math
import time
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from router.domain.ids import IslandId
from router.errors import AtSea
from router.geography.coast import EARTH_RADIUS_METERS
from router.geography.geography import SNAP_METERS, Geography, Placement

METERS_PER_DEGREE = EARTH_RADIUS_METERS * math.pi / 180


@pytest.fixture(scope="module")
def indonesia() -> Geography:
    return Geography.load()


def square(island: str, lat: float, lon: float, size: float) -> dict[str, object]:
    """Return a feature: a square of ``size`` degrees with its south-west corner at (lat, lon)."""
    ring = [[lon, lat], [lon + size, lat], [lon + size, lat + size], [lon, lat + size], [lon, lat]]
    geometry = {"type": "Polygon", "coordinates": [ring]}
    return {"type": "Feature", "properties": {"island": island}, "geometry": geometry}


def geography_of(tmp_path: Path, *features: dict[str, object]) -> Geography:
    path = tmp_path / "layer.geojson"
    path.write_text(json.dumps({"type": "FeatureCollection", "features": features}))
    return Geography.load(path)


def test_a_position_on_land_is_not_moved(indonesia: Geography) -> None:
    assert indonesia.locate(-8.65, 115.217) == Placement(IslandId("bali"), 0)


@pytest.mark.parametrize("lat", [0.0, -8.5, 45.0, 62.0])
@pytest.mark.parametrize("meters", [1, 250, 499])
def test_a_position_off_the_coast_is_snapped_by_true_metres(tmp_path: Path, lat: float, meters: int) -> None:
    """East of a west-east coast a degree shrinks with the latitude; the distance told does not."""
    geography = geography_of(tmp_path, square("home", lat - 0.05, 10.0, 0.1))
    east = 10.1 + meters / (METERS_PER_DEGREE * math.cos(math.radians(lat)))
    assert geography.locate(lat, east).snapped_meters == pytest.approx(meters, abs=1.5)
    north = lat + 0.05 + meters / METERS_PER_DEGREE
    assert geography.locate(north, 10.05).snapped_meters == pytest.approx(meters, abs=1.5)


@pytest.mark.parametrize("lat", [0.0, -8.5, 62.0])
def test_beyond_the_snapping_distance_is_at_sea_and_tells_how_far(tmp_path: Path, lat: float) -> None:
    geography = geography_of(tmp_path, square("home", lat - 0.05, 10.0, 0.1))
    east = 10.1 + (SNAP_METERS + 20) / (METERS_PER_DEGREE * math.cos(math.radians(lat)))
    with pytest.raises(AtSea) as caught:
        geography.locate(lat, east)
    assert caught.value.nearest_meters == pytest.approx(SNAP_METERS + 20, abs=2)


def test_snapping_prefers_the_nearer_island_not_the_nearer_degree(tmp_path: Path) -> None:
    """At 62 degrees north an island 200 m to the east is more degrees away than one 300 m to the north."""
    per_lon = METERS_PER_DEGREE * math.cos(math.radians(62))
    east = square("east", 61.99, 10 + 200 / per_lon, 0.02)
    north = square("north", 62 + 300 / METERS_PER_DEGREE, 9.99, 0.02)
    assert geography_of(tmp_path, east, north).locate(62.0, 10.0).island == "east"


@pytest.mark.parametrize(
    ("lat", "lon"),
    [(35.9, 14.45), (62.0, -6.77), (-15.0, 105.0), (90.0, 0.0), (-90.0, 0.0), (0.0, 180.0), (0.0, -180.0)],
)
def test_far_from_the_layer_is_at_sea_and_says_what_to_do(
    indonesia: Geography, lat: float, lon: float
) -> None:
    """Another country, an ocean and the poles: the answer names both ways out."""
    with pytest.raises(AtSea, match=r"`island`.*`land_layer`") as caught:
        indonesia.locate(lat, lon)
    assert caught.value.nearest_meters is None


def test_the_middle_of_a_strait_belongs_to_neither_side(indonesia: Geography) -> None:
    with pytest.raises(AtSea):
        indonesia.locate(-8.150, 114.417)


def test_many_positions_get_the_answers_that_each_gets_alone(indonesia: Geography) -> None:
    """On land, snapped and at sea side by side, in the order asked."""
    positions = [(-8.65, 115.217), (-8.6, 115.8), (-8.533, 115.509), (35.9, 14.45), (-8.351, 116.038)]
    together = indonesia.locate_many(positions)
    for position, found in zip(positions, together, strict=True):
        if isinstance(found, AtSea):
            with pytest.raises(AtSea):
                indonesia.locate(*position)
        else:
            assert indonesia.locate(*position) == found
    assert [isinstance(found, AtSea) for found in together] == [False, True, False, True, False]
    assert indonesia.locate_many([]) == ()


def test_an_island_drawn_inside_another_wins(tmp_path: Path) -> None:
    geography = geography_of(tmp_path, square("islet", 0.4, 0.4, 0.1), square("mainland", 0.0, 0.0, 1.0))
    assert geography.locate(0.45, 0.45).island == "islet"
    assert geography.locate(0.2, 0.2).island == "mainland"


def test_looking_up_ten_thousand_positions_costs_microseconds_each(indonesia: Geography) -> None:
    """Guards the prepared look-up, fifty times faster than a plain one: processor time, best of five.

    It is one to two microseconds on a machine of its own (``benchmarks/geography.py``); shared ones may be slow.
    """
    positions = [(-8.60 + 0.0005 * (i % 100), 115.10 + 0.001 * (i // 100)) for i in range(10_000)]
    spent = []
    for _ in range(5):
        began = time.process_time()
        indonesia.locate_many(positions)
        spent.append(time.process_time() - began)
    assert min(spent) / len(positions) < 10e-6


@pytest.mark.parametrize(
    ("lat", "lon", "zone"),
    [
        (-8.143, 114.400, "Asia/Jakarta"),  # Ketapang and, 4 km over the water,
        (-8.162, 114.437, "Asia/Makassar"),  # Gilimanuk
        (-8.1425, 114.4035, "Asia/Jakarta"),  # in the water before Ketapang
        (-8.1610, 114.4330, "Asia/Makassar"),  # in the water before Gilimanuk
        (-0.027, 109.342, "Asia/Pontianak"),
        (-3.320, 114.590, "Asia/Makassar"),
        (0.735, 127.560, "Asia/Jayapura"),
        (35.897, 14.512, "Europe/Malta"),
        (62.007, -6.770, "Atlantic/Faroe"),
    ],
)
def test_the_clocks_of_a_place(indonesia: Geography, lat: float, lon: float, zone: str) -> None:
    assert indonesia.time_zone(lat, lon) == zone


@pytest.mark.parametrize(("lat", "lon"), [(-15.0, 105.0), (0.0, -150.0), (90.0, 0.0), (0.0, 180.0)])
def test_even_the_open_sea_has_clocks(indonesia: Geography, lat: float, lon: float) -> None:
    """A port given with its island may lie anywhere: its zone must be one that the standard library knows."""
    assert ZoneInfo(indonesia.time_zone(lat, lon)).key.startswith("Etc/")

"""What is drawn of land is within the box, as coarse as can be seen, and named where there is room."""

import json
from typing import Any

import pytest
import shapely

from router.domain.ids import IslandId
from router.geography.land_layer import LandPolygon
from router.geography.outline import Box, Outline

BIG = shapely.Point(115.0, -8.5).buffer(0.5, quad_segs=512)
SMALL = shapely.Point(116.0, -8.5).buffer(0.004)
WORLD = Box(west=95, south=-11, east=141, north=6)


def land(name: str, polygon: shapely.Polygon) -> LandPolygon:
    return LandPolygon(island=IslandId(name.lower()), polygon=polygon, name=name)


def drawn(box: Box) -> Any:
    outline = Outline([land("Big", BIG), land("Small", SMALL)])
    return json.loads(outline.geojson(box))["features"]


def test_nothing_lies_outside_of_the_box() -> None:
    box = Box(west=114.8, south=-8.6, east=115.2, north=-8.2)
    (feature,) = drawn(box)
    assert shapely.from_geojson(json.dumps(feature["geometry"])).bounds == pytest.approx(
        (114.8, -8.6, 115.2, -8.2), abs=1e-4
    )


def test_a_wide_box_shows_fewer_points_and_no_specks() -> None:
    (wide,) = drawn(WORLD)
    near = drawn(Box(west=114.4, south=-9.1, east=116.1, north=-7.9))
    assert len(near) == 2
    corners = [len(feature["geometry"]["coordinates"][0]) for feature in (wide, near[0])]
    assert corners[0] < corners[1] < len(BIG.exterior.coords)


def test_land_is_named_where_it_is_large_in_the_box() -> None:
    names = [
        feature["properties"].get("name") for feature in drawn(Box(west=114, south=-9.5, east=117, north=-7))
    ]
    assert names == ["Big", None]
    (small,) = drawn(Box(west=115.98, south=-8.52, east=116.02, north=-8.48))
    assert small["properties"]["name"] == "Small"
    assert small["properties"]["label"] == pytest.approx([116, -8.5], abs=1e-3)


def test_the_open_sea_is_empty() -> None:
    assert drawn(Box(west=-20, south=0, east=-10, north=10)) == []

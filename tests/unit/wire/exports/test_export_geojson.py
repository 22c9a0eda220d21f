"""Plans on a map: lines for legs, numbered points for places, in the coordinates that GeoJSON wants."""

from collections import Counter
from dataclasses import replace
from itertools import pairwise
from typing import Any

import orjson
import pytest
import shapely

from router.domain.places import Location
from router.wire.exports.geojson import geojson_bytes
from router.wire.exports.subject import Subject
from tests.unit.wire.exports.subjects import a_subject, without_routes


def features(subject: Subject) -> list[Any]:
    document = orjson.loads(geojson_bytes(subject))
    assert document["type"] == "FeatureCollection"
    return list(document["features"])


def legs(subject: Subject, vehicle_id: str = "van-1") -> list[Any]:
    return [
        each["properties"]
        for each in features(subject)
        if each["properties"]["kind"] == "leg" and each["properties"]["vehicle_id"] == vehicle_id
    ]


def test_every_feature_is_a_shape_that_other_programs_read() -> None:
    for feature in features(a_subject()):
        assert feature["type"] == "Feature"
        assert shapely.from_geojson(orjson.dumps(feature["geometry"])).is_valid


def test_legs_follow_each_other_from_depot_to_depot() -> None:
    said = legs(a_subject())
    assert [leg["mode"] for leg in said] == [
        "drive", "ferry", "drive", "drive", "drive", "drive", "ferry", "drive",
    ]  # fmt: skip
    assert (said[0]["from"], said[-1]["to"]) == ("bwi", "bwi")
    assert all(one["to"] == other["from"] for one, other in pairwise(said))
    assert [leg["leg"] for leg in said] == list(range(1, 9))
    assert sum(leg.get("distance_meters", 0) for leg in said) == 60_000


def test_a_crossing_says_which_sailing_it_is_by_the_clocks_of_either_port() -> None:
    crossing = next(leg for leg in legs(a_subject()) if leg["mode"] == "ferry")
    assert (crossing["line_id"], crossing["sailing_id"], crossing["fare"]) == ("over", "over 07:00", 200_000)
    assert crossing["departs_at"] == "2026-11-25T07:00:00+07:00"
    assert crossing["arrives_at"] == "2026-11-25T08:45:00+08:00"
    assert crossing["duration_seconds"] == 45 * 60


def test_a_drive_ends_when_the_vehicle_arrives_and_takes_as_long_as_the_plan_says() -> None:
    drive = legs(a_subject())[2]
    assert (drive["from"], drive["to"]) == ("gilimanuk", "p-1")
    assert drive["departs_at"] == "2026-11-25T08:50:00+08:00"
    assert drive["arrives_at"] == "2026-11-25T09:00:00+08:00"


def test_places_are_numbered_in_the_order_of_the_route() -> None:
    points = [
        each["properties"]
        for each in features(a_subject())
        if each["properties"].get("vehicle_id") == "van-1" and each["geometry"]["type"] == "Point"
    ]
    assert [(p["sequence"], p["kind"], p["place"]) for p in points] == [
        (0, "start", "bwi"),
        (1, "stop", "p-1"),
        (2, "stop", "p-2"),
        (3, "stop", "c-1"),
        (4, "end", "bwi"),
    ]
    assert points[1]["starts_at"] == "2026-11-25T09:30:00+08:00"
    assert (points[1]["landmark"], points[1]["island"], points[3]["visit"]) == (
        "behind the blue mosque", "bali", "pickup",
    )  # fmt: skip


def test_what_is_left_out_is_on_the_map_with_its_reasons() -> None:
    left_out = [f for f in features(a_subject()) if f["properties"]["kind"] == "unserved"]
    assert [(f["properties"]["stop_id"], f["properties"]["reasons"]) for f in left_out] == [
        ("p-5", ["SKILL"]),
        ("p-6", ["UNREACHABLE"]),
    ]
    assert Counter(f["properties"]["kind"] for f in features(without_routes())) == {"unserved": 2}


def test_positions_are_longitude_before_latitude() -> None:
    start = next(f for f in features(a_subject()) if f["properties"]["kind"] == "start")
    assert start["geometry"]["coordinates"] == [115.0, -8.0]


@pytest.mark.parametrize(("west", "east"), [(179.0, -179.5), (-179.5, 179.0)])
def test_a_crossing_of_the_antimeridian_is_cut_there(west: float, east: float) -> None:
    """Fiji's ferries: one line around the whole globe would be drawn otherwise (RFC 7946, section 3.1.9)."""
    subject = a_subject()
    timetable = subject.problem.timetable
    ketapang, gilimanuk = timetable.ports
    ports = (_moved(ketapang, west), _moved(gilimanuk, east))
    there = replace(subject.problem, timetable=replace(timetable, ports=ports))
    lines = [
        f["geometry"] for f in features(replace(subject, problem=there)) if f["properties"]["kind"] == "leg"
    ]
    crossing = lines[1]
    assert crossing["type"] == "MultiLineString"
    first, second = crossing["coordinates"]
    assert [first[0], second[1]] == [[west, -16.0], [east, -16.0]]
    assert [first[1], second[0]] == [
        [180.0 if west > 0 else -180.0, -16.0], [-180.0 if west > 0 else 180.0, -16.0],
    ]  # fmt: skip


def _moved(port: Any, lon: float) -> Any:
    where: Location = port.location
    return replace(port, location=replace(where, lat=-16.0, lon=lon))

"""Routes for navigation apps: GPX 1.1, whose elements have an order, and whose texts come from callers."""

from dataclasses import replace
from xml.etree import ElementTree as ET

import pytest

from router.wire.exports.gpx import NAMESPACE, gpx_bytes
from router.wire.exports.subject import Subject
from tests.unit.wire.exports.subjects import a_subject, first_route

ORDER = {
    "gpx": ("metadata", "wpt", "rte", "trk", "extensions"),
    "metadata": ("name", "desc", "author", "copyright", "link", "time", "keywords", "bounds", "extensions"),
    "rte": ("name", "cmt", "desc", "src", "link", "number", "type", "extensions", "rtept"),
    "wpt": (
        "ele", "time", "magvar", "geoidheight", "name", "cmt", "desc", "src", "link", "sym", "type", "fix", "sat",
        "hdop", "vdop", "pdop", "ageofdgpsdata", "dgpsid", "extensions",
    ),
}  # fmt: skip
"""The sequences of the schema, topografix.com/GPX/1/1/gpx.xsd; an ``rtept`` is a ``wptType`` too."""

ORDER["rtept"] = ORDER["wpt"]


def document(subject: Subject) -> ET.Element:
    return ET.fromstring(gpx_bytes(subject, first_route(subject.plan)))  # noqa: S314 - our own


def bare(element: ET.Element) -> str:
    return element.tag.removeprefix(f"{{{NAMESPACE}}}")


def texts(root: ET.Element, path: str) -> list[str | None]:
    return [found.text for found in root.iterfind(path, {"": NAMESPACE})]


def test_elements_stand_in_the_order_of_the_schema() -> None:
    root = document(a_subject())
    assert (bare(root), root.attrib["version"], root.attrib["creator"]) == ("gpx", "1.1", "Selat")
    for element in root.iter():
        if len(element):
            places = [ORDER[bare(element)].index(bare(child)) for child in element]
            assert places == sorted(places), bare(element)


def test_the_route_leads_through_stops_and_ports_in_order() -> None:
    assert texts(document(a_subject()), "rte/rtept/name") == [
        "bwi", "ketapang", "gilimanuk", "p-1", "p-2", "c-1", "gilimanuk", "ketapang", "bwi",
    ]  # fmt: skip


def test_stops_are_waypoints_with_times_in_utc() -> None:
    """GPX says that times are UTC; people read the local time in the description."""
    root = document(a_subject())
    assert texts(root, "wpt/name") == ["p-1", "p-2", "c-1"]
    assert texts(root, "wpt/time")[0] == "2026-11-25T01:00:00Z"
    said = texts(root, "wpt/desc")[0]
    assert said == (
        "dropoff from 2026-11-25T09:30:00+08:00 to 2026-11-25T09:40:00+08:00, behind the blue mosque"
    )
    assert any(
        "check-in closes at 2026-11-25T06:40:00+07:00" in (text or "")
        for text in texts(root, "rte/rtept/desc")
    )


@pytest.mark.parametrize(
    "landmark", ["<wpt lat='0' lon='0'/>", "a & b", "]]>", '"quoted"', "<!-- --> &amp; <![CDATA["]
)
def test_texts_of_callers_stay_texts(landmark: str) -> None:
    root = document(a_subject(landmark=landmark))
    assert (texts(root, "wpt/desc")[0] or "").endswith(f", {landmark}")
    assert len(texts(root, "wpt/name")) == 3


@pytest.mark.parametrize("sign", ["\x00", "\x0b", "\ufffe", "\ud800"])
def test_what_xml_cannot_say_is_replaced(sign: str) -> None:
    """A JSON text may hold what no XML document may; the file has to open all the same."""
    subject = a_subject(landmark=f"left{sign}right")
    assert "left\ufffdright" in (texts(document(subject), "wpt/desc")[0] or "")


def test_a_plan_without_a_name_is_called_after_the_vehicle() -> None:
    subject = a_subject()
    nameless = replace(subject, problem=replace(subject.problem, name=""))
    assert texts(document(nameless), "metadata/name") == ["van-1"]

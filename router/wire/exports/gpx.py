"""A route as GPX 1.1, for navigation apps: a waypoint for each stop, and one route through all places in order.

Elements stand in the order of the schema (topografix.com/GPX/1/1/gpx.xsd), which is a sequence. GPX knows UTC
only; the local times stand in the descriptions.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from xml.etree import ElementTree as ET

from router.domain.ids import PlaceId
from router.domain.plan import EndStep, FerryStep, ReloadStep, Route, StartStep, StopStep
from router.domain.units import Instant, utc
from router.wire.exports.subject import Subject

NAMESPACE = "http://www.topografix.com/GPX/1/1"
CREATOR = "Selat"

_NOT_IN_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Waypoint:
    """A point of the route: when it is reached, or left at its beginning."""

    place: PlaceId
    at: Instant
    kind: str
    says: str


def gpx_bytes(subject: Subject, route: Route) -> bytes:
    """Return the route of one vehicle as a GPX document."""
    ET.register_namespace("", NAMESPACE)
    root = ET.Element(_tag("gpx"), {"version": "1.1", "creator": CREATOR})
    waypoints = list(_waypoints(subject, route))
    metadata = ET.SubElement(root, _tag("metadata"))
    _text(metadata, "name", f"{subject.problem.name} {route.vehicle_id}".strip())
    for waypoint in waypoints:
        if waypoint.kind in ("dropoff", "pickup"):
            _point(root, "wpt", subject, waypoint)
    path = ET.SubElement(root, _tag("rte"))
    _text(path, "name", route.vehicle_id)
    for waypoint in waypoints:
        _point(path, "rtept", subject, waypoint)
    written: bytes = ET.tostring(root, encoding="utf-8", xml_declaration=True)
    return written


def _waypoints(subject: Subject, route: Route) -> Iterator[_Waypoint]:
    for step in route.steps:
        match step:
            case StartStep():
                leaves = subject.clock(step.departs_at, step.place)
                yield _Waypoint(
                    place=step.place, at=step.departs_at, kind="start", says=f"leaves at {leaves}"
                )
            case StopStep():
                yield _stop(subject, step)
            case FerryStep():
                yield from _ports(subject, step)
            case ReloadStep():
                leaves = subject.clock(step.departs_at, step.place)
                says = f"loads again, leaves at {leaves}"
                yield _Waypoint(place=step.place, at=step.arrives_at, kind="reload", says=says)
            case EndStep():
                arrives = subject.clock(step.arrives_at, step.place)
                yield _Waypoint(place=step.place, at=step.arrives_at, kind="end", says=f"back at {arrives}")


def _stop(subject: Subject, step: StopStep) -> _Waypoint:
    stop = subject.problem.stop(step.stop_id)
    starts, leaves = (subject.clock(at, step.stop_id) for at in (step.starts_at, step.departs_at))
    landmark = subject.landmarks.get(step.stop_id)
    says = f"{stop.kind.value} from {starts} to {leaves}" + (f", {landmark}" if landmark else "")
    return _Waypoint(place=step.stop_id, at=step.arrives_at, kind=stop.kind.value, says=says)


def _ports(subject: Subject, step: FerryStep) -> Iterator[_Waypoint]:
    closes = subject.clock(step.check_in_by, step.from_port)
    says = f"sailing {step.sailing_id}, check-in closes at {closes}"
    yield _Waypoint(place=step.from_port, at=step.arrives_at, kind="ferry", says=says)
    off = subject.clock(step.rolls_off_at, step.to_port)
    yield _Waypoint(place=step.to_port, at=step.rolls_off_at, kind="ferry", says=f"rolls off at {off}")


def _point(parent: ET.Element, tag: str, subject: Subject, waypoint: _Waypoint) -> None:
    location = subject.location(waypoint.place)
    position = {"lat": f"{location.lat:.7f}", "lon": f"{location.lon:.7f}"}
    point = ET.SubElement(parent, _tag(tag), position)
    _text(point, "time", utc(waypoint.at).strftime("%Y-%m-%dT%H:%M:%SZ"))
    _text(point, "name", waypoint.place)
    _text(point, "desc", waypoint.says)
    _text(point, "type", waypoint.kind)


def _text(parent: ET.Element, tag: str, text: str) -> None:
    """Add an element with a text; what XML cannot say is replaced, the rest is escaped when it is written."""
    ET.SubElement(parent, _tag(tag)).text = _NOT_IN_XML.sub("\ufffd", text)


def _tag(name: str) -> str:
    return f"{{{NAMESPACE}}}{name}"

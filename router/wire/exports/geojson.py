"""A plan as GeoJSON (RFC 7946), for maps: a line for each leg, a point for each place of a route.

Lines lead straight from place to place, whatever road is driven: a plan knows times and distances, not the road.
"""

from collections.abc import Iterator
from typing import Any

import orjson

from router.domain.ids import PlaceId
from router.domain.places import Location
from router.domain.plan import EndStep, ReloadStep, Route, StartStep, StopStep, Unserved
from router.wire.exports.legs import DriveLeg, Leg, legs_of
from router.wire.exports.subject import Subject

JsonObject = dict[str, Any]
Position = list[float]

HALF_TURN = 180.0
DECIMALS = 7


def geojson_bytes(subject: Subject) -> bytes:
    """Return a feature collection.

    ``properties.kind`` tells features apart. ``leg``: ``mode`` is ``drive`` or ``ferry``. ``start``, ``stop``,
    ``reload``, ``end``: the places of a route, ``sequence`` counts them from 0, the start. ``unserved``: a stop
    that is left out, with the codes of the reasons.
    """
    features = [
        *(feature for route in subject.plan.routes for feature in _legs(subject, route)),
        *(feature for route in subject.plan.routes for feature in _places(subject, route)),
        *(_unserved(subject, entry) for entry in subject.plan.unserved),
    ]
    return orjson.dumps({"type": "FeatureCollection", "features": features})


def _legs(subject: Subject, route: Route) -> Iterator[JsonObject]:
    for number, leg in enumerate(legs_of(route), start=1):
        line = _line(subject.location(leg.from_place), subject.location(leg.to_place))
        said: JsonObject = {
            "kind": "leg",
            "mode": "drive" if isinstance(leg, DriveLeg) else "ferry",
            "vehicle_id": route.vehicle_id,
            "leg": number,
            "from": leg.from_place,
            "to": leg.to_place,
            "departs_at": subject.clock(leg.departs_at, leg.from_place),
            "arrives_at": subject.clock(leg.arrives_at, leg.to_place),
            "duration_seconds": leg.arrives_at - leg.departs_at,
        }
        yield _feature(line, said | _of_its_mode(leg))


def _of_its_mode(leg: Leg) -> JsonObject:
    if isinstance(leg, DriveLeg):
        return {"distance_meters": leg.distance}
    step = leg.step
    return {"line_id": step.line_id, "sailing_id": step.sailing_id, "fare": round(step.fare, 2)}


def _places(subject: Subject, route: Route) -> Iterator[JsonObject]:
    sequence = 0
    for step in route.steps:
        if not isinstance(step, StartStep | StopStep | ReloadStep | EndStep):
            continue
        place, said = _at(subject, step)
        numbered: JsonObject = {"vehicle_id": route.vehicle_id, "sequence": sequence, "place": place}
        yield _point(subject, place, said | numbered)
        sequence += 1


def _at(subject: Subject, step: StartStep | StopStep | ReloadStep | EndStep) -> tuple[PlaceId, JsonObject]:
    """Return where a step is and what there is to say about it."""
    match step:
        case StartStep():
            return step.place, {"kind": "start", "departs_at": subject.clock(step.departs_at, step.place)}
        case EndStep():
            return step.place, {"kind": "end", "arrives_at": subject.clock(step.arrives_at, step.place)}
        case StopStep():
            place: PlaceId = step.stop_id
            found_by = subject.landmarks.get(step.stop_id)
            visit = subject.problem.stop(step.stop_id).kind.value
            said: JsonObject = {"kind": "stop", "stop_id": place, "visit": visit}
            said |= {"landmark": found_by} if found_by else {}
        case ReloadStep():
            place, said = step.place, {"kind": "reload"}
    times = {"arrives_at": step.arrives_at, "starts_at": step.starts_at, "departs_at": step.departs_at}
    return place, said | {name: subject.clock(instant, place) for name, instant in times.items()}


def _unserved(subject: Subject, entry: Unserved) -> JsonObject:
    reasons = [reason.code for reason in entry.reasons]
    return _point(subject, entry.stop_id, {"kind": "unserved", "stop_id": entry.stop_id, "reasons": reasons})


def _point(subject: Subject, place: PlaceId, said: JsonObject) -> JsonObject:
    location = subject.location(place)
    geometry = {"type": "Point", "coordinates": _position(location)}
    return _feature(geometry, said | {"island": location.island})


def _line(one: Location, other: Location) -> JsonObject:
    """Return a line; in two parts where the short way crosses the antimeridian (RFC 7946, section 3.1.9)."""
    if abs(one.lon - other.lon) <= HALF_TURN:
        return {"type": "LineString", "coordinates": [_position(one), _position(other)]}
    edge = HALF_TURN if one.lon > 0 else -HALF_TURN
    beyond = other.lon + 2 * edge
    lat = round(one.lat + (other.lat - one.lat) * (edge - one.lon) / (beyond - one.lon), DECIMALS)
    parts = [[_position(one), [edge, lat]], [[-edge, lat], _position(other)]]
    return {"type": "MultiLineString", "coordinates": parts}


def _position(location: Location) -> Position:
    return [round(location.lon, DECIMALS), round(location.lat, DECIMALS)]


def _feature(geometry: JsonObject, properties: JsonObject) -> JsonObject:
    return {"type": "Feature", "geometry": geometry, "properties": properties}

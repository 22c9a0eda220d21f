"""What a replan names that there is not, that has happened already, or that it says twice.

Works on the JSON document, so that one broken entry does not hide another's faults.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from pydantic_core import PydanticCustomError

from router.domain.units import Instant, utc
from router.errors import Fault
from router.wire.document import Json, matches, shown
from router.wire.faults import FaultCode, Path, fault
from router.wire.shapes.base import read_instant


@dataclass(frozen=True, slots=True, kw_only=True)
class Followed:
    """What is known of the plan that a day has followed until now.

    Attributes:
        departures: When each sailing of the day's request departs, as it was known last.
        served_from: When the service of each stop begins.
        stops: Every stop that is still asked for, and the name of its shipment, if it is an end of one.
        begins, ends: Between which instants the day can be planned anew.
    """

    departures: Mapping[str, Instant]
    lines: frozenset[str]
    served_from: Mapping[str, Instant]
    stops: Mapping[str, str | None]
    vehicles: frozenset[str]
    begins: Instant | None
    ends: Instant


def replan_faults(document: Json, followed: Followed) -> list[Fault]:
    """Return every fault of meaning; where ``at`` cannot be read, nothing is said of what has happened by then."""
    at = _instant(document.get("at"))
    return [
        *_outside(at, followed),
        *_sailings(document, followed, at),
        *_lines(document, followed),
        *_said_twice(document),
        *_stops(document, followed, at),
        *_vehicles(document, followed),
    ]


def _outside(at: Instant | None, followed: Followed) -> Iterator[Fault]:
    if at is None:
        return
    if followed.begins is not None and at < followed.begins:
        detail = (
            f"the plan was itself made from another, at {_clock(followed.begins)}: what was before is past"
        )
        yield fault(("at",), FaultCode.AT_OUTSIDE_PLAN, detail)
    if at > followed.ends:
        detail = f"by then the day is over: the last shift and route end at {_clock(followed.ends)}"
        yield fault(("at",), FaultCode.AT_OUTSIDE_PLAN, detail)


def _sailings(document: Json, followed: Followed, at: Instant | None) -> Iterator[Fault]:
    named = [*matches(document, "/cancel_sailings/*"), *matches(document, "/delay_sailings/*/sailing_id")]
    for path, name in named:
        if not isinstance(name, str):
            continue
        departs = followed.departures.get(name)
        if departs is None:
            yield fault(path, FaultCode.UNKNOWN_SAILING, f"the plan knows no sailing {shown(name)}")
        elif at is not None and departs < at:
            detail = f"sailing {shown(name)} departs at {_clock(departs)}, before `at`"
            yield fault(path, FaultCode.SAILING_DEPARTED, detail)
    for path, value in matches(document, "/delay_sailings/*/departs"):
        departs = _instant(value)
        if at is not None and departs is not None and departs < at:
            yield fault(path, FaultCode.SAILING_DEPARTED, f"{_clock(departs)} is before `at`")


def _lines(document: Json, followed: Followed) -> Iterator[Fault]:
    for path, name in matches(document, "/cancel_lines/*/line_id"):
        if isinstance(name, str) and name not in followed.lines:
            yield fault(path, FaultCode.UNKNOWN_LINE, f"the plan knows no line {shown(name)}")
    for path, closed in matches(document, "/cancel_lines/*"):
        if isinstance(closed, dict):
            start, end = _instant(closed.get("start")), _instant(closed.get("end"))
            if start is not None and end is not None and end < start:
                detail = f"ends at {_clock(end)}, before it starts at {_clock(start)}"
                yield fault(path, FaultCode.WINDOW_ENDS_BEFORE_START, detail)


def _said_twice(document: Json) -> Iterator[Fault]:
    """Yield sailings that are delayed twice, or cancelled as well."""
    said = {name for _, name in matches(document, "/cancel_sailings/*") if isinstance(name, str)}
    for path, name in matches(document, "/delay_sailings/*/sailing_id"):
        if not isinstance(name, str):
            continue
        if name in said:
            detail = f"sailing {shown(name)} is cancelled, or delayed, once already"
            yield fault(path, FaultCode.SAID_TWICE, detail)
        said.add(name)


def _stops(document: Json, followed: Followed, at: Instant | None) -> Iterator[Fault]:
    for path, name in matches(document, "/remove_stops/*"):
        if not isinstance(name, str):
            continue
        ends = [
            stop for stop, shipment in followed.stops.items() if shipment is not None and shipment == name
        ]
        shipment = followed.stops.get(name)
        if shipment is not None:
            ends = [stop for stop, other in followed.stops.items() if other == shipment]
        concerned = ends or ([name] if name in followed.stops else [])
        if not concerned:
            yield fault(
                path, FaultCode.UNKNOWN_STOP, f"the plan knows no stop {shown(name)} that is asked for"
            )
        yield from _done(path, concerned, followed, at)


def _done(path: Path, stops: list[str], followed: Followed, at: Instant | None) -> Iterator[Fault]:
    for stop in stops:
        begins = followed.served_from.get(stop)
        if at is not None and begins is not None and begins < at:
            detail = f"service of {shown(stop)} begins at {_clock(begins)}, before `at`"
            yield fault(path, FaultCode.STOP_DONE, detail)


def _vehicles(document: Json, followed: Followed) -> Iterator[Fault]:
    for path, name in matches(document, "/drop_vehicles/*"):
        if isinstance(name, str) and name not in followed.vehicles:
            yield fault(path, FaultCode.UNKNOWN_VEHICLE, f"the plan knows no vehicle {shown(name)}")


def _instant(value: Json) -> Instant | None:
    try:
        return read_instant(value)
    except PydanticCustomError:
        return None


def _clock(instant: Instant) -> str:
    return utc(instant).isoformat()

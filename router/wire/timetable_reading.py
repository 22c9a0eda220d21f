"""From the bytes of a timetable to a document that has no faults, or to all of its faults."""

from dataclasses import dataclass

from router.errors import Fault
from router.wire import shapes
from router.wire.document import Json, parse, require_object, values
from router.wire.faults import FaultCode, fault, refusal
from router.wire.limits import Ceiling, cut_to_ceilings
from router.wire.references import Named, Reference, dangling, duplicates
from router.wire.shapes.timetables import read_clock_time
from router.wire.structure import shape

_PORTS, _LINES = Named("/ports/*"), Named("/lines/*")
_ID_SPACES = ((_PORTS,), (_LINES,), (Named("/lines/*/sailings/*"),))
_REFERENCES = (
    Reference("/lines/*/from_port", (_PORTS,), FaultCode.UNKNOWN_PORT),
    Reference("/lines/*/to_port", (_PORTS,), FaultCode.UNKNOWN_PORT),
    Reference("/exceptions/*/port_ids/*", (_PORTS,), FaultCode.UNKNOWN_PORT),
    Reference("/exceptions/*/line_ids/*", (_LINES,), FaultCode.UNKNOWN_LINE),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class TimetableLimits:
    """Upper bounds of one timetable.

    Attributes:
        services: Of one line; ``services_in_all`` bounds the sum.
        sailings: Of one line, told one by one.
        times: Departures of a service day, summed over all services of all lines; those of one service likewise.
        dates: Of one service.
        entries: Of any other list or map.
    """

    ports: int = 5_000
    lines: int = 5_000
    services: int = 5_000
    services_in_all: int = 20_000
    sailings: int = 50_000
    times: int = 200_000
    dates: int = 4_000
    exceptions: int = 1_000
    entries: int = 2_000


DEFAULT_TIMETABLE_LIMITS = TimetableLimits()

_CEILINGS = (
    Ceiling("/ports", "ports", FaultCode.TOO_MANY_PORTS),
    Ceiling("/lines", "lines", FaultCode.TOO_MANY_LINES),
    Ceiling("/lines/*/fares", "entries", FaultCode.TOO_MANY_ENTRIES),
    Ceiling("/lines/*/sailings", "sailings", FaultCode.TOO_MANY_SAILINGS),
    Ceiling("/lines/*/services", "services", FaultCode.TOO_MANY_ENTRIES),
    Ceiling("/lines/*/services/*/days", "entries", FaultCode.TOO_MANY_ENTRIES),
    Ceiling("/lines/*/services/*/dates", "dates", FaultCode.TOO_MANY_ENTRIES),
    Ceiling("/lines/*/services/*/except_dates", "dates", FaultCode.TOO_MANY_ENTRIES),
    Ceiling("/lines/*/services/*/times", "times", FaultCode.TOO_MANY_SAILINGS),
    Ceiling("/lines/*/services/*/every", "entries", FaultCode.TOO_MANY_ENTRIES),
    Ceiling("/exceptions", "exceptions", FaultCode.TOO_MANY_ENTRIES),
    Ceiling("/exceptions/*/line_ids", "entries", FaultCode.TOO_MANY_ENTRIES),
    Ceiling("/exceptions/*/port_ids", "entries", FaultCode.TOO_MANY_ENTRIES),
)


def read_timetable(body: bytes, limits: TimetableLimits = DEFAULT_TIMETABLE_LIMITS) -> shapes.Timetable:
    """Return the timetable in a JSON body.

    Raises:
        InvalidRequest: with every fault, whether of shape or of meaning, at most a hundred; not ``readable``
            where the body is not JSON at all.
        RequestTooLarge: it holds more values than any sound timetable.
    """
    document = require_object(parse(body))
    limits_passed = [*cut_to_ceilings(document, limits, _CEILINGS), *_in_all(document, limits)]
    if any(found.code == FaultCode.TOO_MANY_SAILINGS for found in limits_passed):
        raise refusal(limits_passed)
    timetable, shape_faults = shape(shapes.Timetable, document)
    faults = [
        *limits_passed,
        *shape_faults,
        *(found for space in _ID_SPACES for found in duplicates(document, space)),
        *(found for reference in _REFERENCES for found in dangling(document, reference)),
    ]
    if timetable is None or faults:
        raise refusal(faults)
    return timetable


def _in_all(document: dict[str, Json], limits: TimetableLimits) -> list[Fault]:
    """Look at what all lines hold together."""
    services = len(values(document, "/lines/*/services/*"))
    sailings = len(values(document, "/lines/*/sailings/*"))
    times = len(values(document, "/lines/*/services/*/times/*"))
    times += sum(map(_departures, values(document, "/lines/*/services/*/every/*")))
    counted = (
        (services, limits.services_in_all, "services", FaultCode.TOO_MANY_ENTRIES),
        (sailings, limits.sailings, "sailings", FaultCode.TOO_MANY_SAILINGS),
        (times, limits.times, "departures of a day", FaultCode.TOO_MANY_SAILINGS),
    )
    return [
        fault(("lines",), code, f"{count} {what} over all lines; at most {most} are allowed")
        for count, most, what, code in counted
        if count > most
    ]


def _departures(frequency: Json) -> int:
    """Return about how many departures a frequency means; 0 where it cannot be read."""
    if not isinstance(frequency, dict):
        return 0
    try:
        span = read_clock_time(frequency.get("end")) - read_clock_time(frequency.get("start"))
        return max(span, 0) // max(int(frequency["interval_seconds"]), 1)
    except (KeyError, TypeError, ValueError, OverflowError):
        return 0

"""The sailings of a horizon on chosen lines of a timetable, as a request would send them."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import islice
from typing import Any

from router.domain.ferries import Sailing
from router.domain.timetable import (
    Closure,
    FerryNetwork,
    NetworkLine,
    NetworkPort,
    local_days,
    sailings_within,
)
from router.domain.units import Instant, local_time
from router.wire.faults import Path, RequestWarning, WarningCode, warning
from router.wire.timetable_relevance import Chosen

JsonObject = dict[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Horizon:
    """From the earliest start of a shift to the latest end of one."""

    start: Instant
    end: Instant


class TooManySailings(Exception):
    """A timetable has more sailings in the horizon than a request may hold; ``path`` leads to its name."""

    def __init__(self, path: Path, most: int) -> None:
        """Keep where it is named."""
        super().__init__(f"more than {most} sailings on the days of the request; at most {most} are allowed")
        self.path = path


@dataclass(frozen=True, slots=True, kw_only=True)
class Expansion:
    """What one timetable adds to a request; ``sailings`` counts those of all its lines."""

    ports: list[JsonObject]
    lines: list[JsonObject]
    sailings: int
    warnings: tuple[RequestWarning, ...]


def expand(path: Path, chosen: Chosen, network: FerryNetwork, horizon: Horizon, most: int) -> Expansion:
    """Return the sailings of every local day that the horizon touches; closed ones are cancelled.

    Raises:
        TooManySailings: there are more than ``most``.
    """
    zones = {port.id: port.time_zone for port in network.ports}
    lines, used, closed, left = [], set(chosen.ports), Counter[str](), most
    for line in chosen.lines:
        window = local_days(horizon.start, horizon.end, zones[line.from_port])
        sailings = list(islice(sailings_within(line, zones[line.from_port], *window), left + 1))
        left -= len(sailings)
        if left < 0:
            raise TooManySailings(path, most)
        if sailings:
            kept, reasons = _closed(line, sailings, network.closures)
            closed.update(reasons)
            lines.append(_line_said(line, kept, zones[line.from_port]))
            used |= {line.from_port, line.to_port}
    return Expansion(
        ports=[_port_said(port, chosen) for port in network.ports if port.id in used],
        lines=lines,
        sailings=most - left,
        warnings=tuple(_warnings(path, chosen, lines, closed)),
    )


def _closed(
    line: NetworkLine, sailings: list[Sailing], closures: tuple[Closure, ...]
) -> tuple[list[Sailing], list[str]]:
    """Return the sailings, cancelled where the line is closed when they depart, and why each of these is."""
    concerned = [closure for closure in closures if closure.concerns(line)]
    kept, reasons = [], []
    for sailing in sailings:
        why = next((each.reason for each in concerned if each.start <= sailing.departs < each.end), None)
        kept.append(sailing if why is None else replace(sailing, cancelled=True))
        reasons += [why] if why is not None else []
    return kept, reasons


def _warnings(
    path: Path, chosen: Chosen, lines: list[JsonObject], closed: Counter[str]
) -> Iterator[RequestWarning]:
    if not lines:
        why = "none of its lines joins lands of the request"
        if chosen.lines:
            why = "no line of it that is of use sails on the days of the request"
        yield warning(path, WarningCode.NO_SAILINGS, why)
    for reason, count in closed.items():
        yield warning(path, WarningCode.SERVICE_EXCEPTION, f"{reason}: {count} sailings are cancelled")


def _port_said(port: NetworkPort, chosen: Chosen) -> JsonObject:
    where: JsonObject = {"lat": port.lat, "lon": port.lon}
    if port.id in chosen.islands:
        where["island"] = chosen.islands[port.id]
    return {"id": port.id, "location": where, "time_zone": port.time_zone}


def _line_said(line: NetworkLine, sailings: list[Sailing], time_zone: str) -> JsonObject:
    said: JsonObject = {
        "id": line.id,
        "from_port": line.from_port,
        "to_port": line.to_port,
        "crossing_seconds": line.crossing,
        "check_in_seconds": line.check_in,
        "unload_seconds": line.unload,
        "sailings": [_sailing_said(sailing, line, time_zone) for sailing in sailings],
    }
    if line.fares:
        said["fares"] = dict(line.fares)
    return said


def _sailing_said(sailing: Sailing, line: NetworkLine, time_zone: str) -> JsonObject:
    said: JsonObject = {"id": sailing.id, "departs": local_time(sailing.departs, time_zone).isoformat()}
    if sailing.crossing != line.crossing:
        said["crossing_seconds"] = sailing.crossing
    if sailing.deck_slots is not None:
        said["deck_slots"] = sailing.deck_slots
    if sailing.cancelled:
        said["cancelled"] = True
    return said

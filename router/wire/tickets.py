"""Tickets that cannot be meant: for sailings that do not sail, or not with this vehicle, or two for one day.

Works on the JSON document, as all checks of references do. The day of a sailing is that of its port of
departure; where the port does not name its clocks, they are found from its position, if there is a land to ask.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from pydantic_core import PydanticCustomError

from router.domain.ferries import Sailing, Timetable
from router.domain.problem import Problem
from router.domain.units import local_time
from router.errors import Fault
from router.wire.document import Json, matches, shown, values
from router.wire.faults import FaultCode, Path, fault
from router.wire.shapes import Port
from router.wire.shapes.base import read_instant
from router.wire.siting import Land
from router.wire.structure import shape

_DEFAULT_SLOTS = 1


@dataclass(frozen=True, slots=True)
class _Ticket:
    """A ticket at ``path``, for a sailing of a line on a day by the clocks of the port of departure."""

    path: Path
    line_id: Json
    day: date


@dataclass(frozen=True, slots=True)
class _Booked:
    """What a document says of the sailing of a ticket; nothing about it is validated."""

    path: Path
    vehicle: dict[str, Json]
    line: dict[str, Json]
    sailing: dict[str, Json]


def local_day(sailing: Sailing, timetable: Timetable) -> date:
    """Return the day on which a sailing departs, by the clocks of its port of departure."""
    port = timetable.port(timetable.line(sailing.line_id).from_port)
    return local_time(sailing.departs, port.location.time_zone).date()


def ticket_faults(request: Json, land: Land | None) -> list[Fault]:
    """Return a fault for every ticket that its vehicle cannot use, and for every second one for a line and day."""
    if not values(request, "/vehicles/*/tickets/*"):
        return []
    booked = list(_booked(request))
    zones = dict(_time_zones(request, [one.line.get("from_port") for one in booked], land))
    tickets = (_dated(one, zones) for one in booked)
    return [*map(_cancelled, filter(_is_cancelled, booked)), *_not_carried(booked), *_second(tickets)]


def same_day_faults(problem: Problem) -> list[Fault]:
    """Return a fault for every second ticket for a line and day; vehicles and tickets as the request has them."""
    timetable = problem.timetable
    return _second(
        _Ticket(("vehicles", i, "tickets", j), sailing.line_id, local_day(sailing, timetable))
        for i, vehicle in enumerate(problem.vehicles)
        for j, sailing in enumerate(map(timetable.sailing, vehicle.tickets))
    )


def _booked(request: Json) -> Iterator[_Booked]:
    """Yield the tickets whose sailing is in the timetable."""
    sailings = {
        sailing["id"]: (line, sailing)
        for line in values(request, "/ferries/lines/*")
        for sailing in values(line, "/sailings/*")
        if isinstance(sailing, dict) and isinstance(sailing.get("id"), str)
    }
    for path, vehicle in matches(request, "/vehicles/*"):
        for way, name in matches(vehicle, "/tickets/*"):
            if isinstance(name, str) and name in sailings:
                yield _Booked((*path, *way), vehicle, *sailings[name])


def _is_cancelled(booked: _Booked) -> bool:
    return booked.sailing.get("cancelled") is True


def _cancelled(booked: _Booked) -> Fault:
    detail = f"sailing {shown(booked.sailing['id'])} is cancelled"
    return fault(booked.path, FaultCode.TICKET_CANCELLED, detail)


def _not_carried(booked: Iterable[_Booked]) -> Iterator[Fault]:
    for one in booked:
        fares, ferry_class = one.line.get("fares"), one.vehicle.get("ferry_class")
        slots, deck = one.vehicle.get("deck_slots", _DEFAULT_SLOTS), one.sailing.get("deck_slots")
        if isinstance(fares, dict) and fares and ferry_class not in list(fares):
            carried = ", ".join(map(shown, fares))
            detail = f"line {shown(one.line.get('id'))} carries {carried}, and not class {shown(ferry_class)}"
            yield fault(one.path, FaultCode.TICKET_NOT_CARRIED, detail)
        if isinstance(slots, int) and isinstance(deck, int) and slots > deck:
            detail = f"the vehicle takes {shown(slots)} deck slots, the sailing has {shown(deck)}"
            yield fault(one.path, FaultCode.TICKET_NOT_CARRIED, detail)


def _time_zones(request: Json, wanted: list[Json], land: Land | None) -> Iterator[tuple[str, str]]:
    """Yield the clocks of the wanted ports, as far as they can be told."""
    for value in values(request, "/ferries/ports/*"):
        port, _ = shape(Port, value)
        if port is None or port.id not in wanted:
            continue
        if port.time_zone is not None:
            yield port.id, port.time_zone
        elif land is not None:
            yield port.id, land.time_zone(port.location.lat, port.location.lon)


def _dated(booked: _Booked, zones: dict[str, str]) -> _Ticket | None:
    """Return the ticket with its day, or ``None`` where that cannot be told."""
    port = booked.line.get("from_port")
    if not isinstance(port, str) or port not in zones:
        return None
    try:
        departs = read_instant(booked.sailing.get("departs"))
    except PydanticCustomError:
        return None
    return _Ticket(booked.path, booked.line.get("id"), local_time(departs, zones[port]).date())


def _second(tickets: Iterable[_Ticket | None]) -> list[Fault]:
    first: dict[object, _Ticket] = {}
    faults = []
    for ticket in tickets:
        if ticket is None or not isinstance(ticket.line_id, str):
            continue
        vehicle = ticket.path[:2]
        if first.setdefault((vehicle, ticket.line_id, ticket.day), ticket) is not ticket:
            detail = f"there is a ticket for line {shown(ticket.line_id)} on {ticket.day} already"
            faults.append(fault(ticket.path, FaultCode.TICKET_SAME_DAY, detail))
    return faults

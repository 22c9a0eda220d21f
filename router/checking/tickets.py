"""Tickets: on a line and day that a vehicle is booked on, it takes the sailing that it is booked on."""

from collections.abc import Iterator
from datetime import date

from router.checking.case import Case, Finding
from router.domain.ferries import Sailing
from router.domain.fleet import Vehicle
from router.domain.ids import LineId
from router.domain.units import local_time


def tickets(case: Case) -> Iterator[Finding]:
    """Yield every boarding of a sailing other than those booked for its line and day.

    The day is that of the port of departure. A ticket need not be used.
    """
    for boarding in case.boardings():
        booked = _booked(case, boarding.vehicle, _line_and_day(case, boarding.sailing))
        if booked and boarding.sailing.id not in booked:
            yield Finding(
                boarding.vehicle.id,
                boarding.index,
                f"sailing {' or '.join(booked)}, as booked on line {boarding.line.id} that day",
                f"takes {boarding.sailing.id}",
            )


def _booked(case: Case, vehicle: Vehicle, line_and_day: tuple[LineId, date]) -> list[str]:
    timetable = case.problem.timetable
    booked = [timetable.sailing(ticket) for ticket in vehicle.tickets if timetable.has_sailing(ticket)]
    return [sailing.id for sailing in booked if _line_and_day(case, sailing) == line_and_day]


def _line_and_day(case: Case, sailing: Sailing) -> tuple[LineId, date]:
    port = case.problem.timetable.port(case.problem.timetable.line(sailing.line_id).from_port)
    return sailing.line_id, local_time(sailing.departs, port.location.time_zone).date()

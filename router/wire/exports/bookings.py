"""The berths that a plan needs on ferries, as a list to book from: the large lines sell only ahead."""

from collections.abc import Iterator
from dataclasses import asdict, dataclass

import orjson

from router.domain.ids import VehicleId
from router.domain.plan import FerryStep
from router.wire.exports.subject import Subject
from router.wire.exports.tables import csv_bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class Booking:
    """A berth of one vehicle on one sailing; instants in the local time of the port of departure.

    Attributes:
        plate: Number plate, else the vehicle's id: tickets of the large lines are bound to it.
        ticketed: Whether the request says that the vehicle is booked on this sailing already.
    """

    vehicle_id: str
    plate: str
    ferry_class: str | None
    deck_slots: int
    line_id: str
    sailing_id: str
    from_port: str
    to_port: str
    check_in_by: str
    departs_at: str
    fare: float
    currency: str
    ticketed: bool


def bookings(subject: Subject) -> list[Booking]:
    """Return every berth, in order of the closing of check-in."""
    crossings = [
        (step, route.vehicle_id)
        for route in subject.plan.routes
        for step in route.steps
        if isinstance(step, FerryStep)
    ]
    crossings.sort(key=lambda crossing: (crossing[0].check_in_by, crossing[0].sailing_id, crossing[1]))
    return [_booking(subject, step, vehicle_id) for step, vehicle_id in crossings]


def bookings_json(subject: Subject) -> bytes:
    """Return the list as JSON."""
    return orjson.dumps({"bookings": list(map(asdict, bookings(subject)))})


def bookings_csv(subject: Subject) -> bytes:
    """Return the list as a table."""
    return csv_bytes(tuple(Booking.__slots__), (tuple(_values(each)) for each in bookings(subject)))


def _values(booking: Booking) -> Iterator[str | int | float | bool | None]:
    yield from asdict(booking).values()


def _booking(subject: Subject, step: FerryStep, vehicle_id: VehicleId) -> Booking:
    vehicle = subject.problem.vehicle(vehicle_id)
    return Booking(
        vehicle_id=vehicle_id,
        plate=subject.plates.get(vehicle_id, vehicle_id),
        ferry_class=vehicle.conveyance.ferry_class,
        deck_slots=vehicle.conveyance.deck_slots,
        line_id=step.line_id,
        sailing_id=step.sailing_id,
        from_port=step.from_port,
        to_port=step.to_port,
        check_in_by=subject.clock(step.check_in_by, step.from_port),
        departs_at=subject.clock(step.departs_at, step.from_port),
        fare=round(step.fare, 2),
        currency=subject.problem.currency,
        ticketed=step.sailing_id in vehicle.tickets,
    )

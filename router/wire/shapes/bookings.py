"""The list of berths that a plan needs."""

from router.wire.shapes.base import Shape, WireInstant


class Booking(Shape):
    """A berth of one vehicle on one sailing; instants are in the local time of the port of departure.

    ``plate`` is the vehicle's id where the request gives no plate. ``ticketed`` says that the request has a ticket
    of the vehicle for this sailing already.
    """

    vehicle_id: str
    plate: str
    ferry_class: str | None
    deck_slots: int
    line_id: str
    sailing_id: str
    from_port: str
    to_port: str
    check_in_by: WireInstant
    departs_at: WireInstant
    fare: float
    currency: str
    ticketed: bool


class BookingList(Shape):
    """Every berth that a plan needs, in order of the closing of check-in."""

    bookings: list[Booking]

"""What has changed since a plan was made."""

from router.wire.shapes.base import Id, Shape, WireInstant
from router.wire.shapes.places import Stop


class CancelledLine(Shape):
    """All sailings of a line that depart from ``start`` to ``end`` are cancelled."""

    line_id: Id
    start: WireInstant
    end: WireInstant


class DelayedSailing(Shape):
    """A sailing departs at another time."""

    sailing_id: Id
    departs: WireInstant


class ReplanRequest(Shape):
    """A new plan from an old one: what happened before ``at`` stays, the rest changes little."""

    at: WireInstant
    cancel_sailings: list[Id] = []
    cancel_lines: list[CancelledLine] = []
    delay_sailings: list[DelayedSailing] = []
    add_stops: list[Stop] = []
    remove_stops: list[Id] = []
    drop_vehicles: list[Id] = []

"""What has changed since a plan was made."""

from pydantic import Field

from router.wire.shapes.base import Id, Shape, WireInstant
from router.wire.shapes.options import Options
from router.wire.shapes.places import Stop


class CancelledLine(Shape):
    """The sailings of a line from ``start`` to ``end``, both included, are cancelled; those before ``at`` are past."""

    line_id: Id
    start: WireInstant
    end: WireInstant


class DelayedSailing(Shape):
    """A sailing departs at another time."""

    sailing_id: Id
    departs: WireInstant


class ReplanRequest(Shape):
    """A new plan from an old one: what began before ``at`` stays, the rest changes as little as it must.

    ``remove_stops`` names stops, or an end of a shipment for all of it. ``options`` are those of the new search.
    """

    at: WireInstant
    cancel_sailings: list[Id] = Field(default_factory=list)
    cancel_lines: list[CancelledLine] = Field(default_factory=list)
    delay_sailings: list[DelayedSailing] = Field(default_factory=list)
    add_stops: list[Stop] = Field(default_factory=list)
    remove_stops: list[Id] = Field(default_factory=list)
    drop_vehicles: list[Id] = Field(default_factory=list)
    options: Options | None = None

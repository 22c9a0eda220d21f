"""Vehicles with their drivers."""

from typing import Annotated

from pydantic import Field

from router.wire.shapes.base import Amount, Count, Id, Meters, Money, PositiveSeconds, Seconds, Shape, Text
from router.wire.shapes.places import Window


class Costs(Shape):
    """What a used vehicle costs: once, per kilometre driven, per hour from departure to return."""

    fixed: Money = 0.0
    per_km: Money = 0.0
    per_hour: Money = 0.0


class Break(Shape):
    """A rest that begins within ``window``, on land between two steps or wholly on board of a ferry.

    It is due unless the vehicle leaves ``duration_seconds`` after the start of ``window`` or later, or is back by
    its end.
    """

    id: Id
    window: Window
    duration_seconds: PositiveSeconds


class Vehicle(Shape):
    """A vehicle for one shift. ``profile`` picks its road times, ``ferry_class`` its fares.

    Without ``start`` its route begins at its first stop, wherever that is, with all loads for its drop-offs on
    board: nothing is driven and no ferry taken to get there, and costs and limits count from the departure there.
    Without ``end`` its route ends at its last stop, once that is served.
    ``capacity`` names the limited dimensions; a dimension that it does not name is unlimited. With ``max_trips``
    it may come back to ``start`` so often, less one, to load again, which takes ``reload_seconds``.
    ``max_distance_meters`` counts roads only, ``max_duration_seconds`` everything from departure to return.
    Of the line of a ticket it takes no other sailing on the same day, by the clocks of the port of departure; it
    need not take that one either. ``plate`` is its number plate, for the list of bookings, without any other effect.
    """

    id: Id
    profile: Id
    start: Id | None = None
    end: Id | None = None
    shift: Window
    capacity: dict[Id, Amount] = Field(default_factory=dict)
    ferry_class: Id | None = None
    deck_slots: Count = 1
    provides: list[Id] = Field(default_factory=list)
    costs: Costs | None = None
    max_cash: Money | None = None
    max_distance_meters: Meters | None = None
    max_duration_seconds: Seconds | None = None
    max_stops: Count | None = None
    max_trips: Annotated[int, Field(ge=1, le=1000)] | None = None
    reload_seconds: Seconds | None = None
    breaks: list[Break] = Field(default_factory=list)
    tickets: list[Id] = Field(default_factory=list)
    plate: Text | None = None

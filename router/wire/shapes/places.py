"""Depots, stops and shipments: where, when and how much."""

from typing import Annotated, Literal, Self

from pydantic import Field, StringConstraints, model_validator
from pydantic_core import PydanticCustomError

from router.wire.shapes.base import (
    MAX_ID_CHARS,
    Amount,
    Id,
    Money,
    Seconds,
    Shape,
    Text,
    WireInstant,
)

PICKUP_SUFFIX, DROPOFF_SUFFIX = "/pickup", "/dropoff"
"""What follows a shipment's id in the ids of its two stops."""

ShipmentId = Annotated[Id, StringConstraints(max_length=MAX_ID_CHARS - len(DROPOFF_SUFFIX))]


class Location(Shape):
    """A position in WGS 84 degrees.

    Without ``island`` the land mass is found from the position (up to 500 m off the coast is snapped, with a
    warning). With it, it is taken as said: equal islands are joined by road, different ones by ferry only.
    """

    lat: Annotated[float, Field(ge=-90, le=90)]
    lon: Annotated[float, Field(ge=-180, le=180)]
    island: Id | None = None


class Window(Shape):
    """An interval of instants, both ends inclusive. On a stop it bounds when service may begin."""

    start: WireInstant
    end: WireInstant

    @model_validator(mode="after")
    def _end_not_before_start(self) -> Self:
        if self.end < self.start:
            raise PydanticCustomError(
                "window_ends_before_start",
                "it ends {seconds} s before it starts",
                {"seconds": self.start - self.end},
            )
        return self


class Depot(Shape):
    """Where trips start and end; ``windows`` are its opening hours (none: always open)."""

    id: Id
    location: Location
    windows: list[Window] = Field(default_factory=list)


class Stop(Shape):
    """One visit: a drop-off's load is on board from the start of the trip, a pick-up's until its end.

    ``penalty`` is the cost of leaving it out; without one the stop is required. A drop-off with ``ready_at`` is
    on no trip that leaves the depot before; service of a pick-up does not begin before. ``cash_on_delivery`` is
    on board from this stop until the vehicle is at its depot.
    """

    id: Id
    kind: Literal["dropoff", "pickup"] = "dropoff"
    location: Location
    windows: list[Window] = Field(default_factory=list)
    service_seconds: Seconds = 0
    load: dict[Id, Amount] = Field(default_factory=dict)
    cash_on_delivery: Money | None = None
    requires: list[Id] = Field(default_factory=list)
    allowed_vehicles: list[Id] | None = None
    ready_at: WireInstant | None = None
    penalty: Money | None = None
    landmark: Text | None = None


class ShipmentVisit(Shape):
    """One end of a shipment."""

    location: Location
    windows: list[Window] = Field(default_factory=list)
    service_seconds: Seconds = 0


class Shipment(Shape):
    """Something picked up at one place and dropped off at another by the same vehicle, in that order.

    Its load is on board between the two, and stays there while the vehicle reloads. Its ends are stops called
    ``<id>/pickup`` and ``<id>/dropoff`` in matrices, locks and plans; both are served or both are left out, for
    one ``penalty``.
    """

    id: ShipmentId
    pickup: ShipmentVisit
    dropoff: ShipmentVisit
    load: dict[Id, Amount] = Field(default_factory=dict)
    penalty: Money | None = None

"""Ports, lines and sailings."""

from typing import Annotated, Self
from zoneinfo import ZoneInfo

from pydantic import AfterValidator, Field, model_validator
from pydantic_core import PydanticCustomError

from router.wire.shapes.base import Count, Id, Money, PositiveSeconds, Seconds, Shape, WireInstant
from router.wire.shapes.places import Location


def _known_time_zone(name: str) -> str:
    try:
        ZoneInfo(name)
    except (OSError, ValueError, KeyError):  # not found; outside the database; a folder of it
        raise PydanticCustomError("unknown_time_zone", "this is no IANA time zone") from None
    return name


TimeZone = Annotated[Id, AfterValidator(_known_time_zone)]


class Port(Shape):
    """A harbour. Without ``time_zone`` its clocks are found from its position."""

    id: Id
    location: Location
    time_zone: TimeZone | None = None


class Sailing(Shape):
    """One departure of a line. Without ``deck_slots`` its deck is unlimited; cancelled, it carries nobody."""

    id: Id
    departs: WireInstant
    crossing_seconds: PositiveSeconds | None = None
    deck_slots: Count | None = None
    cancelled: bool = False


class Line(Shape):
    """A ferry line in one direction.

    ``fares`` names the classes it carries and what each pays; without ``fares`` it carries everything free.
    """

    id: Id
    from_port: Id
    to_port: Id
    crossing_seconds: PositiveSeconds
    check_in_seconds: Seconds = 0
    unload_seconds: Seconds = 0
    fares: dict[Id, Money] | None = None
    sailings: list[Sailing] = Field(default_factory=list)

    @model_validator(mode="after")
    def _crosses_water(self) -> Self:
        if self.from_port == self.to_port:
            raise PydanticCustomError(
                "line_without_water", 'it starts and ends at port "{port}"', {"port": self.from_port}
            )
        return self


class Ferries(Shape):
    """The ferry network that this plan may use."""

    ports: list[Port] = Field(default_factory=list)
    lines: list[Line] = Field(default_factory=list)

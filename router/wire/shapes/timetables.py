"""A stored timetable: a ferry network by days and times, and when nothing sails."""

import re
from datetime import date
from typing import Annotated, Any, Literal, Self

from pydantic import ConfigDict, Field, PlainValidator, StringConstraints, WithJsonSchema, model_validator
from pydantic.config import JsonDict
from pydantic_core import PydanticCustomError

from router.domain.timetable import MOST_CLOCK_SECONDS
from router.wire.shapes.base import (
    FIRST_YEAR,
    LAST_YEAR,
    Count,
    Id,
    Money,
    PositiveSeconds,
    Seconds,
    Shape,
    Text,
    WireInstant,
)
from router.wire.shapes.ferries import Sailing, TimeZone
from router.wire.shapes.places import Location
from router.wire.shapes.plan_request import Currency

WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
Weekday = Literal["mon", "tue", "wed", "thu", "fri", "sat", "sun"]

MAX_LINE_ID_CHARS = 100
"""A sailing is called by its line and its departure, and has to be an id itself."""

LEAST_INTERVAL_SECONDS = 60

_CLOCK = re.compile(r"(\d{1,3}):([0-5]\d)(?::([0-5]\d))?", re.ASCII)
_DATE = re.compile(r"(\d{4})-\d{2}-\d{2}", re.ASCII)


def read_clock_time(value: Any) -> int:
    """Return the seconds since midnight of ``HH:MM`` or ``HH:MM:SS``.

    Raises:
        PydanticCustomError: it is no such text, or a time too far past 24:00.
    """
    found = _CLOCK.fullmatch(value) if isinstance(value, str) else None
    if found is None:
        raise PydanticCustomError("bad_clock_time", "this is not HH:MM or HH:MM:SS")
    hours, minutes, seconds = (int(part or 0) for part in found.groups())
    total = hours * 3600 + minutes * 60 + seconds
    if total > MOST_CLOCK_SECONDS:
        raise PydanticCustomError(
            "bad_clock_time", "this is more than a week after the midnight it counts from"
        )
    return total


def read_date(value: Any) -> date:
    """Return the date of ``YYYY-MM-DD``.

    Raises:
        PydanticCustomError: it is no such text, no day of the calendar, or too far away.
    """
    found = _DATE.fullmatch(value) if isinstance(value, str) else None
    if found is None:
        raise PydanticCustomError("bad_date", "this is not YYYY-MM-DD")
    if not FIRST_YEAR <= int(found[1]) <= LAST_YEAR:
        raise PydanticCustomError(
            "bad_date", "dates lie in the years {first} to {last}", {"first": FIRST_YEAR, "last": LAST_YEAR}
        )
    try:
        return date.fromisoformat(value)
    except ValueError as error:
        raise PydanticCustomError("bad_date", "{why}", {"why": str(error)}) from None


ClockTime = Annotated[
    int,
    PlainValidator(read_clock_time),
    WithJsonSchema(
        {
            "type": "string",
            "pattern": r"^\d{1,3}:[0-5]\d(:[0-5]\d)?$",
            "description": "A clock time of the service day, HH:MM or HH:MM:SS; past 24:00 for the night after it.",
            "examples": ["08:00", "25:10"],
        }
    ),
]
LocalDate = Annotated[
    date,
    PlainValidator(read_date),
    WithJsonSchema({"type": "string", "format": "date", "description": "A local date."}),
]
Notes = Annotated[str, StringConstraints(max_length=20_000)]
LineId = Annotated[Id, StringConstraints(max_length=MAX_LINE_ID_CHARS)]


class TimetablePort(Shape):
    """A harbour. Without ``time_zone`` its clocks are found from its position, as is its island.

    ``source`` says where all this is known from.
    """

    id: Id
    name: Text = ""
    notes: Notes = ""
    location: Location
    time_zone: TimeZone | None = None
    source: Text = ""


class Frequency(Shape):
    """Departures at a steady interval, from ``start`` (inclusive) until ``end`` (exclusive)."""

    start: ClockTime
    end: ClockTime
    interval_seconds: Annotated[PositiveSeconds, Field(ge=LEAST_INTERVAL_SECONDS)]

    @model_validator(mode="after")
    def _end_not_before_start(self) -> Self:
        if self.end < self.start:
            raise PydanticCustomError("window_ends_before_start", "it ends before it starts")
        return self


class Service(Shape):
    """Departures that share their days.

    Service days are the ``days`` of the week (none named: all) ``from`` a date ``until`` another, both inclusive,
    less ``except_dates``, and ``dates`` besides; where only ``dates`` are given, those alone. Dates and times are by
    the clocks of ``time_zone``, else of the port of departure. Times count from twelve hours before noon of the
    service day, as in GTFS.
    """

    days: list[Weekday] = Field(default_factory=list)
    from_: LocalDate | None = Field(default=None, alias="from")
    until: LocalDate | None = None
    dates: list[LocalDate] = Field(default_factory=list)
    except_dates: list[LocalDate] = Field(default_factory=list)
    times: list[ClockTime] = Field(default_factory=list)
    every: list[Frequency] = Field(default_factory=list)
    crossing_seconds: PositiveSeconds | None = None
    deck_slots: Count | None = None
    time_zone: TimeZone | None = None

    @model_validator(mode="after")
    def _until_not_before_from(self) -> Self:
        if self.from_ is not None and self.until is not None and self.until < self.from_:
            raise PydanticCustomError("window_ends_before_start", "`until` is before `from`")
        return self


class TimetableLine(Shape):
    """A ferry line in one direction: as in a plan request, and by days and times.

    ``deck_slots`` is the room on deck of every sailing of its services that does not say otherwise. ``source`` says
    where all this is known from, and ``tariff_date`` since when the fares have been so: neither has any effect.
    """

    id: LineId
    name: Text = ""
    notes: Notes = ""
    from_port: Id
    to_port: Id
    crossing_seconds: PositiveSeconds
    check_in_seconds: Seconds = 0
    unload_seconds: Seconds = 0
    fares: dict[Id, Money] | None = None
    deck_slots: Count | None = None
    sailings: list[Sailing] = Field(default_factory=list)
    services: list[Service] = Field(default_factory=list)
    source: Text = ""
    tariff_date: LocalDate | None = None

    @model_validator(mode="after")
    def _crosses_water(self) -> Self:
        if self.from_port == self.to_port:
            raise PydanticCustomError(
                "line_without_water", 'it starts and ends at port "{port}"', {"port": self.from_port}
            )
        return self


class ServiceException(Shape):
    """Nothing departs from ``start`` (inclusive) until ``end`` (exclusive): a holiday, a storm.

    It concerns the lines of ``line_ids`` and all lines from or to ``port_ids``; with neither, the whole network.
    """

    reason: Text
    start: WireInstant
    end: WireInstant
    line_ids: list[Id] = Field(default_factory=list)
    port_ids: list[Id] = Field(default_factory=list)

    @model_validator(mode="after")
    def _end_not_before_start(self) -> Self:
        if self.end < self.start:
            raise PydanticCustomError("window_ends_before_start", "it ends before it starts")
        return self


ONE_LINE: JsonDict = {
    "title": "Sanur and Nusa Penida",
    "ports": [
        {"id": "sanur", "location": {"lat": -8.675, "lon": 115.264}, "time_zone": "Asia/Makassar"},
        {"id": "toyapakeh", "location": {"lat": -8.683, "lon": 115.482}, "time_zone": "Asia/Makassar"},
    ],
    "lines": [
        {
            "id": "sanur-penida",
            "from_port": "sanur",
            "to_port": "toyapakeh",
            "crossing_seconds": 2700,
            "check_in_seconds": 1200,
            "fares": {"II": 35000, "IVB": 210000},
            "services": [{"times": ["08:00", "15:30"]}, {"days": ["sat", "sun"], "times": ["18:00"]}],
        }
    ],
    "exceptions": [
        {"reason": "Nyepi", "start": "2027-03-08T06:00:00+08:00", "end": "2027-03-09T06:00:00+08:00"}
    ],
}
"""A timetable to begin with, for the description."""


class Timetable(Shape):
    """A ferry network to be stored under a name; amounts are in ``currency``."""

    model_config = ConfigDict(json_schema_extra={"examples": [ONE_LINE]})

    title: Text = ""
    notes: Notes = ""
    currency: Currency = "IDR"
    ports: list[TimetablePort] = Field(default_factory=list)
    lines: list[TimetableLine] = Field(default_factory=list)
    exceptions: list[ServiceException] = Field(default_factory=list)

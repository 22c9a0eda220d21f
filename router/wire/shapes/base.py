"""What all shapes are made of: strict objects, texts, counts, money and instants."""

import re
from datetime import datetime
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field, PlainValidator, StringConstraints, WithJsonSchema
from pydantic_core import PydanticCustomError

from router.domain.units import Instant, instant_of

MAX_ID_CHARS = 128
MAX_NAME_CHARS = 500
MAX_SECONDS = 366 * 24 * 3600
MAX_METERS = 100_000_000
MAX_AMOUNT = 10**12
MAX_MONEY = 1e12
MAX_INT32 = 2**31 - 1
FIRST_YEAR, LAST_YEAR = 1970, 2199

_NO_CONTROL_CHARACTERS = r"^[^\x00-\x1f\x7f]*$"
_INSTANT = re.compile(
    r"(\d{4})-\d{2}-\d{2}[Tt]\d{2}:\d{2}:\d{2}(?:\.(\d+))?([Zz]|[+-]\d{2}:\d{2})?",
    re.ASCII,
)


class Shape(BaseModel):
    """A JSON object whose fields are all known and all of the right type: no coercion, no NaN."""

    model_config = ConfigDict(strict=True, extra="forbid", allow_inf_nan=False, frozen=True)


def read_instant(value: Any) -> Instant:
    """Return the instant of an RFC 3339 text.

    Raises:
        PydanticCustomError: it is not one, has no offset, has a fraction of a second or lies too far away.
    """
    if not isinstance(value, str):
        raise PydanticCustomError("instant_type", "expected an instant")
    found = _INSTANT.fullmatch(value)
    if found is None:
        raise PydanticCustomError("bad_instant", "this is not an RFC 3339 date-time")
    year, fraction, offset = found.groups()
    if offset is None:
        raise PydanticCustomError("instant_without_offset", "without an offset nobody knows when this is")
    if fraction is not None and fraction.strip("0"):
        raise PydanticCustomError("fractional_instant", "instants are whole seconds")
    if not FIRST_YEAR <= int(year) <= LAST_YEAR:
        raise PydanticCustomError(
            "instant_range",
            "instants lie in the years {first} to {last}",
            {"first": FIRST_YEAR, "last": LAST_YEAR},
        )
    try:
        return instant_of(datetime.fromisoformat(value.upper()))
    except ValueError as error:
        raise PydanticCustomError("bad_instant", "{why}", {"why": str(error)}) from None


WireInstant = Annotated[
    Instant,
    PlainValidator(read_instant),
    WithJsonSchema(
        {
            "type": "string",
            "format": "date-time",
            "description": "RFC 3339 with an offset, whole seconds.",
            "examples": ["2026-11-25T09:00:00+08:00"],
        }
    ),
]
Id = Annotated[str, StringConstraints(min_length=1, max_length=MAX_ID_CHARS, pattern=_NO_CONTROL_CHARACTERS)]
Text = Annotated[str, StringConstraints(max_length=MAX_NAME_CHARS, pattern=_NO_CONTROL_CHARACTERS)]
Seconds = Annotated[int, Field(ge=0, le=MAX_SECONDS, description="Whole seconds.")]
PositiveSeconds = Annotated[int, Field(ge=1, le=MAX_SECONDS, description="Whole seconds, at least 1.")]
Meters = Annotated[int, Field(ge=0, le=MAX_METERS, description="Whole metres.")]
Amount = Annotated[int, Field(ge=0, le=MAX_AMOUNT)]
Count = Annotated[int, Field(ge=0, le=MAX_INT32)]
Money = Annotated[float, Field(ge=0, le=MAX_MONEY, description="In the request's currency.")]

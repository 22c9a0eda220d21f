"""Units are types. Whole seconds and whole metres inside; floats and offsets only at the edge."""

from datetime import UTC, datetime, timedelta
from typing import NewType
from zoneinfo import ZoneInfo

Seconds = NewType("Seconds", int)
"""A duration in whole seconds."""

Meters = NewType("Meters", int)
"""A road distance in whole metres."""

Instant = NewType("Instant", int)
"""A point in time: whole seconds since 1970-01-01T00:00:00Z."""

Money = NewType("Money", float)
"""An amount in the currency of the request."""

_EPOCH, _SECOND = datetime(1970, 1, 1, tzinfo=UTC), timedelta(seconds=1)

SECONDS_PER_HOUR = 3600
METERS_PER_KM = 1000


def instant_of(moment: datetime) -> Instant:
    """Return the instant of a moment that carries an offset; a fraction of a second is cut off.

    Raises:
        ValueError: the moment has no offset, so that nobody knows when it is.
    """
    if moment.tzinfo is None:
        raise ValueError("a moment without an offset is no instant")
    return Instant((moment - _EPOCH) // _SECOND)


def local_time(instant: Instant, time_zone: str) -> datetime:
    """Return the instant as a moment on the clocks of a time zone (an IANA name)."""
    return datetime.fromtimestamp(instant, tz=ZoneInfo(time_zone))


def utc(instant: Instant) -> datetime:
    """Return the instant as a moment in UTC."""
    return datetime.fromtimestamp(instant, tz=UTC)

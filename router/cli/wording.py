"""Times, amounts and lengths as people read them."""

from router.domain.units import METERS_PER_KM, Instant, Meters, Money, Seconds, local_time

SECONDS_PER_MINUTE = 60
WHOLE_UNITS_FROM = 1000
"""From this amount on nobody reads the cents."""


def clock(instant: Instant, time_zone: str) -> str:
    """Return the time of day on local clocks, with the name of the zone: ``06:40 WITA``."""
    return f"{local_time(instant, time_zone):%H:%M %Z}"


def amount(money: Money | float) -> str:
    """Return an amount without its currency: ``1,250,000`` or ``12.50``."""
    decimals = 0 if abs(money) >= WHOLE_UNITS_FROM or money == 0 else 2
    return f"{money:,.{decimals}f}"


def duration(seconds: Seconds) -> str:
    """Return a duration in hours and minutes: ``7 h 05``."""
    hours, minutes = divmod(round(seconds / SECONDS_PER_MINUTE), 60)
    return f"{hours} h {minutes:02}"


def distance(meters: Meters) -> str:
    """Return a distance in kilometres: ``84.3 km``."""
    return f"{meters / METERS_PER_KM:,.1f} km"


def count(number: int, noun: str) -> str:
    """Return a number of things: ``1 stop``, ``2 stops``."""
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"

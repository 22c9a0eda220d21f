"""Instants, durations, sailings and money as reasons tell them."""

from math import ceil

from router.domain.ferries import Sailing
from router.domain.places import Location
from router.domain.problem import Problem
from router.domain.units import Instant, local_time


def clock(instant: Instant, where: Location) -> str:
    """Return the time on the clocks of a place: ``16:00``."""
    return f"{local_time(instant, where.time_zone):%H:%M}"


def spell(seconds: int) -> str:
    """Return a duration, rounded up: ``40 s``, ``12 min`` or ``2 h 5 min``."""
    if seconds < 60:
        return f"{seconds} s"
    hours, minutes = divmod(ceil(seconds / 60), 60)
    return f"{hours} h {minutes} min" if hours else f"{minutes} min"


def named(problem: Problem, sailing: Sailing) -> str:
    """Return a sailing by its line and the time it leaves port: ``sanur-penida 16:00``."""
    from_port = problem.timetable.line(sailing.line_id).from_port
    return f"{sailing.line_id} {clock(sailing.departs, problem.location(from_port))}"


def amount(money: float) -> str:
    """Return an amount of money with grouped digits."""
    return f"{money:,.0f}" if float(money).is_integer() or abs(money) >= 1000 else f"{money:,.2f}"

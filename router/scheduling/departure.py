"""When to leave: the cheapest departure of an order, exactly."""

from collections.abc import Sequence

from router.domain.places import TimeWindow
from router.domain.units import Instant
from router.errors import SchedulingError
from router.scheduling.itinerary import Itinerary
from router.scheduling.route_times import RouteTimes, follow


def best_times(itinerary: Itinerary) -> RouteTimes:
    """Return the times with the shortest duration and, of those, the earliest return.

    For a given order the departure changes no cost but that of the duration, so that the shortest is the
    cheapest. The instant of return never falls as the departure gets later: it is flat as long as waiting
    absorbs the delay, then rises second by second, and jumps where a task falls out of its window. In a flat
    piece its end is best, in a rising one all are alike. So the sweep goes from flat piece to flat piece, one
    for each jump, and ends when nobody waits any more, which nothing can better, or when it is too late.

    Raises:
        SchedulingError: no departure keeps to the order.
    """
    best: RouteTimes | None = None
    departs = _first_allowed(itinerary.departures, itinerary.vehicle.shift.start)
    while departs is not None:
        try:
            piece = follow(itinerary, departs)
        except SchedulingError:
            if best is None:
                raise
            break
        end = Instant(departs + piece.slack)
        times = follow(itinerary, _last_allowed(itinerary.departures, end))
        if best is None or times.duration < best.duration:
            best = times
        if times.idle == 0 and not itinerary.boards:
            break
        departs = _first_allowed(itinerary.departures, Instant(end + 1))
    if best is None:
        vehicle = itinerary.vehicle
        raise SchedulingError(f"depot {vehicle.start} is not open during the shift of vehicle {vehicle.id}")
    return best


def _first_allowed(departures: Sequence[TimeWindow], earliest: Instant) -> Instant | None:
    return next((max(window.start, earliest) for window in departures if window.end >= earliest), None)


def _last_allowed(departures: Sequence[TimeWindow], latest: Instant) -> Instant:
    """Return the last allowed instant until ``latest``, before which there is one."""
    return next(min(window.end, latest) for window in reversed(departures) if window.start <= latest)

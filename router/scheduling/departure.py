"""When to leave, and where to rest: the cheapest times of an order, exactly."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from router.domain.fleet import Break
from router.domain.places import TimeWindow
from router.domain.units import Instant, Seconds
from router.errors import SchedulingError
from router.scheduling.frontier import Frontier, frontier
from router.scheduling.itinerary import Itinerary
from router.scheduling.rests import Rest, due_before
from router.scheduling.route_times import RouteTimes, follow
from router.scheduling.ways import Way


def best_times(itinerary: Itinerary) -> RouteTimes:
    """Return the times with the shortest duration and, of those, the earliest return.

    For a given order neither departure nor breaks change any cost but that of the duration, so that the shortest
    is the cheapest. Breaks that are not due are left out.

    Raises:
        SchedulingError: no departure keeps to the order, or none is back soon enough.
    """
    best = min(_days(itinerary, frontier(itinerary)), default=None, key=_Day.rank)
    if best is None:
        raise _refusal(itinerary)
    limit = itinerary.vehicle.limits.duration
    if limit is not None and best.duration > limit:
        raise SchedulingError(
            f"vehicle {itinerary.vehicle.id} is out for {best.duration} s, {best.duration - limit} s too long"
        )
    return follow(itinerary, best.departs_at, best.rests)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Day:
    """The best departure of one way in one span of departures; ``rested`` counts the breaks taken."""

    departs_at: Instant
    returns_at: Instant
    rested: int
    rests: Rest | None

    @property
    def duration(self) -> Seconds:
        return Seconds(self.returns_at - self.departs_at)

    def rank(self) -> tuple[int, int, int]:
        """Return what days compare by: of two equal ones, that with fewer breaks takes none that is not due."""
        return self.duration, self.returns_at, self.rested


def _days(itinerary: Itinerary, ways: Frontier) -> Iterator[_Day]:
    for span in _spans(itinerary.departures, itinerary.breaks):
        for taken, some in ways.items():
            back_by = _back_by(itinerary, span, taken)
            for way in some:
                in_time = way.until(back_by)
                if in_time is not None and in_time.latest >= span.start:
                    yield _day(in_time, span, taken.bit_count())


def _day(way: Way, span: TimeWindow, rested: int) -> _Day:
    """Return the best day: until ``absorbed`` a later departure shortens it, from there on it only moves it."""
    departs_at = Instant(min(max(way.absorbed, span.start), span.end, way.latest))
    returns_at = way.ready_when_leaving(departs_at)
    return _Day(departs_at=departs_at, returns_at=returns_at, rested=rested, rests=way.rests)


def _spans(departures: Sequence[TimeWindow], breaks: Sequence[Break]) -> Iterator[TimeWindow]:
    """Yield the departures in spans, in each of which the same breaks can become due."""
    for window in departures:
        start = window.start
        for cut in sorted({due_before(pause) for pause in breaks}):
            if start < cut <= window.end:
                yield TimeWindow(start, Instant(cut - 1))
                start = cut
        yield TimeWindow(start, window.end)


def _back_by(itinerary: Itinerary, span: TimeWindow, taken: int) -> Instant:
    """Return the last instant to be back without one of the breaks that are not taken becoming due."""
    missing = (pause for place, pause in enumerate(itinerary.breaks) if not taken >> place & 1)
    ends = [pause.window.end for pause in missing if span.start < due_before(pause)]
    return min([itinerary.vehicle.shift.end, *ends])


def _refusal(itinerary: Itinerary) -> SchedulingError:
    """Return why no departure keeps to the order."""
    vehicle = itinerary.vehicle
    if not itinerary.departures:
        loaded = "" if itinerary.trips[0].ready_at is None else " when its load is ready"
        shut = "nothing leaves" if vehicle.start is None else f"depot {vehicle.start} is not open"
        return SchedulingError(f"{shut} during the shift of vehicle {vehicle.id}{loaded}")
    try:
        follow(itinerary, itinerary.departures[0].start)
    except SchedulingError as late:
        return late
    names = ", ".join(pause.id for pause in itinerary.breaks)
    return SchedulingError(f"vehicle {vehicle.id} finds no time for all that is due of its breaks {names}")

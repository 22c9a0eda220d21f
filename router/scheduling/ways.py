"""When a vehicle can be ready, as a function of when it left: pieces that are flat, then rise, then end."""

from collections.abc import Iterable
from typing import NamedTuple

from router.domain.places import TimeWindow
from router.domain.units import Instant, Seconds
from router.scheduling.rests import Rest


class Way(NamedTuple):
    """One choice of windows and rests up to some point of a route.

    Who departs at ``absorbed`` or before is ready there at ``ready``: waiting absorbs the difference. Later
    departures make it later, second by second, up to ``latest``, after which a window is missed. The function
    of all ways together, always taking the one that is ready first, is the exact one of the route. (Piecewise
    linear functions of several windows: Ibaraki and others, Transportation Science 39, 2005; the slack that
    waiting absorbs: Savelsbergh, ORSA Journal on Computing 4, 1992.)

    Attributes:
        rests: The last rest taken, which leads to those before; ``None`` where there is none.
    """

    absorbed: Instant
    ready: Instant
    latest: Instant
    rests: Rest | None = None

    def ready_when_leaving(self, departs_at: Instant) -> Instant:
        """Return when the vehicle is ready, for a departure until ``latest``."""
        return Instant(self.ready + max(0, departs_at - self.absorbed))

    def after(self, seconds: Seconds) -> "Way":
        """Return the way as it goes on when something takes so long."""
        return Way(self.absorbed, Instant(self.ready + seconds), self.latest, self.rests)

    def not_before(self, instant: Instant) -> "Way":
        """Return the way as it goes on when nothing happens until ``instant``."""
        if self.ready >= instant:
            return self
        absorbed = min(self.absorbed + instant - self.ready, self.latest)
        return Way(Instant(absorbed), instant, self.latest, self.rests)

    def until(self, instant: Instant) -> "Way | None":
        """Return the part of the way that is ready by ``instant``, or ``None`` where there is none."""
        if self.ready > instant:
            return None
        latest = min(self.latest, self.absorbed + instant - self.ready)
        return Way(self.absorbed, self.ready, Instant(latest), self.rests)

    def through(self, window: TimeWindow, *, drive: Seconds, stay: Seconds) -> "Way | None":
        """Return the way as it goes on after a drive and a stay that may begin within the window only.

        The same as ``after``, ``not_before``, ``until`` and ``after`` again, in one breath for the sake of speed.
        """
        absorbed, left, latest, rests = self
        ready = left + drive
        if ready > window.end:
            return None
        if ready < window.start:
            absorbed = Instant(min(absorbed + window.start - ready, latest))
            ready = window.start
        if absorbed + window.end - ready < latest:
            latest = Instant(absorbed + window.end - ready)
        return Way(absorbed, Instant(ready + stay), latest, rests)

    def is_no_worse_than(self, other: "Way") -> bool:
        """Return whether every departure of the other way is one of this way too, and ready no later.

        Both are flat first and rise after, so that it is enough to look at the earliest and the latest.
        """
        return (
            self.ready <= other.ready
            and self.latest >= other.latest
            and self.ready_when_leaving(other.latest) <= other.ready_when_leaving(other.latest)
        )


def worthwhile(ways: Iterable[Way]) -> list[Way]:
    """Return the ways that no other makes useless; of equals the first."""
    kept: list[Way] = []
    for way in sorted(ways, key=lambda w: (w.ready, -w.latest, -w.absorbed)):
        if not any(better.is_no_worse_than(way) for better in kept):
            kept.append(way)
    return kept

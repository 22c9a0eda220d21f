"""When a vehicle can be ready, as a function of when it left: pieces that are flat, then rise, then end."""

from collections.abc import Sequence
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


def worthwhile(ways: Sequence[Way], first: Instant) -> list[Way]:
    """Return ways of which one is ready first whenever the vehicle leaves, from ``first`` on.

    The ways must lead to the same point with the same breaks taken. Then all that rise do so along one line,
    departure plus work, below which none can be: the way that is ready first for some departure is so for all
    later ones too, up to its latest. So the lower envelope is walked from latest to latest.
    """
    kept: list[Way] = []
    departs, left = first, [way for way in ways if way.latest >= first]
    while left:
        soonest = min(left, key=lambda way: (way.ready_when_leaving(departs), -way.latest))
        kept.append(soonest)
        departs = Instant(soonest.latest + 1)
        left = [way for way in left if way.latest >= departs]
    return kept

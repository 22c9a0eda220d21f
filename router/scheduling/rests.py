"""Where on a route a driver rests."""

from collections.abc import Iterator
from enum import Enum
from typing import NamedTuple

from router.domain.fleet import Break
from router.domain.units import Instant


class Rested(Enum):
    """Where a rest is taken, seen from a task: before the road to it, at its place, or aboard its ship."""

    BEFORE_THE_ROAD = "before the road"
    ON_ARRIVAL = "on arrival"
    ABOARD = "aboard"


class Rest(NamedTuple):
    """A break put in its place; ``earlier`` is the rest before it on the same route.

    ``task`` is the index of the task among those of the itinerary.
    """

    pause: Break
    task: int
    where: Rested
    earlier: "Rest | None"

    def in_order(self) -> Iterator["Rest"]:
        """Yield all rests up to this one, the first one first."""
        if self.earlier is not None:
            yield from self.earlier.in_order()
        yield self


def due_before(pause: Break) -> Instant:
    """Return the first departure from the start depot for which the break is no longer due."""
    return Instant(pause.window.start + pause.duration)

"""What a stop misses a place in a route by: which rule, how far, and in words."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from router.domain.plan import ReasonCode
from router.domain.units import Money
from router.solver.explain.finding import Finding
from router.solver.explain.lanes import Lane


class Rule(StrEnum):
    """What was missed; one reason is told for each."""

    STOPS = "stops"
    LOAD = "load"
    CASH = "cash"
    ORDER = "order"
    RELEASE = "release"
    TIME = "time"
    CHECK_IN = "check-in"
    DECK = "deck"
    WAY = "way"
    DISTANCE = "distance"
    DURATION = "duration"


ALONE = {
    Rule.STOPS: ReasonCode.MAX_STOPS,
    Rule.LOAD: ReasonCode.CAPACITY,
    Rule.CASH: ReasonCode.CASH_LIMIT,
    Rule.ORDER: ReasonCode.VEHICLE_NOT_ALLOWED,
    Rule.RELEASE: ReasonCode.NOT_READY,
    Rule.TIME: ReasonCode.TIME_WINDOW,
    Rule.CHECK_IN: ReasonCode.FERRY_CUTOFF_MISSED,
    Rule.DECK: ReasonCode.FERRY_DECK_FULL,
    Rule.WAY: ReasonCode.FERRY_NO_SAILING,
    Rule.DISTANCE: ReasonCode.MAX_DISTANCE,
    Rule.DURATION: ReasonCode.MAX_DURATION,
}
"""What it is called that a vehicle misses with nothing else to do."""


FAR = 100.0
"""The size of a miss that no small change mends."""


@dataclass(frozen=True, slots=True)
class Miss:
    """One rule that keeps a stop from a place.

    Attributes:
        size: How far it is missed, as a share of what the rule allows; hours for times.
        words: The same with its numbers, for people.
    """

    rule: Rule
    size: float
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Attempt:
    """A stop tried in one gap of one route.

    Attributes:
        misses: All rules that it would break there; none: it would go.
        lane: The route, with everything else that is tried at the same time.
        gap: The gap in it.
        where: The gap, in words.
        extra: About what the route would cost more.
    """

    misses: tuple[Miss, ...]
    lane: Lane
    gap: int
    where: str
    extra: Money

    @property
    def rank(self) -> tuple[int, float, float]:
        """What attempts compare by: the fewer rules are missed, and the less, the nearer."""
        return len(self.misses), sum(miss.size for miss in self.misses), self.extra

    def finding(self, *, alone: bool = False) -> Finding:
        """Return why it does not go there; there must be something. ``alone`` means with nothing else to do."""
        rules = [miss.rule for miss in self.misses]
        words = " and ".join(miss.words for miss in self.misses)
        beside = ReasonCode.FERRY_DECK_FULL if rules == [Rule.DECK] else ReasonCode.FLEET_FULL
        code = ALONE[rules[0]] if alone else beside
        return Finding(code, len(rules) + self.rank[1], f"{self.where}: {words}", kind=" ".join(rules))


def nearest(attempts: Iterable[Attempt]) -> Attempt | None:
    """Return the attempt that misses least."""
    return min(attempts, key=lambda attempt: attempt.rank, default=None)

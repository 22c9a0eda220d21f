"""Served once: every stop is served once or listed as unserved once, never both, never neither."""

from collections import Counter
from collections.abc import Iterator

from router.checking.case import Case, Finding
from router.domain.plan import StopStep


def served_once(case: Case) -> Iterator[Finding]:
    """Yield every stop that is not accounted for exactly once.

    One that was withdrawn when the day was planned anew is not asked for any more: it is neither.
    """
    withdrawn = frozenset() if case.history is None else case.history.withdrawn
    served = Counter(
        step.stop_id for route in case.plan.routes for step in route.steps if isinstance(step, StopStep)
    )
    left_out = Counter(entry.stop_id for entry in case.plan.unserved)
    for stop in case.problem.stops:
        times = 0 if stop.id in withdrawn else 1
        if served[stop.id] + left_out[stop.id] != times:
            yield Finding(
                None,
                None,
                f"stop {stop.id} is served once or listed as unserved once"
                if times
                else f"stop {stop.id} is not asked for any more",
                f"served {served[stop.id]} times, listed as unserved {left_out[stop.id]} times",
            )

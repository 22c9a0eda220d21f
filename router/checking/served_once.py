"""Served once: every stop is served once or listed as unserved once, never both, never neither."""

from collections import Counter
from collections.abc import Iterator

from router.checking.case import Case, Finding
from router.domain.plan import StopStep


def served_once(case: Case) -> Iterator[Finding]:
    """Yield every stop that is not accounted for exactly once."""
    served = Counter(
        step.stop_id for route in case.plan.routes for step in route.steps if isinstance(step, StopStep)
    )
    left_out = Counter(entry.stop_id for entry in case.plan.unserved)
    for stop in case.problem.stops:
        if served[stop.id] + left_out[stop.id] != 1:
            yield Finding(
                None,
                None,
                f"stop {stop.id} is served once or listed as unserved once",
                f"served {served[stop.id]} times, listed as unserved {left_out[stop.id]} times",
            )

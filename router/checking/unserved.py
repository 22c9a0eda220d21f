"""Unserved: what is left out carries the penalty of the request and, in plans of ours, a reason."""

from collections.abc import Iterator

from router.checking.case import Case, Finding
from router.checking.tolerance import same_money
from router.checking.wording import money
from router.domain.plan import Unserved


def unserved(case: Case) -> Iterator[Finding]:
    """Yield wrong penalties, and stops that a plan of ours leaves out without saying why.

    A plan from elsewhere (one without a solver's report) owes no reasons: they are ours to give, and their
    codes are our own.
    """
    ours = case.plan.solver is not None
    for entry in case.plan.unserved:
        if case.problem.has_stop(entry.stop_id):
            yield from _penalty(case, entry)
        if ours and not entry.reasons:
            yield Finding(None, None, f"at least one reason why {entry.stop_id} is left out", "no reason")


def _penalty(case: Case, entry: Unserved) -> Iterator[Finding]:
    expected, actual = case.problem.stop(entry.stop_id).penalty, entry.penalty
    same = expected is actual if expected is None or actual is None else same_money(expected, actual)
    if not same:
        yield Finding(
            None,
            None,
            f"stop {entry.stop_id} is required"
            if expected is None
            else f"a penalty of {money(case, expected)}",
            "no penalty" if actual is None else f"a penalty of {money(case, actual)}",
        )

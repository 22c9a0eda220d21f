"""What an interrupted attempt left behind, for the next one to begin with."""

from router.checking import check
from router.domain.plan import Plan
from router.domain.problem import Problem
from router.domain.proposal import proposal_of
from router.errors import InvalidRequest, SchedulingError
from router.scheduling import schedule
from router.travel.travel import Travel
from router.wire.checks import read_plan
from router.wire.plans import to_plan


def still_good(earlier: bytes | None, problem: Problem, travel: Travel) -> Plan | None:
    """Return the plan of an earlier attempt, JSON, with times made anew; ``None`` where it does not hold any more.

    It may be of another version of the service, or the roads may have become slower: then it is no loss.
    """
    if earlier is None:
        return None
    try:
        plan = schedule(problem, travel, proposal_of(to_plan(read_plan(earlier), problem).plan))
    except (InvalidRequest, SchedulingError, KeyError):
        return None
    return None if check(problem, travel.matrix, plan) else plan

"""Have a plan, from whatever program, looked at by the referee."""

from collections.abc import Sequence

from router.checking import check
from router.domain.problem import Problem
from router.domain.stored_timetables import KeptTimetable
from router.domain.travel_choice import TravelChoice
from router.domain.violations import Violation
from router.errors import InvalidRequest
from router.service.workshop import Workshop
from router.wire import shapes
from router.wire.checks import read_check_request, read_plan
from router.wire.faults import below, refusal
from router.wire.ingest import to_problem
from router.wire.plans import to_plan
from router.wire.request import read_plan_request


def check_body(
    body: bytes, workshop: Workshop, *, stock: Sequence[KeptTimetable] = ()
) -> tuple[Violation, ...]:
    """Return everything that is wrong with the plan in ``{"request": …, "plan": …}``; ``stock``: known timetables.

    Raises:
        InvalidRequest: one of the two has faults; names all of both.
        MatrixUnavailable: the road engine failed.
    """
    asked = read_check_request(body, workshop.limits, workshop.land, stock)
    try:
        ingested = to_problem(asked.request, workshop.land)
    except InvalidRequest as error:
        raise refusal(below("/request", error.faults)) from None
    return _violations(asked.plan, "/plan", ingested.problem, ingested.choice, workshop)


def check_files(
    request: bytes, plan: bytes, workshop: Workshop, *, stock: Sequence[KeptTimetable] = ()
) -> tuple[Violation, ...]:
    """Return everything that is wrong with a plan that stands by itself; raises as ``check_body``."""
    asked = read_plan_request(request, workshop.limits, workshop.land, stock)
    given = read_plan(plan)
    ingested = to_problem(asked, workshop.land)
    return _violations(given, "", ingested.problem, ingested.choice, workshop)


def _violations(
    given: shapes.Plan, at: str, problem: Problem, choice: TravelChoice, workshop: Workshop
) -> tuple[Violation, ...]:
    read = to_plan(given, problem, at)
    matrix = workshop.matrices.travel_matrix(problem, choice)
    return (*read.contradictions, *check(problem, matrix, read.plan))

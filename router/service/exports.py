"""Plans handed out in the forms of other programs."""

from collections.abc import Callable
from functools import partial

from router.domain.tenants import TenantId
from router.errors import PlanConflict, RouteNotFound
from router.service.front_desk import FrontDesk
from router.service.workshop import Workshop
from router.wire.checks import read_plan
from router.wire.exports.gpx import gpx_bytes
from router.wire.exports.subject import Subject, subject_of
from router.wire.ingest import to_problem
from router.wire.plans import to_plan
from router.wire.request import read_plan_request

Printer = Callable[[Subject], bytes]
"""A function of a module, or a ``partial`` of one: it may run in another process."""


async def exported(tenant_id: TenantId, plan_id: str, printer: Printer, desk: FrontDesk) -> bytes:
    """Return what ``printer`` makes of a plan, the best so far while it is running.

    Raises:
        PlanNotFound: there is no such plan.
        PlanConflict: it has no routes yet, or never got any.
        RouteNotFound: the printer was to print the route of a vehicle that has none.
    """
    record = await desk.store.get(tenant_id, plan_id)
    if record.plan is None:
        when = "has ended without a plan" if record.status.ended else "is not planned yet"
        raise PlanConflict(f"{plan_id} {when}: there is nothing to export")
    request = await desk.store.get_request(tenant_id, plan_id)
    return await desk.intake.read(request, partial(_printed, plan=record.plan, printer=printer))


def gpx_of_vehicle(subject: Subject, vehicle_id: str) -> bytes:
    """Return the route of a vehicle as GPX.

    Raises:
        RouteNotFound: it has none in this plan.
    """
    route = subject.route_of(vehicle_id)
    if route is None:
        raise RouteNotFound("the plan has no route of this vehicle")
    return gpx_bytes(subject, route)


def _printed(body: bytes, workshop: Workshop, *, plan: bytes, printer: Printer) -> bytes:
    request = read_plan_request(body, workshop.limits, workshop.land)
    problem = to_problem(request, workshop.land).problem
    return printer(subject_of(request, problem, to_plan(read_plan(plan), problem).plan))

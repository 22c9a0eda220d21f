"""From the bytes of a check to a request and a plan for it, or to all faults of both."""

from collections.abc import Sequence

from router.domain.stored_timetables import KeptTimetable
from router.errors import Fault
from router.wire import shapes
from router.wire.document import Json, parse, require_object, shown
from router.wire.faults import FaultCode, below, fault, refusal
from router.wire.limits import Limits
from router.wire.request import DEFAULT_LIMITS, examine
from router.wire.siting import Land
from router.wire.structure import shape

_MEMBERS = ("request", "plan")


def read_check_request(
    body: bytes,
    limits: Limits = DEFAULT_LIMITS,
    land: Land | None = None,
    stock: Sequence[KeptTimetable] = (),
) -> shapes.CheckRequest:
    """Return the request and the plan in the body of a check; ``land``, ``stock`` as for ``read_plan_request``.

    Raises:
        InvalidRequest: with every fault of both; not ``readable`` where the body is not JSON.
    """
    document = require_object(parse(body))
    faults = [
        fault((name,), FaultCode.UNKNOWN_FIELD, f"`{name}` is not a field of this object")
        for name in document
        if name not in _MEMBERS
    ]
    request, request_faults = _examine_request(document, limits, land, stock)
    plan, plan_faults = _examine_plan(document)
    faults += [*below("/request", request_faults), *below("/plan", plan_faults)]
    if request is None or plan is None or faults:
        raise refusal(faults)
    return shapes.CheckRequest.model_construct(request=request, plan=plan)


def read_plan(body: bytes) -> shapes.Plan:
    """Return the plan in a JSON body of its own; of a whole plan resource, its ``plan`` member.

    Raises:
        InvalidRequest: with every fault; not ``readable`` where the body is not JSON.
    """
    document = require_object(parse(body))
    if "routes" not in document and isinstance(document.get("plan"), dict):
        document = document["plan"]
    plan, faults = shape(shapes.Plan, document)
    if plan is None:
        raise refusal(faults)
    return plan


def _examine_request(
    document: dict[str, Json], limits: Limits, land: Land | None, stock: Sequence[KeptTimetable]
) -> tuple[shapes.PlanRequest | None, list[Fault]]:
    part = document.get("request")
    if not isinstance(part, dict):
        return None, [_not_an_object("request", document)]
    examined = examine(part, limits, land, stock)
    return examined.request, examined.faults


def _examine_plan(document: dict[str, Json]) -> tuple[shapes.Plan | None, list[Fault]]:
    part = document.get("plan")
    if not isinstance(part, dict):
        return None, [_not_an_object("plan", document)]
    return shape(shapes.Plan, part)


def _not_an_object(name: str, document: dict[str, Json]) -> Fault:
    if name not in document:
        return fault((), FaultCode.MISSING_FIELD, f"`{name}` is missing")
    return fault((), FaultCode.WRONG_TYPE, f"expected an object, got {shown(document[name])}")

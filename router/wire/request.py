"""From the bytes of a plan request to a request that has no faults, or to all of its faults."""

from router.errors import Fault
from router.wire.document import Json, parse, require_object
from router.wire.faults import refusal
from router.wire.later import unsupported
from router.wire.limits import Limits, cut_to_limits
from router.wire.lock_faults import lock_faults
from router.wire.matrix_faults import matrix_faults
from router.wire.profile_faults import profile_faults
from router.wire.references import reference_faults
from router.wire.shapes import PlanRequest
from router.wire.siting import Land, location_faults
from router.wire.structure import shape
from router.wire.tickets import ticket_faults
from router.wire.trip_faults import trip_faults
from router.wire.webhook_faults import webhook_faults

__all__ = ["DEFAULT_LIMITS", "Limits", "PlanRequest", "read_plan_request"]

DEFAULT_LIMITS = Limits()
"""The limits of a service that sets none of its own."""


def read_plan_request(body: bytes, limits: Limits = DEFAULT_LIMITS, land: Land | None = None) -> PlanRequest:
    """Return the request in a JSON body.

    With ``land``, a request that is refused anyway is told of its positions at sea in the same answer; those
    of a request without other faults are found by ``to_problem``. So are second tickets for one line and day
    where only the land knows the clocks of a port.

    Raises:
        InvalidRequest: with every fault, whether of shape or of meaning, at most a hundred; not ``readable``
            where the body is not JSON at all.
    """
    request, faults = examine(require_object(parse(body)), limits, land)
    if request is None or faults:
        raise refusal(faults)
    return request


def examine(
    document: dict[str, Json], limits: Limits = DEFAULT_LIMITS, land: Land | None = None
) -> tuple[PlanRequest | None, list[Fault]]:
    """Return the request, ``None`` where its shape is wrong, and every fault; ``land`` as for ``read_plan_request``.

    The document is cut to the limits in place.
    """
    limits_passed = cut_to_limits(document, limits)
    request, shape_faults = shape(PlanRequest, document)
    faults = [
        *limits_passed,
        *shape_faults,
        *unsupported(document),
        *reference_faults(document),
        *ticket_faults(document, land),
        *lock_faults(document),
        *matrix_faults(document),
        *profile_faults(document),
        *webhook_faults(document, limits.webhooks),
        *trip_faults(document),
    ]
    return request, [*faults, *(location_faults(document, land) if land and faults else ())]

"""From the bytes of a plan request to a request that has no faults, or to all of its faults."""

from collections.abc import Sequence
from dataclasses import dataclass

import orjson

from router.domain.stored_timetables import KeptTimetable
from router.errors import Fault
from router.wire.document import Json, parse, require_object
from router.wire.faults import FaultCode, refusal
from router.wire.limits import Limits, cut_to_limits
from router.wire.lock_faults import lock_faults
from router.wire.matrix_faults import matrix_faults
from router.wire.profile_faults import profile_faults
from router.wire.references import reference_faults
from router.wire.road_faults import road_faults
from router.wire.shapes import PlanRequest
from router.wire.siting import Land, location_faults
from router.wire.structure import shape
from router.wire.tickets import ticket_faults
from router.wire.timetable_merging import Merging, merge
from router.wire.trip_faults import trip_faults
from router.wire.webhook_faults import webhook_faults

__all__ = [
    "DEFAULT_LIMITS",
    "Examined",
    "Limits",
    "PlanRequest",
    "examine",
    "read_plan_request",
    "resolve_plan_request",
]

DEFAULT_LIMITS = Limits()
"""The limits of a service that sets none of its own."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Examined:
    """What was found out about a document.

    Attributes:
        request: ``None`` where its shape is wrong.
        faults: Every one.
        merging: What became of its timetables.
    """

    request: PlanRequest | None
    faults: list[Fault]
    merging: Merging

    def sound(self) -> PlanRequest:
        """Return the request.

        Raises:
            InvalidRequest: with every fault.
        """
        if self.request is None or self.faults:
            raise refusal(self.faults)
        return self.request


def read_plan_request(
    body: bytes,
    limits: Limits = DEFAULT_LIMITS,
    land: Land | None = None,
    stock: Sequence[KeptTimetable] = (),
) -> PlanRequest:
    """Return the request in a JSON body, with the sailings of its timetables among its ``ferries``.

    With ``land``, a request that is refused anyway is told of its positions at sea in the same answer; those
    of a request without other faults are found by ``to_problem``. So are second tickets for one line and day
    where only the land knows the clocks of a port. Timetables are known as far as they are in ``stock``, and
    only with ``land``.

    Raises:
        InvalidRequest: with every fault, whether of shape or of meaning, at most a hundred; not ``readable``
            where the body is not JSON at all.
    """
    return examine(require_object(parse(body)), limits, land, stock).sound()


@dataclass(frozen=True, slots=True, kw_only=True)
class Resolved:
    """A sound request that names no timetables any more.

    Attributes:
        body: It as JSON.
        merging: What became of its timetables.
    """

    request: PlanRequest
    body: bytes
    merging: Merging


def resolve_plan_request(body: bytes, limits: Limits, land: Land, stock: Sequence[KeptTimetable]) -> Resolved:
    """Return the request with the sailings of its timetables written into it; raises as ``read_plan_request``."""
    document = require_object(parse(body))
    examined = examine(document, limits, land, stock)
    request = examined.sound()
    written = orjson.dumps(document) if examined.merging.used else body
    return Resolved(request=request, body=written, merging=examined.merging)


def examine(
    document: dict[str, Json],
    limits: Limits = DEFAULT_LIMITS,
    land: Land | None = None,
    stock: Sequence[KeptTimetable] = (),
) -> Examined:
    """Return the request and what is wrong with it; ``land`` and ``stock`` as for ``read_plan_request``.

    The document is cut to the limits, and filled with what its timetables say, in place.
    """
    limits_passed = cut_to_limits(document, limits)
    merging = merge(document, stock, land, limits)
    request, shape_faults = shape(PlanRequest, document)
    faults = [
        *limits_passed,
        *merging.faults,
        *shape_faults,
        *_not_for_want_of(merging, reference_faults(document)),
        *ticket_faults(document, land),
        *lock_faults(document),
        *matrix_faults(document),
        *profile_faults(document),
        *road_faults(document, limits.road_engines),
        *webhook_faults(document, limits.webhooks),
        *trip_faults(document),
    ]
    faults += location_faults(document, land) if land and faults else ()
    return Examined(request=request, faults=faults, merging=merging)


def _not_for_want_of(merging: Merging, faults: list[Fault]) -> list[Fault]:
    """Leave out references that lead nowhere only because a timetable could not be had."""
    if not merging.faults:
        return faults
    wanting = (FaultCode.UNKNOWN_PORT, FaultCode.UNKNOWN_SAILING)
    return [fault for fault in faults if fault.code not in wanting]

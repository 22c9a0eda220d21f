"""Bodies in Protocol Buffers become the JSON that says the same; everything behind knows one form only."""

from router.service.workshop import Workshop
from router.wire.protobuf import check_request_json, plan_request_json, replan_request_json


def plan_request_as_json(body: bytes, _workshop: Workshop) -> bytes:
    """Return a ``selat.v1.PlanRequest`` as the JSON of a plan request, for ``Intake.read``.

    Raises:
        InvalidRequest: the body is no such message.
    """
    return plan_request_json(body)


def check_request_as_json(body: bytes, _workshop: Workshop) -> bytes:
    """Return a ``selat.v1.CheckRequest`` as the JSON of a check, for ``Intake.read``.

    Raises:
        InvalidRequest: the body is no such message.
    """
    return check_request_json(body)


def replan_request_as_json(body: bytes, _workshop: Workshop) -> bytes:
    """Return a ``selat.v1.ReplanRequest`` as the JSON of a replan, for ``Intake.read``.

    Raises:
        InvalidRequest: the body is no such message.
    """
    return replan_request_json(body)

"""Everything that a call of the client may raise.

::

    ClientError
    ├── NoAnswer              the service cannot be reached, or its answers do not arrive
    ├── Refused               it answered, with a problem document (RFC 9457)
    │   ├── Invalid           400, 413, 415, 422: mend the request; ``faults`` names all that is wrong
    │   ├── NotAuthenticated  401: the key is missing or lets nobody in
    │   ├── NotAllowed        403: the key is for something else
    │   ├── NotFound          404: no such plan, timetable or route, or it is another tenant's
    │   ├── Conflict          409: the plan is not in a state that allows it
    │   └── Overloaded        429, 503: later; ``retry_after_seconds`` says when
    ├── NotSolved             the plan ended without a result, or was cancelled
    └── TookTooLong           the plan had not ended when the time was up; it goes on
"""

from collections.abc import Sequence
from types import MappingProxyType
from typing import Any

import orjson

from router.client.shapes import Fault, PlanResource


class ClientError(Exception):
    """The root of the tree."""


class NoAnswer(ClientError):
    """However often it was tried, no answer came. What was asked for may have been done all the same."""


class Refused(ClientError):
    """The service did not do what it was asked for.

    Attributes:
        status: The HTTP status.
        kind: What sort of problem, as headed in ``docs/errors.md``; empty where no problem document came.
        detail: What happened, for people.
        faults: Every fault of the request.
        request_id: By which the log of the service knows the call.
        retry_after_seconds: When to come again, where the service says so.
    """

    def __init__(self, status: int, document: dict[str, Any], retry_after_seconds: float | None) -> None:
        self.status = status
        self.kind = str(document.get("type", "")).rpartition(":")[2]
        self.detail = str(document.get("detail", ""))
        self.faults: Sequence[Fault] = document.get("errors", [])
        self.request_id: str | None = document.get("request_id")
        self.retry_after_seconds = retry_after_seconds
        lines = [f"{fault['pointer']}: {fault['detail']} {fault['action']}" for fault in self.faults]
        super().__init__("\n".join([f"{status} {self.kind}: {self.detail}", *lines]))


class Invalid(Refused):
    """The request has to be mended; sending it again as it is would not help."""


class NotAuthenticated(Refused):
    """The service wants a key, or does not know this one."""


class NotAllowed(Refused):
    """The key lacks the scope for this."""


class NotFound(Refused):
    """There is no such thing, or it is another tenant's."""


class Conflict(Refused):
    """The plan is not in a state that allows the call."""


class Overloaded(Refused):
    """The service is full, or the tenant has used up its quota, and went on being so for too long to wait."""


class NotSolved(ClientError):
    """The plan has ended, and not with success; ``resource`` has what there is, with its ``error``."""

    def __init__(self, resource: PlanResource) -> None:
        self.resource = resource
        error = resource.get("error")
        why = f": {error['title']}: {error['detail']}" if error else ""
        super().__init__(f"plan {resource['id']} is {resource['status']}{why}")


class TookTooLong(ClientError):
    """The plan has not ended yet. It goes on: wait for it again, or cancel it; ``resource`` is how far it was."""

    def __init__(self, resource: PlanResource) -> None:
        self.resource = resource
        super().__init__(f"plan {resource['id']} was still {resource['status']} when the time was up")


_OF_STATUS = MappingProxyType(
    {
        400: Invalid,
        401: NotAuthenticated,
        403: NotAllowed,
        404: NotFound,
        409: Conflict,
        413: Invalid,
        415: Invalid,
        422: Invalid,
        429: Overloaded,
        503: Overloaded,
    }
)


def refusal(status: int, body: bytes, retry_after_seconds: float | None) -> Refused:
    """Return the error that an answer of 400 and above stands for."""
    try:
        parsed = orjson.loads(body)
    except orjson.JSONDecodeError:  # not ours: a proxy's, perhaps
        parsed = {"detail": body[:200].decode(errors="replace")}
    document = parsed if isinstance(parsed, dict) else {}
    kind = _OF_STATUS.get(status, Refused)
    return kind(status, document, retry_after_seconds)

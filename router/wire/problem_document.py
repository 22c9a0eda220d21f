"""Problem documents (RFC 9457): how a failed call is answered."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from enum import StrEnum

import orjson

from router.errors import Fault

CONTENT_TYPE = "application/problem+json"


class ProblemKind(StrEnum):
    """What sort of problem; the value stands in ``type`` and has a heading in ``docs/errors.md``."""

    UNREADABLE_REQUEST = "unreadable-request"
    BAD_PARAMETER = "bad-parameter"
    NOT_AUTHENTICATED = "not-authenticated"
    NOT_ALLOWED = "not-allowed"
    NOT_FOUND = "not-found"
    METHOD_NOT_ALLOWED = "method-not-allowed"
    REQUEST_TIMEOUT = "request-timeout"
    PLAN_CONFLICT = "plan-conflict"
    REQUEST_TOO_LARGE = "request-too-large"
    UNSUPPORTED_MEDIA_TYPE = "unsupported-media-type"
    INVALID_REQUEST = "invalid-request"
    QUOTA_EXCEEDED = "quota-exceeded"
    INTERNAL_ERROR = "internal-error"
    UNAVAILABLE = "unavailable"


@dataclass(frozen=True, slots=True, kw_only=True)
class ProblemDocument:
    """One failed call.

    Attributes:
        kind: What sort of problem; its title follows from it.
        status: The HTTP status.
        detail: What happened this time, for people; nothing of the inside.
        request_id: By which the log knows the request.
        errors: Every fault of the request.
    """

    kind: ProblemKind
    status: int
    detail: str
    request_id: str | None = None
    errors: Sequence[Fault] = ()

    def to_bytes(self) -> bytes:
        """Return the document as JSON, without the members that do not apply."""
        document: dict[str, object] = {
            "type": f"urn:problem-type:selat:{self.kind}",
            "title": self.kind.replace("-", " ").capitalize(),
            "status": self.status,
            "detail": self.detail,
        }
        if self.request_id is not None:
            document["request_id"] = self.request_id
        if self.errors:
            document["errors"] = [asdict(fault) for fault in self.errors]
        return orjson.dumps(document)

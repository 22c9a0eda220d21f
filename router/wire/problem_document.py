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
    INVALID_REQUEST = "invalid-request"
    REQUEST_TOO_LARGE = "request-too-large"
    UNSUPPORTED_MEDIA_TYPE = "unsupported-media-type"
    NOT_FOUND = "not-found"
    METHOD_NOT_ALLOWED = "method-not-allowed"
    PLAN_CONFLICT = "plan-conflict"
    UNAVAILABLE = "unavailable"
    INTERNAL_ERROR = "internal-error"


@dataclass(frozen=True, slots=True, kw_only=True)
class ProblemDocument:
    """One failed call.

    Attributes:
        kind: What sort of problem.
        title: The same for every problem of this kind.
        status: The HTTP status.
        detail: What happened this time, for people; nothing of the inside.
        instance: The path that was called, if it helps.
        errors: Every fault of the request.
    """

    kind: ProblemKind
    title: str
    status: int
    detail: str
    instance: str | None = None
    errors: Sequence[Fault] = ()

    def to_bytes(self) -> bytes:
        """Return the document as JSON, without the members that do not apply."""
        document: dict[str, object] = {
            "type": f"urn:problem-type:selat:{self.kind}",
            "title": self.title,
            "status": self.status,
            "detail": self.detail,
        }
        if self.instance is not None:
            document["instance"] = self.instance
        if self.errors:
            document["errors"] = [asdict(fault) for fault in self.errors]
        return orjson.dumps(document)

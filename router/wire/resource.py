"""The plan resource and the small answers around it, as JSON."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, datetime

import orjson

from router.domain.violations import Violation
from router.wire.faults import RequestWarning


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanResource:
    """A plan and how far it is.

    Attributes:
        name: As the request calls it.
        status: One of the five of ``ports.PlanStatus``.
        created_at: When it was accepted; carries an offset, as do the next two, and is given in UTC.
        started_at: When a worker first took it up.
        finished_at: When it ended.
        plan: What ``response.plan_bytes`` returned for the best plan so far; goes in as it is.
        error: Why it failed, for the caller.
        warnings: What ``warnings_bytes`` returned for the request.
    """

    id: str
    name: str
    status: str
    created_at: datetime
    started_at: datetime | None = None
    finished_at: datetime | None = None
    plan: bytes | None = None
    error: str | None = None
    warnings: bytes = b"[]"

    def to_bytes(self) -> bytes:
        """Return the resource as JSON; ``error`` stands in it only where there is one."""
        resource: dict[str, object] = {
            "id": self.id,
            "name": self.name,
            "status": self.status,
            "created_at": _moment(self.created_at),
            "started_at": _moment(self.started_at),
            "finished_at": _moment(self.finished_at),
            "plan": None if self.plan is None else orjson.Fragment(self.plan),
            "warnings": orjson.Fragment(self.warnings),
        }
        if self.error is not None:
            resource["error"] = {"title": "The plan failed", "detail": self.error}
        return orjson.dumps(resource)


def warnings_bytes(warnings: Sequence[RequestWarning]) -> bytes:
    """Return the ``warnings`` member of a plan resource."""
    return orjson.dumps([asdict(warning) for warning in warnings])


def validation_bytes(warnings: Sequence[RequestWarning]) -> bytes:
    """Return the answer to ``validate_only`` for a request without faults."""
    return orjson.dumps({"valid": True, "warnings": orjson.Fragment(warnings_bytes(warnings))})


def violations_bytes(violations: Sequence[Violation]) -> bytes:
    """Return the answer to a check."""
    return orjson.dumps({"violations": [asdict(violation) for violation in violations]})


def _moment(moment: datetime | None) -> str | None:
    return None if moment is None else moment.astimezone(UTC).isoformat(timespec="seconds")

"""The plan resource, lists of plans, and the small answers around them, as JSON.

Moments in the life of a plan happen at no place, so they are told in UTC.
"""

from collections.abc import Sequence
from dataclasses import asdict
from datetime import UTC, datetime

import orjson

from router.domain.records import PlanPage, PlanRecord, PlanSummary
from router.domain.violations import Violation
from router.wire.faults import RequestWarning


def plan_resource_bytes(record: PlanRecord) -> bytes:
    """Return a plan and how far it is; ``error`` stands in it only where there is one."""
    said = _summary(record)
    error = {"error": said.pop("error")} if "error" in said else {}
    plan = None if record.plan is None else orjson.Fragment(record.plan)
    used = [asdict(timetable) for timetable in record.timetables]
    warnings = orjson.Fragment(record.warnings)
    return orjson.dumps({**said, "plan": plan, **error, "warnings": warnings, "timetables": used})


def plan_list_bytes(page: PlanPage) -> bytes:
    """Return a page of plans and the token that leads to the next one, ``null`` on the last page."""
    return orjson.dumps({"plans": list(map(_summary, page.plans)), "next_page_token": page.next_token})


def warnings_bytes(warnings: Sequence[RequestWarning]) -> bytes:
    """Return the ``warnings`` member of a plan resource."""
    return orjson.dumps([asdict(warning) for warning in warnings])


def validation_bytes(warnings: Sequence[RequestWarning]) -> bytes:
    """Return the answer to ``validate_only`` for a request without faults."""
    return orjson.dumps({"valid": True, "warnings": orjson.Fragment(warnings_bytes(warnings))})


def violations_bytes(violations: Sequence[Violation]) -> bytes:
    """Return the answer to a check."""
    return orjson.dumps({"violations": [asdict(violation) for violation in violations]})


def _summary(plan: PlanSummary) -> dict[str, object]:
    said: dict[str, object] = {
        "id": plan.id,
        "name": plan.name,
        "status": plan.status,
        "created_at": _moment(plan.created_at),
        "started_at": _moment(plan.started_at),
        "finished_at": _moment(plan.finished_at),
    }
    if plan.error is not None:
        said["error"] = {"title": "The plan failed", "detail": plan.error}
    return said


def _moment(moment: datetime | None) -> str | None:
    return None if moment is None else moment.astimezone(UTC).isoformat(timespec="seconds")

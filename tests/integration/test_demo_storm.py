"""Waves close the lines of Sanur in the middle of the demo's day: the rest of it is planned anew, and soon."""

import json
import time
from pathlib import Path

import pytest

from tests.running_service import Json, RunningService, ended

pytestmark = pytest.mark.alone

DEMO = Path("router/wire/examples/bali_lombok.json")
FROM, UNTIL = "2026-11-25T10:00:00+08:00", "2026-11-25T14:00:00+08:00"
CLOSED = ("sanur-banjar-nyuh", "banjar-nyuh-sanur", "sanur-jungutbatu", "jungutbatu-sanur")
MOST_SECONDS = 5.0
LEAST_KEPT = 0.95


def test_a_storm_at_ten_changes_little_and_brings_everybody_home(tmp_path: Path) -> None:
    with RunningService(tmp_path) as service:
        service.wait_for_event("worker_ready")
        request = json.loads(DEMO.read_bytes()) | {"options": {"time_limit_seconds": 5, "seed": 1}}
        old = service.plan_when(service.submit(request), ended)
        storm = {
            "at": FROM,
            "cancel_lines": [{"line_id": line, "start": FROM, "end": UNTIL} for line in CLOSED],
        }
        began = time.monotonic()
        answer = service.call("POST", f"/v1/plans/{old['id']}/replans", storm, {"Prefer": "wait=30"})
        took = time.monotonic() - began
    new = answer.json
    assert (answer.status, new["status"]) == (200, "succeeded"), new
    assert took <= MOST_SECONDS
    assert new["plan"]["replan"]["stranded"] == []
    assert all(entry["reasons"] for entry in new["plan"]["unserved"])
    hit = {route["vehicle_id"] for route in old["plan"]["routes"] if any(map(is_closed, route["steps"]))}
    before, after = drivers(old), drivers(new)
    untouched = [stop for stop, vehicle in before.items() if vehicle not in hit]
    assert hit
    assert untouched
    kept = sum(after.get(stop) == before[stop] for stop in untouched)
    assert kept >= LEAST_KEPT * len(untouched)
    assert not any(is_closed(step) for route in new["plan"]["routes"] for step in route["steps"])


def is_closed(step: Json) -> bool:
    """Return whether a step is a crossing that the storm does not let sail."""
    return step["type"] == "ferry" and step["line_id"] in CLOSED and FROM <= step["departs_at"] <= UNTIL


def drivers(resource: Json) -> dict[str, str]:
    """Return who serves what."""
    return {
        step["stop_id"]: route["vehicle_id"]
        for route in resource["plan"]["routes"]
        for step in route["steps"]
        if step["type"] == "stop"
    }

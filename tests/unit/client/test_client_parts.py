"""Parts of the client: pauses, streams, shapes, and what it does not know."""

import subprocess
import sys
import time
from email.utils import formatdate
from typing import Any, get_type_hints

import pytest

from router.client import (
    Event,
    Fault,
    PlanResource,
    PlanSummary,
    Retries,
    StoredTimetable,
    TimetableResource,
    TimetableSummary,
    Validation,
    Violation,
    Warned,
)
from router.client.errors import Invalid, Overloaded, refusal
from router.client.retrying import told_to_wait
from router.client.watching import EventReader
from router.wire.openapi import component_schemas

SHAPES: dict[str, Any] = {
    "FaultEntry": Fault,
    "PlanResource": PlanResource,
    "PlanSummary": PlanSummary,
    "StoredTimetable": StoredTimetable,
    "TimetableResource": TimetableResource,
    "TimetableSummary": TimetableSummary,
    "Validation": Validation,
    "ViolationEntry": Violation,
    "WarningEntry": Warned,
}


def test_pauses_double_up_to_a_bound_and_differ() -> None:
    retries = Retries(first_seconds=1, most_seconds=4)
    for attempt, bound in ((1, 1), (2, 2), (3, 4), (9, 4)):
        pauses = [retries.pause(attempt, None) for _ in range(200)]
        assert bound / 2 < max(pauses) <= bound
        assert min(pauses) < bound / 4


def test_nobody_comes_back_before_the_service_says() -> None:
    assert min(Retries().pause(1, 7.0) for _ in range(200)) >= 7.0


@pytest.mark.parametrize(("header", "seconds"), [(None, None), ("3", 3.0), ("soon", None)])
def test_retry_after_is_seconds(header: str | None, seconds: float | None) -> None:
    assert told_to_wait(header) == seconds


def test_retry_after_may_be_an_instant() -> None:
    told = told_to_wait(formatdate(time.time() + 100, usegmt=True))
    assert told is not None
    assert 90 < told <= 100


def test_patience_that_makes_no_sense_is_refused() -> None:
    with pytest.raises(ValueError, match="attempts"):
        Retries(attempts=0)


def test_signs_of_life_are_no_events_and_data_may_have_several_lines() -> None:
    reader = EventReader()
    lines = [
        ": still here",
        "",
        "retry: 2000",
        "",
        "id: 7",
        "event: progress",
        'data: {"cost":',
        "data: 5}",
        "",
    ]
    assert [event for line in lines if (event := reader.take(line))] == [Event("7", "progress", {"cost": 5})]


def test_an_answer_that_is_no_problem_document_is_told_as_it_is() -> None:
    of_a_proxy = refusal(503, b"<h1>Bad day</h1>", None)
    assert isinstance(of_a_proxy, Overloaded)
    assert "Bad day" in str(of_a_proxy)
    assert isinstance(refusal(422, b"[]", None), Invalid)


@pytest.mark.parametrize("name", SHAPES)
def test_the_shapes_are_those_of_the_description(name: str) -> None:
    described, ours = component_schemas()[name], SHAPES[name]
    assert get_type_hints(ours).keys() == described["properties"].keys()
    assert set(described.get("required", ())) == ours.__required_keys__


def test_the_client_takes_nothing_of_the_inside_along() -> None:
    """Who only calls the service loads no solver, no database driver, no numbers."""
    program = "import sys, router.client; print([m for m in sys.modules if m.split('.')[0] in sys.argv[1:]])"
    unwanted = ["numba", "numpy", "ortools", "asyncpg", "pydantic", "shapely", "pyarrow"]
    said = subprocess.run(
        [sys.executable, "-c", program, *unwanted], capture_output=True, text=True, check=True
    )
    assert said.stdout.strip() == "[]"

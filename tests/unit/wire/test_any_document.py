"""Whatever JSON comes in is accepted or refused with faults; nothing else ever happens."""

import copy
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import orjson
import pydantic_core
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from router.errors import InvalidRequest
from router.wire.checks import read_check_request
from router.wire.faults import MAX_FAULTS
from router.wire.ingest import to_problem
from router.wire.plans import to_plan
from router.wire.request import read_plan_request
from tests.unit.wire.requests import OneClock

EXAMPLES = Path(__file__).parents[3] / "proto" / "examples"
EVERY_FIELD = orjson.loads((EXAMPLES / "plan_request_every_field.json").read_bytes())
BUILT = {name: value for name, value in EVERY_FIELD.items() if name not in {"timetables", "webhook"}}
CHECKS = [
    orjson.loads((EXAMPLES / f"{name}.json").read_bytes())
    for name in ("check_request", "check_request_two_trips")
]
HUGE = int("9" * 4_000)

NUMBERS = st.sampled_from([0, -1, 0.5, 1e308, 2**63, HUGE, -HUGE, float("nan"), float("inf")])
TEXTS = st.sampled_from(
    ["", "x", "\x00", "dps", "p-001", "2026-11-25T09:00:00", "2026-11-25T09:00:00Z", "é" * 600]
)
VALUES = st.recursive(
    st.none() | st.booleans() | NUMBERS | TEXTS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(TEXTS, inner, max_size=3),
    max_leaves=5,
)  # fmt: skip
SPOTS = st.integers(0, 10_000)


def _spots(document: Any) -> Iterator[tuple[Any, Any]]:
    """Yield every container of a document with every key of it."""
    for key in list(document) if isinstance(document, dict) else range(len(document)):
        yield document, key
        if isinstance(document[key], dict | list):
            yield from _spots(document[key])


def _spoilt(document: Any, changes: list[tuple[int, Any]]) -> bytes:
    document = copy.deepcopy(document)
    for spot, value in changes:
        spots = list(_spots(document))
        if spots:
            container, key = spots[spot % len(spots)]
            container[key] = value
    return pydantic_core.to_json(document, inf_nan_mode="constants")


def _accepted_or_refused(read: Callable[[], object]) -> bool:
    try:
        read()
    except InvalidRequest as refused:
        return _sound(refused.faults)
    return True


def _sound(faults: tuple[Any, ...]) -> bool:
    return 1 <= len(faults) <= MAX_FAULTS and all(f.detail and len(f.detail) < 300 for f in faults)


def test_the_example_is_accepted_before_it_is_spoilt() -> None:
    assert to_problem(read_plan_request(orjson.dumps(BUILT), land=OneClock()), OneClock()).warnings == ()


@settings(max_examples=300, deadline=None)
@given(st.lists(st.tuples(SPOTS, VALUES), min_size=1, max_size=4))
def test_a_request_spoilt_anywhere_is_accepted_or_refused(changes: list[tuple[int, Any]]) -> None:
    body = _spoilt(BUILT, changes)
    assert _accepted_or_refused(lambda: to_problem(read_plan_request(body, land=OneClock()), OneClock()))


@settings(max_examples=300, deadline=None)
@given(st.sampled_from(CHECKS), st.lists(st.tuples(SPOTS, VALUES), min_size=1, max_size=4))
def test_a_check_spoilt_anywhere_is_accepted_or_refused(check: Any, changes: list[tuple[int, Any]]) -> None:
    body = _spoilt(check, changes)

    def read() -> object:
        asked = read_check_request(body)
        return to_plan(asked.plan, to_problem(asked.request, OneClock()).problem)

    assert _accepted_or_refused(read)


@pytest.mark.parametrize("number", [HUGE, -HUGE], ids=["positive", "negative"])
def test_numbers_of_four_thousand_digits_are_out_of_range(number: int) -> None:
    """Neither an overflow nor an answer of four thousand digits."""
    document = EVERY_FIELD | {"options": {"time_limit_seconds": number}}
    with pytest.raises(InvalidRequest) as refused:
        read_plan_request(pydantic_core.to_json(document))
    assert _sound(refused.value.faults)

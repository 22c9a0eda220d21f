"""Every fault of a request is named, where it is and what it is, and all of them at once."""

import pytest

from router.errors import InvalidRequest
from router.wire.faults import MAX_FAULTS, FaultCode
from router.wire.request import read_plan_request
from tests.unit.wire.requests import Json, body, clock, faults_of, ferry_request, place
from tests.unit.wire.spoilt_requests import SPOILT, Spoilt, spoilt_requests

ELSEWHERE = (
    {
        FaultCode.UNREADABLE: "test_a_body_that_is_not_json_is_not_readable",
        FaultCode.NOT_FINITE: "test_numbers_that_are_none",
        FaultCode.LOCATION_AT_SEA: "test_positions.py",
        FaultCode.UNKNOWN_DIMENSION: "test_given_plans.py",
        FaultCode.TICKET_CANCELLED: "test_ticket_faults.py",
        FaultCode.TICKET_NOT_CARRIED: "test_ticket_faults.py",
        FaultCode.TICKET_SAME_DAY: "test_ticket_faults.py",
        FaultCode.LOCKED_TWICE: "test_lock_faults.py",
        FaultCode.LOCK_NOT_ALLOWED: "test_lock_faults.py",
        FaultCode.LOCK_ORDER: "test_lock_faults.py",
        FaultCode.BAD_CLOCK_TIME: "test_timetable_faults.py",
        FaultCode.BAD_DATE: "test_timetable_faults.py",
        FaultCode.UNKNOWN_LINE: "test_timetable_faults.py",
        FaultCode.TIMETABLE_CURRENCY: "test_timetable_merging.py",
        FaultCode.HORIZON_TOO_LONG: "test_timetable_merging.py",
        FaultCode.AT_OUTSIDE_PLAN: "test_replan_faults.py",
        FaultCode.SAILING_DEPARTED: "test_replan_faults.py",
        FaultCode.SAID_TWICE: "test_replan_faults.py",
        FaultCode.STOP_DONE: "test_replan_faults.py",
    }
    | {
        code: "test_request_limits.py"
        for code in FaultCode
        if code.startswith(("too_many", "matrix_too", "time_limit"))
    }
    | {code: "test_gtfs_faults.py" for code in FaultCode if code.startswith("gtfs_")}
)


@pytest.mark.parametrize("spoilt", spoilt_requests(), ids=lambda s: f"{s.code} {s.at}")
def test_a_fault_is_named_where_it_is(spoilt: Spoilt) -> None:
    assert faults_of(body(ferry_request())) == []
    assert (spoilt.pointer, spoilt.code) in faults_of(body(spoilt.document()))


@pytest.mark.parametrize("spoilt", spoilt_requests(), ids=lambda s: f"{s.code} {s.at}")
def test_every_fault_tells_what_is_wrong_and_what_to_do(spoilt: Spoilt) -> None:
    with pytest.raises(InvalidRequest) as refused:
        read_plan_request(body(spoilt.document()))
    for fault in refused.value.faults:
        assert 0 < len(fault.detail) < 250
        assert fault.action.endswith(".")


def test_every_code_is_produced_by_some_test() -> None:
    assert SPOILT.keys() | ELSEWHERE.keys() == set(FaultCode)


def test_faults_of_shape_and_of_meaning_come_together() -> None:
    """One broken stop hides neither a dangling reference nor a duplicate elsewhere."""
    document = ferry_request()
    document["stops"][0] = {"id": "dps", "location": {"lat": "x", "lon": 115}}
    document["vehicles"][0]["end"] = "nowhere"
    document["ferries"]["lines"][0]["crossing_seconds"] = -5
    assert set(faults_of(body(document))) == {
        ("/stops/0/location/lat", "wrong_type"),
        ("/stops/0/id", "duplicate_id"),
        ("/vehicles/0/end", "unknown_depot"),
        ("/ferries/lines/0/crossing_seconds", "out_of_range"),
    }


def test_references_to_what_cannot_be_read_are_not_judged() -> None:
    """The only depot has no id: that is the fault, not the vehicle that names it."""
    document = ferry_request()
    del document["depots"][0]["id"]
    assert faults_of(body(document)) == [("/depots/0/id", "missing_field")]


def test_no_more_than_a_hundred_faults_are_named() -> None:
    document = ferry_request() | {"stops": [{"id": f"p-{i}"} for i in range(150)]}
    assert len(faults_of(body(document))) == MAX_FAULTS


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        b'{"stops": [',
        b"\xff\xfe{}",
        b'{"name": "\xff"}',
        b'{"name": "\\ud800"}',
        b'{"name": 1} trailing',
        b"[" * 10_000_000,
        b'{"a":' * 2_000_000,
        b"9" * 5_000,
    ],
    ids=[
        "empty",
        "cut",
        "UTF-16",
        "bad UTF-8",
        "surrogate",
        "trailing",
        "10 MB of [",
        "10 MB of {",
        "digits",
    ],
)
def test_a_body_that_is_not_json_is_not_readable(raw: bytes) -> None:
    with pytest.raises(InvalidRequest) as refused:
        read_plan_request(raw)
    assert not refused.value.readable
    assert [fault.code for fault in refused.value.faults] == ["unreadable"]


@pytest.mark.parametrize("raw", [b"[]", b"null", b'"x"', b"7"])
def test_a_body_that_is_no_object_can_be_read_but_not_meant(raw: bytes) -> None:
    with pytest.raises(InvalidRequest) as refused:
        read_plan_request(raw)
    assert refused.value.readable
    assert [(fault.pointer, fault.code) for fault in refused.value.faults] == [("", "wrong_type")]


@pytest.mark.parametrize("number", [b"NaN", b"Infinity", b"-Infinity", b"1e999"])
def test_numbers_that_are_none(number: bytes) -> None:
    """NaN and its like are no JSON, yet the fault can say where they stand."""
    raw = body(ferry_request()).replace(b"-8.65", number, 1)
    assert faults_of(raw) == [("/depots/0/location/lat", "not_finite")]


@pytest.mark.parametrize(
    "document",
    [
        {"vehicles": [{f"k{i}": 0 for i in range(300_000)}]},
        {"stops": [0] * 1_000_000, "vehicles": []},
        {"vehicles": [{"tickets": [[]] * 1_000} for _ in range(990)]},
    ],
    ids=["a vehicle of 300,000 fields", "a million stops that are 0", "a million tickets that are lists"],
)
def test_a_hostile_body_gets_no_more_than_a_hundred_faults(document: Json) -> None:
    assert 1 <= len(faults_of(body(document))) <= MAX_FAULTS


def test_whole_seconds_may_carry_zeroes() -> None:
    document = ferry_request()
    document["stops"][1]["windows"][0]["start"] = "2026-11-25T01:00:00.000Z"
    assert faults_of(body(document)) == []


def test_integers_stand_for_degrees_and_money() -> None:
    document = ferry_request()
    document["stops"][0] |= {"location": place(lat=-8, lon=115), "penalty": 250000}
    assert faults_of(body(document)) == []


def test_an_empty_batch_is_a_request() -> None:
    """A day without parcels is not an error of the program that plans every day."""
    assert faults_of(body(ferry_request() | {"stops": []})) == []


def test_instants_in_different_offsets_are_the_same_instant() -> None:
    document = ferry_request()
    document["stops"][1]["windows"] = [{"start": clock("09:00"), "end": "2026-11-25T01:00:00Z"}]
    assert faults_of(body(document)) == []

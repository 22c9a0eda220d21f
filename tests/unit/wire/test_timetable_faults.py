"""Every fault of a timetable is named, where it is and what it is, and all of them at once."""

from dataclasses import replace

import orjson
import pytest

from router.errors import InvalidRequest
from router.wire.shapes.timetables import ONE_LINE
from router.wire.timetable_network import network_bytes, to_network
from router.wire.timetable_reading import DEFAULT_TIMETABLE_LIMITS, read_timetable
from tests.timetables import Json, line, port, timetable
from tests.unit.wire.requests import OneClock

LINE, SERVICE = "/lines/0", "/lines/0/services/0"


def every(start: str, end: str, seconds: int) -> Json:
    return [{"start": start, "end": end, "interval_seconds": seconds}]


def closed(start: str = "2026-11-25T00:00:00Z", end: str = "2026-11-26T00:00:00Z", **more: Json) -> Json:
    return [{"reason": "storm", "start": start, "end": end, **more}]


SPOILT: list[tuple[str, Json, str, str]] = [
    (f"{SERVICE}/times", ["8"], f"{SERVICE}/times/0", "bad_clock_time"),
    (f"{SERVICE}/times", ["08:60"], f"{SERVICE}/times/0", "bad_clock_time"),
    (f"{SERVICE}/times", ["168:01"], f"{SERVICE}/times/0", "bad_clock_time"),
    (f"{SERVICE}/times", [480], f"{SERVICE}/times/0", "bad_clock_time"),
    (f"{SERVICE}/from", "2026-02-30", f"{SERVICE}/from", "bad_date"),
    (f"{SERVICE}/until", "25 November", f"{SERVICE}/until", "bad_date"),
    (f"{SERVICE}/dates", ["1969-12-31"], f"{SERVICE}/dates/0", "bad_date"),
    (f"{SERVICE}/days", ["monday"], f"{SERVICE}/days/0", "unknown_value"),
    (f"{SERVICE}/time_zone", "WITA", f"{SERVICE}/time_zone", "unknown_time_zone"),
    (f"{SERVICE}/every", every("08:00", "07:00", 60), f"{SERVICE}/every/0", "window_ends_before_start"),
    (f"{SERVICE}/every", every("07:00", "08:00", 59), f"{SERVICE}/every/0/interval_seconds", "out_of_range"),
    (SERVICE, {"from": "2026-02-01", "until": "2026-01-01"}, SERVICE, "window_ends_before_start"),
    (f"{LINE}/from_port", "nowhere", f"{LINE}/from_port", "unknown_port"),
    (f"{LINE}/to_port", "bali", LINE, "line_without_water"),
    (f"{LINE}/id", "back", "/lines/1/id", "duplicate_id"),
    (f"{LINE}/id", "x" * 101, f"{LINE}/id", "text_too_long"),
    (f"{LINE}/fare", {"II": 1}, f"{LINE}/fare", "unknown_field"),
    (f"{LINE}/crossing_seconds", 0, f"{LINE}/crossing_seconds", "out_of_range"),
    ("/ports/0/id", "penida", "/ports/1/id", "duplicate_id"),
    ("/currency", "rupiah", "/currency", "bad_currency"),
    ("/exceptions", closed(start="2026-11-25"), "/exceptions/0/start", "bad_instant"),
    ("/exceptions", closed(end="2026-11-24T00:00:00Z"), "/exceptions/0", "window_ends_before_start"),
    ("/exceptions", closed(port_ids=["no"]), "/exceptions/0/port_ids/0", "unknown_port"),
    ("/exceptions", closed(line_ids=["no"]), "/exceptions/0/line_ids/0", "unknown_line"),
]


def faults_of(document: Json, **limits: int) -> set[tuple[str, str]]:
    try:
        read_timetable(orjson.dumps(document), replace(DEFAULT_TIMETABLE_LIMITS, **limits))
    except InvalidRequest as error:
        return {(fault.pointer, fault.code) for fault in error.faults}
    return set()


def spoilt(at: str, value: Json) -> Json:
    document = timetable()
    *way, last = [int(part) if part.isdigit() else part for part in at.split("/")[1:]]
    parent = document
    for part in way:
        parent = parent[part]
    parent[last] = value
    return document


def test_a_sound_timetable_has_no_faults() -> None:
    assert faults_of(timetable()) == set()
    assert faults_of(ONE_LINE) == set()


@pytest.mark.parametrize(("at", "value", "pointer", "code"), SPOILT, ids=lambda value: str(value)[:40])
def test_a_fault_is_named_where_it_is(at: str, value: Json, pointer: str, code: str) -> None:
    assert (pointer, code) in faults_of(spoilt(at, value))


def test_all_faults_come_together() -> None:
    document = timetable({"times": ["x"]})
    document["ports"][0]["location"]["lat"] = 100
    document["lines"][1]["to_port"] = "nowhere"
    assert faults_of(document) == {
        ("/ports/0/location/lat", "out_of_range"),
        ("/lines/0/services/0/times/0", "bad_clock_time"),
        ("/lines/1/to_port", "unknown_port"),
    }


def test_what_is_not_json_cannot_be_read() -> None:
    with pytest.raises(InvalidRequest) as refused:
        read_timetable(b"{")
    assert not refused.value.readable


@pytest.mark.parametrize(
    ("document", "limits", "expected"),
    [
        (timetable(), {"ports": 1}, ("/ports", "too_many_ports")),
        (timetable(), {"lines": 1}, ("/lines", "too_many_lines")),
        (timetable(), {"services_in_all": 1}, ("/lines", "too_many_entries")),
        (timetable({"times": ["08:00"] * 3}), {"times": 3}, ("/lines", "too_many_sailings")),
        (
            timetable({"every": [{"start": "00:00", "end": "24:00", "interval_seconds": 60}]}),
            {"times": 1440},
            ("/lines", "too_many_sailings"),
        ),
        (
            timetable({"dates": ["2026-11-25"] * 3}),
            {"dates": 2},
            ("/lines/0/services/0/dates", "too_many_entries"),
        ),
    ],
)
def test_bounds_are_looked_at_before_anything_is_made(
    document: Json, limits: dict[str, int], expected: tuple[str, str]
) -> None:
    assert expected in faults_of(document, **limits)


def test_a_timetable_with_everything_in_it_comes_back_the_same() -> None:
    """Document to network and back to a document that means the same network."""
    services = [
        {"days": ["mon", "sat"], "from": "2026-01-01", "until": "2026-12-31", "times": ["08:00", "25:10:30"]},
        {"dates": ["2026-11-25"], "times": ["09:00"], "crossing_seconds": 60, "deck_slots": 3},
        {
            "except_dates": ["2026-11-25"],
            "every": [{"start": "00:00", "end": "24:00", "interval_seconds": 2400}],
        },
        {"times": ["07:00"], "time_zone": "Asia/Jakarta"},
    ]
    sailing = {"id": "extra", "departs": "2026-11-25T13:00:00+08:00", "deck_slots": 1, "cancelled": True}
    document = {
        "title": "All",
        "notes": "of\nit",
        "currency": "EUR",
        "ports": [port("bali", name="Bali"), port("penida")],
        "lines": [line(services=services, sailings=[sailing], fares={"II": 5.5}, deck_slots=7, name="Out")],
        "exceptions": [
            {
                "reason": "Nyepi",
                "start": "2027-03-08T06:00:00+08:00",
                "end": "2027-03-09T06:00:00+08:00",
                "line_ids": ["out"],
                "port_ids": ["bali"],
            }
        ],
    }
    network = to_network(read_timetable(orjson.dumps(document)), OneClock())
    assert to_network(read_timetable(network_bytes(network)), OneClock()) == network

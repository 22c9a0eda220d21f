"""What a replan cannot mean is named, where it is and what it is, and all of it at once."""

from types import MappingProxyType

import pytest

from router.wire.document import Json
from router.wire.replan_faults import Followed, replan_faults
from tests.builders import at

FOLLOWED = Followed(
    departures=MappingProxyType({"out 08:00": at("08:00"), "back 11:00": at("11:00")}),
    lines=frozenset({"out", "back"}),
    served_from=MappingProxyType({"p-1": at("09:00"), "p-2": at("12:00"), "s-1/pickup": at("09:30")}),
    stops=MappingProxyType(
        {"p-1": None, "p-2": None, "s-1/pickup": "s-1", "s-1/dropoff": "s-1", "s-2/pickup": "s-2"}
    ),
    vehicles=frozenset({"van-1"}),
    begins=at("08:30"),
    ends=at("20:00"),
)
TEN, NOON = "2026-11-25T10:00:00+08:00", "2026-11-25T12:00:00+08:00"


def found(**changes: Json) -> list[tuple[str, str]]:
    return [(fault.pointer, fault.code) for fault in replan_faults({"at": TEN, **changes}, FOLLOWED)]


def test_a_sound_replan_has_no_faults() -> None:
    changes: dict[str, Json] = {
        "cancel_sailings": ["back 11:00"],
        "cancel_lines": [{"line_id": "out", "start": TEN, "end": NOON}],
        "remove_stops": ["p-2", "s-2/pickup"],
        "drop_vehicles": ["van-1"],
    }
    assert found(**changes) == []


@pytest.mark.parametrize(
    ("changes", "pointer", "code"),
    [
        ({"cancel_sailings": ["x"]}, "/cancel_sailings/0", "unknown_sailing"),
        ({"cancel_sailings": ["out 08:00"]}, "/cancel_sailings/0", "sailing_departed"),
        (
            {"delay_sailings": [{"sailing_id": "back 11:00", "departs": "2026-11-25T09:00:00+08:00"}]},
            "/delay_sailings/0/departs",
            "sailing_departed",
        ),
        (
            {
                "cancel_sailings": ["back 11:00"],
                "delay_sailings": [{"sailing_id": "back 11:00", "departs": NOON}],
            },
            "/delay_sailings/0/sailing_id",
            "said_twice",
        ),
        (
            {"cancel_lines": [{"line_id": "x", "start": TEN, "end": NOON}]},
            "/cancel_lines/0/line_id",
            "unknown_line",
        ),
        (
            {"cancel_lines": [{"line_id": "out", "start": NOON, "end": TEN}]},
            "/cancel_lines/0",
            "window_ends_before_start",
        ),
        ({"remove_stops": ["p-9"]}, "/remove_stops/0", "unknown_stop"),
        ({"remove_stops": ["p-1"]}, "/remove_stops/0", "stop_done"),
        ({"remove_stops": ["s-1"]}, "/remove_stops/0", "stop_done"),
        ({"remove_stops": ["s-1/dropoff"]}, "/remove_stops/0", "stop_done"),
        ({"drop_vehicles": ["van-9"]}, "/drop_vehicles/0", "unknown_vehicle"),
        ({"at": "2026-11-25T21:00:00+08:00"}, "/at", "at_outside_plan"),
        ({"at": "2026-11-25T08:00:00+08:00"}, "/at", "at_outside_plan"),
    ],
)
def test_a_fault_is_named_where_it_is(changes: dict[str, Json], pointer: str, code: str) -> None:
    """A picked-up half of a shipment cannot be taken back, whichever way it is called."""
    assert (pointer, code) in found(**changes)


def test_they_come_all_at_once_and_an_unreadable_instant_hides_none_of_the_others() -> None:
    changes: dict[str, Json] = {"at": "soon", "cancel_sailings": ["x"], "drop_vehicles": ["y", 7, "z"]}
    assert found(**changes) == [
        ("/cancel_sailings/0", "unknown_sailing"),
        ("/drop_vehicles/0", "unknown_vehicle"),
        ("/drop_vehicles/2", "unknown_vehicle"),
    ]

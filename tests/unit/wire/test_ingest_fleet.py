"""What limits, trips, breaks and tickets of a request mean."""

import pytest

from router.domain.fleet import Break, Vehicle, VehicleLimits
from router.domain.ids import BreakId
from router.domain.units import Meters, Money, Seconds
from router.wire.ingest import Ingested, to_problem
from tests.builders import between
from tests.unit.wire.requests import Json, OneClock, clock, ferry_request, read, window

_LUNCH = {"id": "lunch", "window": window("11:30", "13:00"), "duration_seconds": 1800}
_TEA = {"id": "tea", "window": window("09:00", "10:00"), "duration_seconds": 600}


def _meaning(**change: Json) -> Ingested:
    document = ferry_request()
    document["vehicles"][0] |= change
    return to_problem(read(document), OneClock())


def _van(**change: Json) -> Vehicle:
    return _meaning(**change).problem.vehicles[0]


def test_without_a_word_there_are_no_limits_and_one_trip() -> None:
    van = _van(max_trips=None, reload_seconds=None, max_cash=None)
    assert (van.limits, van.max_trips, van.reload, van.breaks, van.tickets) == (VehicleLimits(), 1, 0, (), ())


def test_without_a_word_it_starts_and_ends_anywhere() -> None:
    van = _van(start=None, end=None)
    assert (van.start, van.end) == (None, None)


def test_limits_are_taken_and_nought_is_one() -> None:
    van = _van(max_cash=5000000, max_distance_meters=200000, max_duration_seconds=43200, max_stops=0)
    assert van.limits == VehicleLimits(
        cash=Money(5e6), distance=Meters(200_000), duration=Seconds(43_200), stops=0
    )


def test_trips_and_breaks_are_taken_and_breaks_are_put_in_order() -> None:
    van = _van(max_trips=3, reload_seconds=900, breaks=[_LUNCH, _TEA])
    assert (van.max_trips, van.reload) == (3, 900)
    assert van.breaks == (
        Break(id=BreakId("tea"), window=between("09:00", "10:00"), duration=Seconds(600)),
        Break(id=BreakId("lunch"), window=between("11:30", "13:00"), duration=Seconds(1800)),
    )


def _with_sailings(zone: str, *tickets: str) -> frozenset[str]:
    """Return what is barred of sailings out at 05, 08 and 16 o'clock and 08 o'clock on the next day in Bali."""
    document = ferry_request()
    document["ferries"]["ports"][0]["time_zone"] = zone
    departures = {f"out {hour}": clock(f"{hour}:00") for hour in ("05", "08", "16")}
    departures["out next"] = clock("08:00").replace("11-25", "11-26")
    document["ferries"]["lines"][0]["sailings"] = [
        {"id": name, "departs": departs} for name, departs in departures.items()
    ]
    document["vehicles"][0]["tickets"] = list(tickets)
    return to_problem(read(document), OneClock()).problem.vehicles[0].conveyance.barred


@pytest.mark.parametrize(
    ("tickets", "barred"),
    [
        ([], set()),
        (["out 08"], {"out 05", "out 16"}),
        (["out next"], set()),
        (["out 05", "out next"], {"out 08", "out 16"}),
        (["back 16"], set()),
    ],
)
def test_a_ticket_bars_the_other_sailings_of_its_line_and_day(tickets: list[str], barred: set[str]) -> None:
    assert _with_sailings("Asia/Makassar", *tickets) == barred


def test_the_day_of_a_ticket_is_that_of_the_port_of_departure() -> None:
    """05:00 in Bali is 21:00 of the day before in London, and 16:00 is 08:00."""
    assert _with_sailings("Europe/London", "out 08") == {"out 16"}


@pytest.mark.parametrize(
    ("change", "pointers"),
    [
        ({"reload_seconds": 900}, ["/vehicles/0/reload_seconds"]),
        ({"reload_seconds": 900, "max_trips": 1}, ["/vehicles/0/reload_seconds"]),
        ({"reload_seconds": 900, "max_trips": 2}, []),
        ({"reload_seconds": 0}, []),
        ({"breaks": [_TEA, _LUNCH]}, []),
        ({"breaks": [_TEA, _LUNCH | {"window": window("11:30", "20:00")}]}, ["/vehicles/0/breaks/1"]),
        ({"breaks": [_LUNCH | {"window": window("05:00", "05:30"), "duration_seconds": 5400}]}, []),
        ({"breaks": [_TEA | {"window": window("05:50", "06:30")}]}, ["/vehicles/0/breaks/0"]),
    ],
)
def test_what_has_no_effect_is_warned_of(change: Json, pointers: list[str]) -> None:
    """A break is never due where the vehicle is back by the end of its window or leaves when it is over."""
    found = [(w.pointer, w.code) for w in _meaning(**change).warnings]
    assert found == [(pointer, "no_effect") for pointer in pointers]

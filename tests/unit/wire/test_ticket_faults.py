"""Tickets that cannot be meant."""

import pytest

from router.errors import InvalidRequest
from router.wire.ingest import to_problem
from router.wire.request import read_plan_request
from tests.unit.wire.requests import Json, OneClock, body, clock, faults_of, ferry_request, read

TICKET = "/vehicles/0/tickets"


def _request(*tickets: str, vehicle: Json = (), line: Json = (), sailing: Json = ()) -> Json:
    """Return a request with tickets and with sailings out at 08:00, 10:00 and on the next day at 08:00."""
    document = ferry_request()
    document["vehicles"][0] |= {"tickets": list(tickets)} | dict(vehicle)
    out = document["ferries"]["lines"][0]
    tomorrow = clock("08:00").replace("11-25", "11-26")
    out["sailings"] = [
        {"id": "out 08", "departs": clock("08:00")} | dict(sailing),
        {"id": "out 10", "departs": clock("10:00")},
        {"id": "out tomorrow", "departs": tomorrow},
    ]
    out |= dict(line)
    return document


def _refused_with(document: Json, land: OneClock | None) -> list[tuple[str, str]]:
    with pytest.raises(InvalidRequest) as refused:
        to_problem(read_plan_request(body(document), land=land), OneClock())
    return [(fault.pointer, fault.code) for fault in refused.value.faults]


@pytest.mark.parametrize(
    ("changes", "codes"),
    [
        ({}, []),
        ({"sailing": {"cancelled": True}}, ["ticket_cancelled"]),
        ({"line": {"fares": {"II": 35000}}}, ["ticket_not_carried"]),
        ({"line": {"fares": {"II": 35000}}, "vehicle": {"ferry_class": "IVB"}}, ["ticket_not_carried"]),
        ({"line": {"fares": {"II": 35000}}, "vehicle": {"ferry_class": "II"}}, []),
        ({"line": {"fares": {}}}, []),
        ({"sailing": {"deck_slots": 0}}, ["ticket_not_carried"]),
        ({"sailing": {"deck_slots": 2}, "vehicle": {"deck_slots": 3}}, ["ticket_not_carried"]),
        ({"sailing": {"deck_slots": 2}, "vehicle": {"deck_slots": 2}}, []),
        (
            {"sailing": {"deck_slots": 0, "cancelled": True}, "line": {"fares": {"II": 1}}},
            ["ticket_cancelled", "ticket_not_carried", "ticket_not_carried"],
        ),
    ],
)
def test_a_ticket_is_for_a_sailing_that_takes_the_vehicle(changes: Json, codes: list[str]) -> None:
    found = faults_of(body(_request("out 08", **changes)))
    assert found == [(f"{TICKET}/0", code) for code in codes]


@pytest.mark.parametrize("tickets", [["out 08", "out 10"], ["out 08", "out 08"]])
@pytest.mark.parametrize("land", [None, OneClock()], ids=["found with the problem", "found with the rest"])
def test_two_tickets_for_one_line_and_day_bar_each_other(tickets: list[str], land: OneClock | None) -> None:
    assert _refused_with(_request(*tickets), land) == [(f"{TICKET}/1", "ticket_same_day")]


def test_they_are_named_beside_all_other_faults() -> None:
    document = _request("out 08", "out 10", sailing={"cancelled": True}) | {"currency": "Rp"}
    assert _refused_with(document, OneClock()) == [
        ("/currency", "bad_currency"),
        (f"{TICKET}/0", "ticket_cancelled"),
        (f"{TICKET}/1", "ticket_same_day"),
    ]


def test_tickets_for_other_days_lines_and_vehicles_are_no_second_tickets() -> None:
    document = _request("out 08", "out tomorrow", "back 16")
    document["vehicles"].append(document["vehicles"][0] | {"id": "van-2", "tickets": ["out 10"]})
    assert len(to_problem(read(document), OneClock()).problem.vehicles) == 2


def test_the_day_is_that_of_the_port_of_departure() -> None:
    """07:00 and 09:00 in Bali are 23:00 and 01:00 in London: two days there."""
    document = _request("out 08", "out 10")
    document["ferries"]["lines"][0]["sailings"][0]["departs"] = clock("07:00")
    document["ferries"]["lines"][0]["sailings"][1]["departs"] = clock("09:00")
    assert _refused_with(document, OneClock()) == [(f"{TICKET}/1", "ticket_same_day")]
    document["ferries"]["ports"][0]["time_zone"] = "Europe/London"
    assert to_problem(read_plan_request(body(document), land=OneClock()), OneClock()).warnings == ()


def test_what_cannot_be_read_is_not_judged() -> None:
    """A sailing without a sound departure, a port without a position: those are the faults."""
    document = _request("out 08", "out 10", sailing={"departs": "noon", "deck_slots": "two"})
    found = faults_of(body(document))
    assert [code for _, code in found] == ["bad_instant", "wrong_type"]

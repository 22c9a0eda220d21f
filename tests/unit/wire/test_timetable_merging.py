"""What a request gets of the timetables that it names: the sailings of its days, on lines of use to it."""

import copy
from typing import Any

import orjson
import pytest

from router.domain.ids import IslandId
from router.domain.places import FixedLink
from router.domain.stored_timetables import KeptTimetable
from router.errors import AtSea, InvalidRequest
from router.geography.geography import Placement
from router.wire.ingest import to_problem
from router.wire.limits import Limits
from router.wire.request import Resolved, resolve_plan_request
from tests.timetables import Json, kept, line, port, request, timetable
from tests.unit.wire.requests import OneClock

NONE_OF_ITS_OWN = Limits()


class Sea(OneClock):
    """A land that has nothing but water."""

    def locate_many(self, positions: Any) -> tuple[Placement | AtSea, ...]:
        """Find nothing."""
        return tuple(AtSea(lat, lon, None) for lat, lon in positions)


class Bridged(OneClock):
    """A land with a bridge for vans between Bali and a third island."""

    def fixed_links(self) -> tuple[FixedLink, ...]:
        """Return the bridge."""
        return (FixedLink(islands=(IslandId("bali"), IslandId("third")), lat=0, lon=0),)


def resolved(
    document: Json, *stock: KeptTimetable, land: OneClock | None = None, limits: Limits = NONE_OF_ITS_OWN
) -> Resolved:
    return resolve_plan_request(orjson.dumps(document), limits, land or OneClock(), stock)


def sailings(found: Resolved) -> list[str]:
    ferries = found.request.ferries
    return [] if ferries is None else [each.id for line in ferries.lines for each in line.sailings]


def faults_of(
    document: Json, *stock: KeptTimetable, limits: Limits = NONE_OF_ITS_OWN
) -> list[tuple[str, str]]:
    with pytest.raises(InvalidRequest) as refused:
        resolved(document, *stock, limits=limits)
    return [(fault.pointer, fault.code) for fault in refused.value.faults]


def test_the_sailings_of_every_local_day_that_shifts_touch() -> None:
    document = request("ours", start="2026-11-25T22:00:00+08:00", end="2026-11-26T02:00:00+08:00")
    assert sailings(resolved(document, kept(timetable()))) == [
        "out/2026-11-25T08:00",
        "out/2026-11-26T08:00",
        "back/2026-11-25T17:00",
        "back/2026-11-26T17:00",
    ]


def test_what_is_written_is_a_request_of_its_own() -> None:
    """It names no timetables any more, and means the same to whoever knows none."""
    found = resolved(request("ours"), kept(timetable()))
    again = resolved(orjson.loads(found.body))
    assert found.request == again.request
    assert again.request.timetables == []
    assert again.body == found.body
    assert to_problem(found.request, OneClock()).problem == to_problem(again.request, OneClock()).problem
    assert [use.name for use in found.merging.used] == ["ours"]


def test_a_request_without_timetables_stays_as_it_is_to_the_byte() -> None:
    document = request()
    body = orjson.dumps(document, option=orjson.OPT_INDENT_2)
    assert resolve_plan_request(body, Limits(), OneClock(), [kept(timetable())]).body is body


def test_what_is_sent_along_is_kept_and_may_use_ports_of_the_timetable() -> None:
    document = request("ours") | {
        "ferries": {"lines": [line("mine", sailings=[{"id": "s", "departs": "2026-11-25T09:00:00+08:00"}])]}
    }
    found = resolved(document, kept(timetable()))
    assert sailings(found)[:2] == ["s", "out/2026-11-25T08:00"]
    assert [each.id for each in found.request.ferries.ports] == ["bali", "penida"]  # type: ignore[union-attr]


def test_only_lines_on_ways_between_lands_of_the_request_are_taken() -> None:
    """Three lines in a row may be one; a fourth, a dead end and a line within the land are of no use."""
    names = ["bali", "a", "b", "penida", "c", "d"]
    chain = [
        ("bali", "a"),
        ("a", "b"),
        ("b", "penida"),
        ("penida", "bali"),
        ("b", "c"),
        ("c", "penida"),
        ("a", "d"),
        ("d", "a"),
    ]
    document = {
        "ports": [*map(port, names), port("bali-west", location={"lat": 0, "lon": 0, "island": "bali"})],
        "lines": [
            *(line(f"{one}-{other}", one, other, services=[{"times": ["08:00"]}]) for one, other in chain),
            line("around", "bali", "bali-west", services=[{"times": ["08:00"]}]),
        ],
    }
    found = resolved(request("ours"), kept(document))
    assert found.request.ferries is not None
    assert [each.id for each in found.request.ferries.lines] == ["bali-a", "a-b", "b-penida", "penida-bali"]
    assert {each.id for each in found.request.ferries.ports} == {"bali", "a", "b", "penida"}


def test_bridges_are_roads() -> None:
    document = {
        "ports": [port("third"), port("penida")],
        "lines": [line("out", "third", "penida", services=[{"times": ["08:00"]}])],
    }
    assert sailings(resolved(request("ours"), kept(document), land=Bridged())) == ["out/2026-11-25T08:00"]
    assert sailings(resolved(request("ours"), kept(document))) == []


def test_a_ticket_brings_its_line_along() -> None:
    document = request("ours")
    document["stops"] = []
    document["vehicles"][0]["tickets"] = ["out/2026-11-25T08:00"]
    assert sailings(resolved(document, kept(timetable()))) == ["out/2026-11-25T08:00"]


def test_a_line_without_a_sailing_on_these_days_is_left_out_and_said() -> None:
    found = resolved(request("ours"), kept(timetable({"from": "2027-01-01", "times": ["08:00"]})))
    assert sailings(found) == ["back/2026-11-25T17:00"]
    never = timetable({"from": "2027-01-01", "times": ["08:00"]})
    del never["lines"][1]
    warnings = resolved(request("ours"), kept(never)).merging.warnings
    assert [(each.pointer, each.code) for each in warnings] == [("/timetables/0", "no_sailings")]


NYEPI = {"reason": "Nyepi", "start": "2026-11-25T06:00:00+08:00", "end": "2026-11-25T17:00:00+08:00"}


@pytest.mark.parametrize(
    ("concerned", "cancelled"),
    [
        ({}, ["out/2026-11-25T08:00"]),
        ({"line_ids": ["out"]}, ["out/2026-11-25T08:00"]),
        ({"line_ids": ["back"]}, []),
        ({"port_ids": ["penida"]}, ["out/2026-11-25T08:00"]),
    ],
)
def test_exceptions_cancel_what_departs_before_they_end(concerned: Json, cancelled: list[str]) -> None:
    """The ferry at 17:00 sails: an exception is over when it ends. Cancelled sailings stay, to be named in reasons."""
    found = resolved(request("ours"), kept(timetable(exceptions=[NYEPI | concerned])))
    assert found.request.ferries is not None
    assert [s.id for each in found.request.ferries.lines for s in each.sailings if s.cancelled] == cancelled
    assert [each.code for each in found.merging.warnings] == (["service_exception"] if cancelled else [])


def test_ports_at_sea_are_said_and_their_lines_not_used() -> None:
    document = timetable()
    del document["ports"][1]["location"]["island"]
    found = resolved(request("ours"), kept(document), land=Sea())
    assert sailings(found) == []
    assert [each.code for each in found.merging.warnings] == ["port_at_sea", "no_sailings"]
    assert "penida" in found.merging.warnings[0].detail


def test_unknown_names_and_names_said_twice() -> None:
    assert faults_of(request("ours", "nobody", "ours"), kept(timetable())) == [
        ("/timetables/1", "unknown_timetable"),
        ("/timetables/2", "duplicate_id"),
    ]


def test_ids_that_both_use_are_told_by_the_name_of_the_timetable() -> None:
    document = request("ours", "theirs") | {"ferries": {"ports": [port("bali")]}}
    document["stops"][0]["id"] = "penida"
    found = faults_of(document, kept(timetable()), kept(timetable(), "theirs"))
    assert set(found) == {("/timetables/0", "duplicate_id"), ("/timetables/1", "duplicate_id")}


def test_a_missing_timetable_is_not_blamed_on_the_tickets() -> None:
    document = request("nobody")
    document["vehicles"][0]["tickets"] = ["out/2026-11-25T08:00"]
    assert faults_of(document) == [("/timetables/0", "unknown_timetable")]


def test_fares_of_another_currency_are_a_fault_and_no_fares_are_none() -> None:
    priced = timetable()
    priced["lines"][0]["fares"] = {"IVB": 5}
    assert faults_of(request("ours") | {"currency": "EUR"}, kept(priced)) == [
        ("/timetables/0", "timetable_currency")
    ]
    assert resolved(request("ours") | {"currency": "EUR"}, kept(timetable())).merging.faults == ()


def test_a_horizon_that_is_too_long_is_refused_before_it_is_expanded() -> None:
    document = request("ours", end="2199-01-01T00:00:00Z")
    assert faults_of(document, kept(timetable())) == [("/timetables", "horizon_too_long")]


def test_more_sailings_than_a_request_may_have_are_not_made() -> None:
    minutely = timetable({"every": [{"start": "00:00", "end": "24:00", "interval_seconds": 60}]})
    assert faults_of(request("ours"), kept(minutely), limits=Limits(sailings=1000)) == [
        ("/timetables/0", "too_many_sailings")
    ]
    assert faults_of(request("ours"), kept(timetable()), limits=Limits(ports=1)) == [
        ("/timetables", "too_many_ports")
    ]


def test_the_timetable_is_named_even_where_the_rest_is_broken() -> None:
    document = request("nobody")
    document["vehicles"] = [{"id": 5}]
    document["ferries"] = "none"
    found = faults_of(document)
    assert ("/timetables/0", "unknown_timetable") in found
    assert ("/ferries", "wrong_type") in found


@pytest.mark.parametrize("names", ["ours", [1], ["ours", None], {"a": 1}])
def test_names_that_are_none_are_of_the_wrong_type(names: Json) -> None:
    document = request() | {"timetables": names}
    assert {code for _, code in faults_of(document, kept(timetable()))} == {"wrong_type"}


def test_the_stock_is_left_as_it_is() -> None:
    document = request("ours")
    before = copy.deepcopy(document)
    stock = kept(timetable())
    resolved(document, stock)
    assert (document, stock) == (before, kept(timetable()))

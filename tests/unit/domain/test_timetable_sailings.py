"""From days and clock times to departures: over midnight and the year's end, and where clocks are changed."""

from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from router.domain.ids import LineId, PortId
from router.domain.timetable import Closure, Headway, NetworkLine, Service, local_days, sailings_within
from router.domain.units import Instant, Seconds, instant_of, local_time
from router.errors import DomainError

WITA, HELSINKI = "Asia/Makassar", "Europe/Helsinki"
HOUR = 3600


def clock(hours: int, minutes: int = 0) -> int:
    return hours * HOUR + minutes * 60


def line(*services: Service, **more: Any) -> NetworkLine:
    return NetworkLine(
        id=LineId("l"),
        from_port=PortId("a"),
        to_port=PortId("b"),
        crossing=Seconds(HOUR),
        check_in=Seconds(0),
        unload=Seconds(0),
        services=services,
        **more,
    )


def midnights(first: str, last: str, zone: str) -> tuple[Instant, Instant]:
    """Return the local days from one to another, both whole."""
    one, other = (
        instant_of(datetime.fromisoformat(day).replace(tzinfo=ZoneInfo(zone))) for day in (first, last)
    )
    return local_days(one, other, zone)


def clocks(each: NetworkLine, first: str, last: str | None = None, zone: str = WITA) -> list[str]:
    """Return the departures of some days by the local clocks, in order, with the offset."""
    found = sailings_within(each, zone, *midnights(first, last or first, zone))
    return [
        f"{local_time(sailing.departs, zone):%Y-%m-%dT%H:%M%z}"
        for sailing in sorted(found, key=lambda s: s.departs)
    ]


def test_times_past_midnight_belong_to_the_service_day_before() -> None:
    """A ferry at ten past one in the night after Friday sails on Saturday's date, and not in Friday's night."""
    fridays = line(Service(days=frozenset({4}), times=(clock(25, 10),)))
    assert clocks(fridays, "2026-11-26", "2026-11-29") == ["2026-11-28T01:10+0800"]


def test_the_last_night_of_a_service_lasts_into_the_day_after() -> None:
    until = line(Service(last=date(2026, 11, 25), times=(clock(23, 30), clock(24, 30))))
    assert clocks(until, "2026-11-26") == ["2026-11-26T00:30+0800"]


def test_times_days_past_their_service_day_are_found() -> None:
    once = line(Service(days=frozenset(), dates=frozenset({date(2026, 11, 25)}), times=(clock(75),)))
    assert clocks(once, "2026-11-28") == ["2026-11-28T03:00+0800"]


def test_the_last_night_of_the_year_goes_over_into_the_next() -> None:
    last_day = line(
        Service(
            first=date(2026, 12, 31), last=date(2026, 12, 31), times=(clock(8), clock(23, 45), clock(24, 15))
        )
    )
    assert clocks(last_day, "2026-12-31", "2027-01-01") == [
        "2026-12-31T08:00+0800",
        "2026-12-31T23:45+0800",
        "2027-01-01T00:15+0800",
    ]


def test_a_leap_day_is_a_day() -> None:
    assert clocks(line(Service(times=(clock(8),))), "2028-02-29") == ["2028-02-29T08:00+0800"]


def test_on_a_day_of_23_hours_eight_is_eight_by_the_clocks() -> None:
    """Helsinki, 29 March 2026: at 03:00 it is 04:00. Before that, times count from twelve hours before noon."""
    daily = line(Service(times=(clock(1), clock(5), clock(8))))
    assert clocks(daily, "2026-03-29", zone=HELSINKI) == [
        "2026-03-29T00:00+0200",
        "2026-03-29T05:00+0300",
        "2026-03-29T08:00+0300",
    ]
    start, end = midnights("2026-03-29", "2026-03-29", HELSINKI)
    assert end - start == 23 * HOUR


def test_on_a_day_of_25_hours_eight_is_eight_by_the_clocks_and_the_hour_that_comes_twice_is_sailed_twice() -> (
    None
):
    """Helsinki, 25 October 2026: 03:00 to 04:00 comes twice.

    As in GTFS, the 24 hours of a service day begin at 01:00 summer time then, twelve hours before noon.
    """
    assert clocks(line(Service(times=(clock(8),))), "2026-10-25", zone=HELSINKI) == ["2026-10-25T08:00+0200"]
    hourly = line(Service(every=(Headway(start=0, end=clock(24), interval=Seconds(HOUR)),)))
    start, end = midnights("2026-10-25", "2026-10-25", HELSINKI)
    assert end - start == 25 * HOUR
    found = sorted(sailings_within(hourly, HELSINKI, start, end), key=lambda sailing: sailing.departs)
    assert [sailing.departs for sailing in found] == [Instant(start + n * HOUR) for n in range(1, 25)]
    assert [s.id for s in found if "T03:00" in s.id] == ["l/2026-10-25T03:00", "l/2026-10-25T03:00/2"]


def test_a_service_of_other_clocks_than_the_ports_sails_by_its_own() -> None:
    """08:00 in Java is 09:00 in Bali; the sailing is called by the clocks of the port."""
    javanese = line(Service(times=(clock(8),), time_zone="Asia/Jakarta"))
    start, end = midnights("2026-11-25", "2026-11-25", WITA)
    (sailing,) = sailings_within(javanese, WITA, start, end)
    assert sailing.id == "l/2026-11-25T09:00"


def test_days_of_the_week_dates_and_exceptions() -> None:
    service = Service(
        days=frozenset({0, 2}),
        first=date(2026, 11, 23),
        last=date(2026, 12, 6),
        dates=frozenset({date(2026, 11, 27)}),
        except_dates=frozenset({date(2026, 11, 30)}),
        times=(clock(8),),
    )
    days = [each[:10] for each in clocks(line(service), "2026-11-16", "2026-12-20")]
    assert days == ["2026-11-23", "2026-11-25", "2026-11-27", "2026-12-02"]


def test_the_end_of_a_headway_is_no_departure_and_its_start_is() -> None:
    service = Service(every=(Headway(start=clock(6), end=clock(8), interval=Seconds(40 * 60)),))
    assert [each[11:16] for each in clocks(line(service), "2026-11-25")] == ["06:00", "06:40", "07:20"]


def test_what_two_services_say_alike_sails_once_unless_decks_are_bounded() -> None:
    weekdays, winter = (
        Service(times=(clock(8),)),
        Service(first=date(2026, 11, 1), times=(clock(8), clock(9))),
    )
    assert len(clocks(line(weekdays, winter), "2026-11-25")) == 2
    assert len(clocks(line(weekdays, winter, deck_slots=4), "2026-11-25")) == 3


def test_two_ships_at_the_same_minute_have_names_of_their_own() -> None:
    each = line(Service(times=(clock(8),)), Service(times=(clock(8),), crossing=Seconds(600)))
    found = {
        s.id: s.crossing for s in sailings_within(each, WITA, *midnights("2026-11-25", "2026-11-25", WITA))
    }
    assert found == {"l/2026-11-25T08:00": 600, "l/2026-11-25T08:00/2": HOUR}


def test_names_do_not_depend_on_the_days_asked_for() -> None:
    each = line(
        Service(times=(clock(8), clock(24, 5))),
        Service(times=(clock(0, 5),), crossing=Seconds(600)),
        Service(times=(clock(8),), crossing=Seconds(600)),
    )

    def named(first: str, last: str) -> dict[str, tuple[int, int]]:
        found = sailings_within(each, WITA, *midnights(first, last, WITA))
        return {s.id: (s.departs, s.crossing) for s in found}

    whole = named("2026-11-23", "2026-11-27")
    for day in ("2026-11-24", "2026-11-25", "2026-11-26"):
        assert named(day, day).items() <= whole.items()


def test_a_closure_of_lines_ports_or_everything() -> None:
    def closed(**what: Any) -> bool:
        storm = Closure(reason="storm", start=Instant(0), end=Instant(1), **what)
        return storm.concerns(line())

    assert closed()
    assert closed(line_ids=frozenset({"l"}))
    assert closed(port_ids=frozenset({"b"}))
    assert closed(line_ids=frozenset({"x"}), port_ids=frozenset({"a"}))
    assert not closed(line_ids=frozenset({"x"}))
    assert not closed(port_ids=frozenset({"c"}))


def test_a_service_that_would_run_on_no_day_cannot_exist() -> None:
    with pytest.raises(DomainError):
        Service(days=frozenset())

"""Clocks are read where they hang: a crossing may take an hour on paper and none on the wrist."""

from router.domain.places import TimeWindow
from router.domain.plan import FerryStep
from router.domain.problem import Problem
from router.domain.units import local_time
from tests.builders import WIB, WITA, at, between, depot, dropoff, line, port, problem, van
from tests.solving import left_out, route_of, sailings, solve, visit


def ketapang_gilimanuk(window: tuple[str, str]) -> Problem:
    """From Java (WIB) to Bali (WITA), an hour ahead; ashore at 07:50 WIB, which is 08:50 WITA."""
    return problem(
        depots=(depot("bwi", island="java", zone=WIB),),
        stops=(dropoff("a", island="bali", km=10, windows=(between(*window, WITA),), zone=WITA),),
        vehicles=(van(start="bwi", shift=between("06:00", "20:00", WIB)),),
        ports=(port("ketapang", island="java", km=5, zone=WIB), port("gilimanuk", island="bali", zone=WITA)),
        lines=(
            line("over", "ketapang", "gilimanuk", ("07:00",), zone=WIB),
            line("back", "gilimanuk", "ketapang", ("12:00",), zone=WITA),
        ),
    )


def test_a_crossing_that_changes_time_zone_is_timed_by_the_clocks_of_both_ports() -> None:
    plan = solve(ketapang_gilimanuk(("08:30", "09:00")))
    assert sailings(plan) == ["over 07:00", "back 12:00"]
    assert visit(plan, "a").arrives_at == at("09:00", WITA) == at("08:00", WIB)
    over = next(step for step in route_of(plan).steps if isinstance(step, FerryStep))
    assert local_time(over.departs_at, WIB).strftime("%H:%M") == "07:00"
    assert local_time(over.docks_at, WITA).strftime("%H:%M") == "08:45"


def test_a_window_that_only_the_other_clock_would_meet_is_missed() -> None:
    """Eight in the morning on Java's clock is nine on Bali's: a window that ends before is missed."""
    assert left_out(solve(ketapang_gilimanuk(("08:00", "08:59")))) == {"a"}


def test_a_night_crossing_lands_on_the_next_day() -> None:
    """Four and a half hours from ten in the evening; the stop opens at five, the boat home sails at nine."""
    question = problem(
        stops=(dropoff("a", island="lombok", km=5, windows=(between("05:00", "06:00", day=1),)),),
        vehicles=(van(shift=TimeWindow(at("18:00"), at("20:00", day=1))),),
        ports=(port("padangbai", island="bali"), port("lembar", island="lombok")),
        lines=(
            line("p-l", "padangbai", "lembar", ("22:00",), crossing=16_200),
            line("l-p", "lembar", "padangbai", ("09:00",), crossing=16_200, day=1),
        ),
    )
    plan = solve(question)
    assert sailings(plan) == ["p-l 22:00", "l-p 09:00"]
    assert visit(plan, "a").starts_at == at("05:00", day=1)

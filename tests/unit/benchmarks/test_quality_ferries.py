"""Static maps of archipelagos, and days by the real timetable."""

import pytest

from benchmarks.quality.replay import Replayed, replay
from benchmarks.quality.waiting import FAR, WaitingMap
from router.domain.ferries import Line, Port
from router.domain.problem import Problem
from router.travel.travel import Travel
from tests.builders import MINUTE, at, between, depot, dropoff, line, port, problem, road_matrix, van

HOUR = 60 * MINUTE


def archipelago(*lines: Line, vehicles: int = 1, windows: tuple[str, str] = ("06:00", "20:00")) -> Problem:
    """Return a depot and a port at kilometre 10 of Bali, and two stops at kilometres 5 and 6 of Penida."""
    there = [
        dropoff("near", island="penida", km=5, windows=[between(*windows)], penalty=1000),
        dropoff("far", island="penida", km=6, windows=[between("06:00", "20:00")], penalty=500),
    ]
    fleet = [
        van(f"van-{number}", shift=between("06:00", "18:00"), fixed=100, per_km=1)
        for number in range(vehicles)
    ]
    return problem(
        depots=[depot()],
        stops=there,
        vehicles=fleet,
        ports=[port("sanur", island="bali", km=10), port("toyapakeh", island="penida", km=0)],
        lines=lines,
    )


def out(*departures: str, **terms: object) -> Line:
    return line("out", "sanur", "toyapakeh", departures, **terms)  # type: ignore[arg-type]


def back(*departures: str, **terms: object) -> Line:
    return line("back", "toyapakeh", "sanur", departures, **terms)  # type: ignore[arg-type]


def travel(question: Problem) -> Travel:
    return Travel(question, road_matrix(question))


def drive(question: Problem, *routes: tuple[str, str, list[tuple[str, str]]]) -> Replayed:
    """Replay routes: the vehicle, when it leaves, and its stops with when the plan begins to serve them."""
    named = [
        {"vehicle": vehicle, "departs": at(departs), "stops": [[stop, at(begins)] for stop, begins in stops]}
        for vehicle, departs, stops in routes
    ]
    return replay(travel(question), WaitingMap(travel(question)), named)


def test_a_ferry_takes_half_its_headway_check_in_crossing_and_unloading() -> None:
    static = WaitingMap(travel(archipelago(out("08:00", "10:00"), back("12:00", "16:00")))).case()
    depot_row, near_row = 0, 1
    roads = (10 + 5) * MINUTE
    assert static["classes"][0]["seconds"][depot_row][near_row] == roads + HOUR + (20 + 45 + 5) * MINUTE
    assert static["classes"][0]["seconds"][near_row][depot_row] == roads + 2 * HOUR + (20 + 45 + 5) * MINUTE


def test_fares_are_part_of_the_cost_of_an_arc() -> None:
    free = WaitingMap(travel(archipelago(out("08:00")))).case()["classes"][0]["cost"][0][1]
    dear = WaitingMap(travel(archipelago(out("08:00", fares={"IVB": 70})))).case()["classes"][0]["cost"][0][1]
    assert dear == free + 70


def test_a_class_that_is_not_carried_is_far_from_everything() -> None:
    static = WaitingMap(travel(archipelago(out("08:00", fares={"II": 70})))).case()
    assert static["classes"][0]["seconds"][0][1] == FAR


def test_two_lines_in_a_row_are_found() -> None:
    question = archipelago()
    ports: list[Port] = [
        port("sanur", island="bali"),
        port("mid", island="mid"),
        port("toyapakeh", island="penida"),
    ]
    lines = [line("first", "sanur", "mid", ["08:00"]), line("second", "mid", "toyapakeh", ["10:00"])]
    chained = problem(
        depots=question.depots, stops=question.stops, vehicles=question.vehicles, ports=ports, lines=lines
    )
    static = WaitingMap(travel(chained))
    assert static.lines(chained.vehicles[0], "dps", "near") == ("first", "second")
    assert static.lines(chained.vehicles[0], "near", "far") == ()


def test_a_plan_that_meets_its_ferries_is_on_time_and_pays_for_all_it_does() -> None:
    question = archipelago(out("08:00", fares={"IVB": 70}), back("12:00", fares={"IVB": 70}))
    done = drive(question, ("van-0", "07:00", [("near", "09:00"), ("far", "09:30")]))
    assert (done.late_routes, done.late_stops, done.stranded, done.missing) == (0, 0, 0, 0)
    assert done.cost == pytest.approx(100 + 32 + 2 * 70)


def test_who_misses_the_sailing_that_the_average_promised_serves_late() -> None:
    question = archipelago(out("08:00", "11:00"), back("14:00"), windows=("08:00", "10:00"))
    done = drive(question, ("van-0", "07:45", [("near", "09:55"), ("far", "09:58")]))
    assert (done.served, done.late_stops, done.late_routes) == (2, 1, 1)


def test_who_is_early_waits_for_the_window_that_the_plan_meant() -> None:
    question = archipelago(out("08:00"), back("10:20"), windows=("10:00", "10:05"))
    done = drive(question, ("van-0", "07:00", [("near", "10:00")]))
    assert (done.late_stops, done.late_routes) == (0, 1), (
        "served in time, but the boat home checked in at 10:00"
    )


def test_who_finds_no_boat_home_is_late() -> None:
    done = drive(archipelago(out("08:00"), back("09:00")), ("van-0", "07:00", [("near", "09:00")]))
    assert (done.served, done.late_routes, done.stranded) == (1, 1, 0)


def test_stops_behind_a_boat_that_is_gone_are_never_reached_and_cost_their_penalties() -> None:
    question = archipelago(out("08:00"), back("12:00"))
    done = drive(question, ("van-0", "09:00", [("near", "11:00"), ("far", "11:05")]))
    assert (done.served, done.stranded, done.late_routes) == (0, 2, 1)
    assert done.cost == pytest.approx(100 + 10 + 1500)


def test_cancelled_sailings_take_nobody() -> None:
    question = archipelago(out("08:00", "09:00", cancelled=["08:00"]), back("18:00"))
    done = drive(question, ("van-0", "07:00", [("near", "09:00")]))
    assert done.late_routes == 1


def test_a_full_deck_leaves_the_one_who_came_second_behind() -> None:
    question = archipelago(out("08:00", deck_slots=1), back("12:00"), vehicles=2)
    done = drive(question, ("van-0", "07:20", [("near", "09:00")]), ("van-1", "07:10", [("far", "09:00")]))
    assert (done.served, done.stranded) == (1, 1)
    assert done.cost == pytest.approx((100 + 32) + (100 + 10) + 1000), "van-1 came first: near is not reached"

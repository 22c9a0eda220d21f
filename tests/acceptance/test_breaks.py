"""A driver who is out while a break is due takes it: on land, on arrival, or aboard a ferry."""

import pytest

from router.domain.problem import Problem
from tests.builders import MINUTE, at, between, dropoff, line, port, problem, rest, van
from tests.solving import left_out, rests, sailings, solve, visit


def test_a_driver_out_all_day_has_lunch_once() -> None:
    question = problem(
        stops=(
            dropoff("morning", km=10, windows=(between("08:00", "09:00"),)),
            dropoff("evening", km=20, windows=(between("16:00", "17:00"),)),
        ),
        vehicles=(van(breaks=(rest("lunch", "12:00", "13:00"),)),),
    )
    plan = solve(question)
    (lunch,) = rests(plan)
    assert at("12:00") <= lunch.starts_at <= at("13:00")
    assert lunch.ends_at - lunch.starts_at == 30 * MINUTE
    assert plan.totals.breaks == 30 * MINUTE


def test_a_driver_who_is_home_by_then_has_none() -> None:
    stops = (dropoff("a", km=10, windows=(between("08:00", "09:00"),)),)
    question = problem(stops=stops, vehicles=(van(breaks=(rest("lunch", "12:00", "13:00"),)),))
    assert rests(solve(question)) == []


def test_a_driver_who_leaves_late_enough_has_none_either() -> None:
    """Five hours of service and twenty minutes of road, at any time: it is cheapest without the break."""
    question = problem(
        stops=(dropoff("a", km=10, service=5 * 3600),),
        vehicles=(van(per_hour=60, breaks=(rest("pause", "10:00", "11:00"),)),),
    )
    plan = solve(question)
    assert rests(plan) == []
    assert plan.cost.time == pytest.approx(320)


def test_nobody_rests_while_serving() -> None:
    """Service that covers the whole window of the break has to wait until the break is over."""

    def until(clock: str) -> Problem:
        stop = dropoff("a", km=10, service=5 * 3600, windows=(between("08:00", clock),))
        return problem(stops=(stop,), vehicles=(van(breaks=(rest("pause", "10:00", "11:00"),)),))

    assert left_out(solve(until("10:29:59"))) == {"a"}
    plan = solve(until("10:30"))
    assert visit(plan, "a").starts_at == at("10:30")
    assert [pause.starts_at for pause in rests(plan)] == [at("10:00")]


@pytest.mark.parametrize(("closes", "expected"), [("12:20", set()), ("12:19:59", {"a"})])
def test_a_break_that_begins_at_a_fixed_time_delays_what_comes_after(closes: str, expected: set[str]) -> None:
    """From 11:50 to 12:20, ten minutes' drive from a stop that opens at noon: it is taken on arrival."""
    question = problem(
        stops=(dropoff("a", km=10, windows=(between("12:00", closes),)),),
        vehicles=(van(breaks=(rest("lunch", "11:50", "11:50"),)),),
    )
    assert left_out(solve(question)) == expected


def test_several_breaks_are_all_taken() -> None:
    question = problem(
        stops=(
            dropoff("morning", km=10, windows=(between("08:00", "08:30"),)),
            dropoff("noon", km=20, windows=(between("12:00", "12:30"),)),
            dropoff("evening", km=30, windows=(between("17:00", "17:30"),)),
        ),
        vehicles=(van(breaks=(rest("tea", "09:30", "10:30", minutes=15), rest("lunch", "12:00", "13:30"))),),
    )
    plan = solve(question)
    assert left_out(plan) == set()
    assert [pause.break_id for pause in rests(plan)] == ["tea", "lunch"]


def strait(hours: float, *, lunch: tuple[str, str]) -> Problem:
    """A stop beyond a strait, with one ferry out at ten and one back at five in the afternoon."""
    crossing = int(hours * 3600)
    return problem(
        stops=(dropoff("a", island="lombok", km=5),),
        vehicles=(van(shift=between("06:00", "23:59"), breaks=(rest("lunch", *lunch),)),),
        ports=(port("padangbai", island="bali"), port("lembar", island="lombok")),
        lines=(
            line("out", "padangbai", "lembar", ("10:00",), crossing=crossing),
            line("back", "lembar", "padangbai", ("17:00",), crossing=crossing),
        ),
    )


def test_a_break_is_taken_aboard_where_the_ship_is_all_there_is_at_noon() -> None:
    """Under way from ten to two."""
    plan = solve(strait(4, lunch=("12:00", "13:00")))
    assert sailings(plan) == ["out 10:00", "back 17:00"]
    (lunch,) = rests(plan)
    assert lunch.aboard == "out 10:00"
    assert plan.totals.breaks == 30 * MINUTE
    assert plan.totals.ferry == 2 * (4 * 60 + 5) * MINUTE - 30 * MINUTE


def test_a_crossing_that_is_shorter_than_the_break_does_not_hold_it() -> None:
    plan = solve(strait(0.4, lunch=("09:30", "13:00")))
    (lunch,) = rests(plan)
    assert lunch.aboard is None


@pytest.mark.parametrize(("opens", "expected"), [("13:30", set()), ("13:31", {"a"})])
def test_a_break_aboard_is_over_when_the_ship_docks(opens: str, expected: set[str]) -> None:
    """She docks at 14:00 and unloads until 14:05; the break would have to begin by 14:04."""
    assert left_out(solve(strait(4, lunch=(opens, "14:04")))) == expected


@pytest.mark.parametrize("closes", ["14:05", "14:10"])
def test_a_break_may_begin_as_the_vehicle_rolls_off(closes: str) -> None:
    """Too late for one aboard; ashore at 14:05, and at the stop at 14:10."""
    plan = solve(strait(4, lunch=("13:31", closes)))
    assert left_out(plan) == set()
    assert [lunch.aboard for lunch in rests(plan)] == [None]


def test_a_rest_of_one_driver_is_not_asked_of_another() -> None:
    stops = tuple(
        dropoff(name, km=10, windows=(between(hour, hour),))
        for name, hour in (("a", "08:00"), ("b", "16:00"))
    )
    vehicles = (van("rests", per_km=9, breaks=(rest("lunch", "12:00", "13:00"),)), van("never rests"))
    plan = solve(problem(stops=stops, vehicles=vehicles))
    assert [route.vehicle_id for route in plan.routes] == ["never rests"]
    assert rests(plan, "never rests") == []

"""A vehicle that is booked on a sailing takes no other of that line on that day."""

from dataclasses import replace

from router.domain.places import TimeWindow
from router.domain.problem import Problem
from tests.builders import at, between, dropoff, line, port, problem, van
from tests.solving import left_out, sailings, solve, used

PORTS = (port("sanur", island="bali", km=2), port("toya", island="penida"))
BACK = line("back", "toya", "sanur", ("16:00",))


def across(*vehicles_tickets: tuple[str, ...], closes: str = "15:00") -> Problem:
    """A stop across the water, ferries at eight and at ten, and one vehicle for each list of tickets."""
    return problem(
        stops=(dropoff("a", island="penida", km=1, windows=(between("06:00", closes),)),),
        vehicles=tuple(
            van(f"van-{number}", tickets=tickets) for number, tickets in enumerate(vehicles_tickets, start=1)
        ),
        ports=PORTS,
        lines=(line("out", "sanur", "toya", ("08:00", "10:00")), BACK),
    )


def test_the_sailing_that_is_booked_is_taken_and_no_better_one() -> None:
    """Left to itself a vehicle leaves as late as it can."""
    assert sailings(solve(across(()))) == ["out 10:00", "back 16:00"]
    assert sailings(solve(across(("out 08:00",)))) == ["out 08:00", "back 16:00"]


def test_who_is_booked_on_a_sailing_that_comes_too_late_does_not_go() -> None:
    assert left_out(solve(across((), closes="09:30"))) == set()
    assert left_out(solve(across(("out 10:00",), closes="09:30"))) == {"a"}


def test_a_ticket_binds_no_other_vehicle() -> None:
    assert used(solve(across(("out 10:00",), (), closes="09:30"))) == {"van-2"}


def test_a_ticket_of_one_line_leaves_the_other_line_free() -> None:
    assert sailings(solve(across(("back 16:00",)))) == ["out 10:00", "back 16:00"]


def test_of_two_tickets_the_better_is_used() -> None:
    assert sailings(solve(across(("out 08:00", "out 10:00")))) == ["out 10:00", "back 16:00"]


def test_a_ticket_need_not_be_used() -> None:
    question = replace(across(("out 08:00",)), stops=(dropoff("at home", km=5),))
    assert sailings(solve(question)) == []


def test_a_ticket_leaves_the_next_day_free() -> None:
    """The stop opens on the second day only, so that the boat of the second morning is best."""
    today = line("out", "sanur", "toya", ("08:00", "10:00"))
    tomorrow = line("out", "sanur", "toya", ("09:00",), day=1)
    question = problem(
        stops=(dropoff("a", island="penida", km=1, windows=(between("10:00", "12:00", day=1),)),),
        vehicles=(van(shift=TimeWindow(at("06:00"), at("20:00", day=1)), tickets=("out 08:00",)),),
        ports=PORTS,
        lines=(
            replace(today, sailings=(*today.sailings, *tomorrow.sailings)),
            line("back", "toya", "sanur", ("16:00",), day=1),
        ),
    )
    assert sailings(solve(question)) == ["out 09:00", "back 16:00"]

"""A vehicle is at the port before check-in closes, or takes the next sailing."""

import pytest

from router.domain.problem import Problem
from tests.builders import at, between, dropoff, line, port, problem, van
from tests.solving import left_out, route_of, sailings, solve, visit


def two_sailings(shift_begins: str) -> Problem:
    """Sailings at eight and at ten; the port is ten minutes away and check-in closes twenty before."""
    return problem(
        stops=(dropoff("a", island="penida", km=1),),
        vehicles=(van(shift=between(shift_begins, "20:00"), per_hour=10),),
        ports=(port("sanur", island="bali", km=10), port("toya", island="penida")),
        lines=(
            line("out", "sanur", "toya", ("08:00", "10:00")),
            line("back", "toya", "sanur", ("09:30", "12:00")),
        ),
    )


def test_check_in_is_met_to_the_second() -> None:
    plan = solve(two_sailings("07:30"))
    assert sailings(plan) == ["out 08:00", "back 09:30"]


@pytest.mark.parametrize("shift_begins", ["07:30:01", "07:45", "09:30"])
def test_a_missed_check_in_waits_for_the_next_sailing(shift_begins: str) -> None:
    plan = solve(two_sailings(shift_begins))
    assert sailings(plan) == ["out 10:00", "back 12:00"]
    assert visit(plan, "a").arrives_at == at("10:51")


def test_after_the_last_check_in_nobody_goes() -> None:
    assert left_out(solve(two_sailings("09:30:01"))) == {"a"}


def last_boat(*kms: int) -> Problem:
    """Out at 08:00, ashore at 08:50; the last boat back goes at 10:00, so that check-in closes at 09:40."""
    return problem(
        stops=tuple(dropoff(f"km-{km}", island="penida", km=km) for km in kms),
        ports=(port("sanur", island="bali"), port("toya", island="penida")),
        lines=(line("out", "sanur", "toya", ("08:00",)), line("back", "toya", "sanur", ("10:00",))),
    )


def test_the_last_sailing_back_decides_what_can_be_served() -> None:
    """Fifty minutes ashore are twenty-five kilometres out and back, and not one more."""
    plan = solve(last_boat(10, 25, 26))
    assert left_out(plan) == {"km-26"}
    assert route_of(plan).distance == 50_000


def test_waiting_at_the_port_is_no_reason_to_leave_early() -> None:
    """Time costs money: the vehicle leaves its depot so that it just meets check-in."""
    plan = solve(two_sailings("06:00"))
    assert route_of(plan).steps[0].departs_at == at("07:30")  # type: ignore[union-attr]

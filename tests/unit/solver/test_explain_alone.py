"""Why a stop is left out that no vehicle could serve even alone: the code, the vehicles and the numbers."""

from dataclasses import replace

import pytest

from router.domain.ferries import Line
from router.domain.ids import FerryClass, StopId
from router.domain.plan import Reason, ReasonCode
from router.domain.problem import Problem
from router.domain.proposal import Proposal
from router.domain.units import Money
from router.solver.explain import explain
from router.travel.travel import Travel
from tests.builders import between, depot, dropoff, line, port, problem, road_matrix, van

PORTS = (port("sanur", island="bali", km=5), port("toya", island="penida"))
OUT = line("out", "sanur", "toya", ("08:00", "11:00"))
BACK = line("back", "toya", "sanur", ("10:00", "16:00"))


def why(question: Problem, stop: str = "s") -> tuple[Reason, ...]:
    """Return the reasons for a stop of an empty plan."""
    return explain(question, Travel(question, road_matrix(question)), Proposal())[StopId(stop)]


def only(question: Problem) -> Reason:
    """Return the single reason for the stop ``s``."""
    (reason,) = why(question)
    return reason


def test_a_load_beyond_every_capacity_says_how_much_is_over() -> None:
    """The nearest miss is told: 13 parcels are 3 over the larger van, not 8 over the smaller one."""
    vans = [van("small", capacity=(5,)), van("large", capacity=(10,))]
    reason = only(problem(stops=[dropoff("s", load=(13,))], vehicles=vans))
    assert reason.code is ReasonCode.CAPACITY
    assert set(reason.vehicle_ids) == {"small", "large"}
    assert "3 parcels over" in reason.detail


def test_a_skill_that_nobody_has_is_named() -> None:
    """What is missing stands in the detail."""
    reason = only(problem(stops=[dropoff("s", requires=["cold"])]))
    assert (reason.code, reason.vehicle_ids) == (ReasonCode.SKILL, ("van-1",))
    assert "cold" in reason.detail


def test_vehicles_that_may_not_come_are_told_who_may() -> None:
    """One van is not on the list, the other is and lacks the room: two reasons, each with its vehicle."""
    question = problem(
        stops=[dropoff("s", load=(99,), allowed=["van-1"])], vehicles=[van("van-1"), van("van-2")]
    )
    by_code = {reason.code: reason for reason in why(question)}
    assert by_code[ReasonCode.VEHICLE_NOT_ALLOWED].vehicle_ids == ("van-2",)
    assert "van-1" in by_code[ReasonCode.VEHICLE_NOT_ALLOWED].detail
    assert by_code[ReasonCode.CAPACITY].vehicle_ids == ("van-1",)


def test_a_window_that_closes_too_soon_is_missed_by_minutes() -> None:
    """Ninety minutes of road from six: reached at 07:30, half an hour after the window."""
    reason = only(problem(stops=[dropoff("s", km=90, windows=[between("06:00", "07:00")])]))
    assert reason.code is ReasonCode.TIME_WINDOW
    assert "07:30" in reason.detail
    assert "30 min after its last window closes at 07:00" in reason.detail


def test_a_shift_too_short_for_the_way_back_is_missed_by_minutes() -> None:
    """An hour out and an hour back do not fit a shift of 110 minutes."""
    question = problem(stops=[dropoff("s", km=60)], vehicles=[van(shift=between("06:00", "07:50"))])
    reason = only(question)
    assert reason.code is ReasonCode.SHIFT
    assert "10 min after the shift ends at 07:50" in reason.detail


def test_a_depot_closed_all_day_keeps_everything_in() -> None:
    """No departure lies inside both shift and opening hours."""
    question = problem(depots=[depot(windows=[between("21:00", "22:00")])], stops=[dropoff("s")])
    reason = only(question)
    assert (reason.code, "dps is closed" in reason.detail) == (ReasonCode.SHIFT, True)


def test_no_road_is_unreachable() -> None:
    """A road that does not exist is no matter of time."""
    question = problem(stops=[dropoff("s", km=1)])
    travel = Travel(question, road_matrix(question, closed=[("dps", "s")]))
    (reason,) = explain(question, travel, Proposal())[StopId("s")]
    assert reason.code is ReasonCode.UNREACHABLE


def test_an_island_without_any_line_is_unreachable() -> None:
    """Neither road nor ferry leads there."""
    assert only(problem(stops=[dropoff("s", island="nusa")])).code is ReasonCode.UNREACHABLE


def test_a_missed_check_in_names_the_sailing_and_the_minutes() -> None:
    """On the road at 12:00, 30 minutes to port, check-in of the 11:00 boat closed at 10:40."""
    question = problem(
        stops=[dropoff("s", island="penida")],
        vehicles=[van(shift=between("11:00", "20:00"))],
        ports=PORTS,
        lines=[OUT, BACK],
    )
    reason = only(question)
    assert reason.code is ReasonCode.FERRY_CUTOFF_MISSED
    assert reason.detail == "misses check-in of out 11:00 by 25 min"


def test_the_last_boat_back_is_missed_by_minutes() -> None:
    """Service ends at 15:50, ten minutes after check-in of the last boat back."""
    windows = [between("15:30", "15:30")]
    question = problem(
        stops=[dropoff("s", island="penida", windows=windows, service=1200)], ports=PORTS, lines=[OUT, BACK]
    )
    reason = only(question)
    assert reason.code is ReasonCode.FERRY_CUTOFF_MISSED
    assert reason.detail == "misses check-in of back 16:00 by 10 min"


def test_a_line_without_a_sailing_in_time_is_no_sailing() -> None:
    """Boats go out, but the only one back leaves after the shift."""
    question = problem(
        stops=[dropoff("s", island="penida")],
        ports=PORTS,
        lines=[OUT, line("back", "toya", "sanur", ("21:00",))],
    )
    reason = only(question)
    assert reason.code is ReasonCode.FERRY_NO_SAILING
    assert "20:00" in reason.detail


def test_a_deck_smaller_than_the_vehicle_says_both() -> None:
    """A truck of two slots on a deck of one."""
    question = problem(
        stops=[dropoff("s", island="penida")],
        vehicles=[van(deck_slots=2)],
        ports=PORTS,
        lines=[out_with_decks(1), BACK],
    )
    reason = only(question)
    assert reason.code is ReasonCode.FERRY_DECK_FULL
    assert "needs 2 slots, 1 on the deck of out 08:00" in reason.detail


def out_with_decks(slots: int) -> Line:
    """Return the line out with so many slots on every deck."""
    return line("out", "sanur", "toya", ("08:00", "11:00"), deck_slots=slots)


@pytest.mark.parametrize("ferry_class", ["IVB", None])
def test_a_class_that_the_line_does_not_name_is_not_carried(ferry_class: str | None) -> None:
    """The line has fares for motorbikes alone; a van, or a vehicle without class, stays ashore."""
    question = problem(
        stops=[dropoff("s", island="penida")],
        vehicles=[van(ferry_class=ferry_class)],
        ports=PORTS,
        lines=[replace(OUT, fares={FerryClass("II"): Money(1.0)}), BACK],
    )
    reason = only(question)
    assert reason.code is ReasonCode.FERRY_CLASS_NOT_CARRIED
    assert "out" in reason.detail


def test_a_cancelled_sailing_that_would_have_done_is_named() -> None:
    """Both boats back are cancelled; the first of them would have done."""
    back = line("back", "toya", "sanur", ("10:00", "16:00"), cancelled=("10:00", "16:00"))
    reason = only(problem(stops=[dropoff("s", island="penida")], ports=PORTS, lines=[OUT, back]))
    assert reason.code is ReasonCode.FERRY_CANCELLED
    assert reason.detail == "back 10:00 is cancelled"


def test_vehicles_that_fail_alike_share_one_reason() -> None:
    """Three vans with three shifts miss the same boat: one reason, three vehicles, the nearest miss."""
    vans = [van(f"van-{hour}", shift=between(f"{hour}:00", "20:00")) for hour in (11, 12, 13)]
    question = problem(stops=[dropoff("s", island="penida")], vehicles=vans, ports=PORTS, lines=[OUT, BACK])
    reason = only(question)
    assert reason.vehicle_ids == ("van-11", "van-12", "van-13")
    assert reason.detail.endswith("by 25 min")

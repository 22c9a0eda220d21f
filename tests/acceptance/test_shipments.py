"""What a vehicle picks up, the same vehicle drops off later, or it is left alone altogether."""

import pytest

from tests.builders import at, between, dropoff, line, port, problem, shipment, van
from tests.solving import left_out, order, reloads, route_of, solve, trips, used

BOTH = ["s-1/pickup", "s-1/dropoff"]


@pytest.mark.parametrize(("km", "to_km"), [(5, 20), (20, 5)])
def test_pick_up_comes_before_drop_off_on_one_vehicle(km: int, to_km: int) -> None:
    question = problem(stops=shipment("s-1", km=km, to_km=to_km), vehicles=(van("v-1"), van("v-2")))
    plan = solve(question)
    (vehicle,) = used(plan)
    assert order(plan, vehicle) == BOTH


def test_it_takes_room_between_its_ends_only() -> None:
    """Two at a time: a parcel to drop off first, then one shipment after the other, in one go out and back."""
    question = problem(
        stops=(
            dropoff("a", km=3, load=(2,)),
            *shipment("s-1", km=5, to_km=10, load=(2,)),
            *shipment("s-2", km=15, to_km=20, load=(2,)),
        ),
        vehicles=(van(capacity=(2,)),),
    )
    plan = solve(question)
    assert left_out(plan) == set()
    assert order(plan) == ["a", *BOTH, "s-2/pickup", "s-2/dropoff"]
    assert route_of(plan).distance == 40_000


def test_shipments_that_fit_together_share_the_way() -> None:
    stops = (*shipment("s-1", km=5, to_km=20), *shipment("s-2", km=10, to_km=15))
    plan = solve(problem(stops=stops))
    assert route_of(plan).distance == 40_000


def test_a_load_that_no_vehicle_holds_is_neither_picked_up_nor_dropped_off() -> None:
    plan = solve(problem(stops=(*shipment("s-1", km=5, to_km=10, load=(11,)), dropoff("a", km=1))))
    assert left_out(plan) == set(BOTH)


def test_a_drop_off_that_nobody_can_reach_keeps_the_pick_up_from_happening() -> None:
    """The drop-off closes before the pick-up opens."""
    ends = shipment(
        "s-1",
        km=5,
        to_km=10,
        windows=(between("12:00", "13:00"),),
        to_windows=(between("08:00", "09:00"),),
    )
    assert left_out(solve(problem(stops=(*ends, dropoff("a", km=1))))) == set(BOTH)


@pytest.mark.parametrize(("penalty", "expected"), [(99, set(BOTH)), (101, set())])
def test_its_penalty_is_weighed_once_for_both_ends(penalty: float, expected: set[str]) -> None:
    """Fifty kilometres out and fifty back at 1 each."""
    plan = solve(problem(stops=shipment("s-1", km=20, to_km=50, penalty=penalty)))
    assert left_out(plan) == expected
    assert plan.cost.unserved == pytest.approx(penalty if expected else 0)


def test_it_may_go_over_the_water() -> None:
    question = problem(
        stops=shipment("s-1", km=5, to_km=3, to_island="penida"),
        ports=(port("sanur", island="bali", km=2), port("toya", island="penida")),
        lines=(line("out", "sanur", "toya", ("08:00",)), line("back", "toya", "sanur", ("12:00",))),
    )
    plan = solve(question)
    assert order(plan) == BOTH
    assert plan.totals.crossings == 2


def test_it_stays_on_board_while_the_vehicle_reloads() -> None:
    """Windows put the pick-up before, and the drop-off after, a trip that cannot begin before ten."""
    question = problem(
        stops=(
            dropoff("early", km=5, windows=(between("07:00", "07:30"),)),
            *shipment(
                "s-1",
                km=5,
                to_km=6,
                windows=(between("08:00", "08:10"),),
                to_windows=(between("14:00", "14:10"),),
            ),
            dropoff("late", km=5, ready_at=at("10:00"), windows=(between("10:00", "12:00"),)),
        ),
        vehicles=(van(capacity=(2,), max_trips=2),),
    )
    plan = solve(question)
    assert left_out(plan) == set()
    assert trips(plan) == [["early", "s-1/pickup"], ["late", "s-1/dropoff"]]
    assert [reload.load for reload in reloads(plan)] == [(2,)]

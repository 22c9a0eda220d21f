"""Why a stop is left out that some vehicle could serve alone: no room beside the others, or not worth it."""

from collections.abc import Sequence

from router.domain.ids import SailingId, StopId, VehicleId
from router.domain.plan import Reason, ReasonCode
from router.domain.problem import Problem
from router.domain.proposal import Boarding, Proposal, RouteProposal, Visit
from router.solver.explain import explain
from router.travel.travel import Travel
from tests.builders import between, dropoff, line, pickup, port, problem, road_matrix, van

PORTS = (port("sanur", island="bali", km=5), port("toya", island="penida"))


def route(vehicle: str, *actions: str) -> RouteProposal:
    """Return a route; names with a space are sailings."""
    return RouteProposal(
        vehicle_id=VehicleId(vehicle),
        actions=tuple(Boarding(SailingId(a)) if " " in a else Visit(StopId(a)) for a in actions),
    )


def why(question: Problem, routes: Sequence[RouteProposal]) -> tuple[Reason, ...]:
    """Return the reasons for the stop ``s`` beside these routes."""
    travel = Travel(question, road_matrix(question))
    return explain(question, travel, Proposal(routes=tuple(routes)))[StopId("s")]


def test_served_stops_need_no_reason() -> None:
    """Only what is left out is explained."""
    question = problem(stops=[dropoff("s"), dropoff("t")])
    travel = Travel(question, road_matrix(question))
    assert explain(question, travel, Proposal(routes=(route("van-1", "t", "s"),))) == {}


def test_a_penalty_below_the_cheapest_place_is_cheaper() -> None:
    """Ten kilometres further and back cost 20; the penalty is 15. Both numbers are told."""
    question = problem(stops=[dropoff("t", km=5), dropoff("s", km=15, penalty=15)])
    (reason,) = why(question, [route("van-1", "t")])
    assert (reason.code, reason.vehicle_ids) == (ReasonCode.PENALTY_CHEAPER, ("van-1",))
    assert "would cost 20 " in reason.detail
    assert "penalty 15" in reason.detail


def test_a_new_vehicle_costs_its_fixed_sum_too() -> None:
    """The only other van would have to start for it: 100 for the van and 30 for the way."""
    question = problem(
        stops=[dropoff("t", load=(10,)), dropoff("s", km=15, penalty=129)],
        vehicles=[van("van-1"), van("van-2", fixed=100)],
    )
    (reason,) = why(question, [route("van-1", "t")])
    assert reason.code is ReasonCode.PENALTY_CHEAPER
    assert "would cost 130 " in reason.detail


def test_a_full_vehicle_is_a_full_fleet_and_says_what_is_missing() -> None:
    """Eight of ten parcels are on board; three more do not fit by one."""
    question = problem(stops=[dropoff("t", load=(8,)), dropoff("s", load=(3,))])
    (reason,) = why(question, [route("van-1", "t")])
    assert (reason.code, reason.vehicle_ids) == (ReasonCode.FLEET_FULL, ("van-1",))
    assert reason.detail == "in van-1 behind dps: 1 parcels over beside what it carries"


def test_a_pick_up_fits_where_everything_has_been_dropped() -> None:
    """The same load as a pick-up fits behind the drop-off, so that it is not room that is missing."""
    question = problem(stops=[dropoff("t", load=(8,)), pickup("s", load=(3,))])
    (reason,) = why(question, [route("van-1", "t")])
    assert "parcels over" not in reason.detail


def test_a_day_without_a_gap_is_missed_by_minutes() -> None:
    """Out at six, back at ten past eight: the eight hours' shift leaves no half hour for the detour."""
    question = problem(
        stops=[dropoff("t", km=50, service=1200), dropoff("s", km=55)],
        vehicles=[van(shift=between("06:00", "08:05"))],
    )
    (reason,) = why(question, [route("van-1", "t")])
    assert reason.code is ReasonCode.FLEET_FULL
    assert "5 min" in reason.detail


def test_a_stop_that_the_search_overlooked_is_not_called_impossible() -> None:
    """It would fit and pay off: the reason says so instead of inventing a lack of room."""
    question = problem(stops=[dropoff("t", km=5), dropoff("s", km=5, penalty=100)])
    (reason,) = why(question, [route("van-1", "t")])
    assert reason.code is ReasonCode.FLEET_FULL
    assert "would fit in van-1" in reason.detail


def test_a_deck_filled_by_the_others_is_named() -> None:
    """The second van has nothing to do, but the first took the last slot of the only boat out."""
    question = problem(
        stops=[dropoff("t", island="penida", load=(10,)), dropoff("s", island="penida")],
        vehicles=[van("van-1"), van("van-2")],
        ports=PORTS,
        lines=[
            line("out", "sanur", "toya", ("08:00",), deck_slots=1),
            line("back", "toya", "sanur", ("16:00",)),
        ],
    )
    by_code = {
        reason.code: reason for reason in why(question, [route("van-1", "out 08:00", "t", "back 16:00")])
    }
    assert by_code[ReasonCode.FERRY_DECK_FULL].vehicle_ids == ("van-2",)
    assert "out 08:00" in by_code[ReasonCode.FERRY_DECK_FULL].detail
    assert by_code[ReasonCode.FLEET_FULL].vehicle_ids == ("van-1",)


def test_a_stop_on_the_way_over_the_water_is_found_a_place() -> None:
    """The van crosses anyway: a stop beside the port of arrival costs two kilometres, not another crossing."""
    question = problem(
        stops=[dropoff("t", island="penida", km=9), dropoff("s", island="penida", km=10, penalty=1)],
        ports=PORTS,
        lines=[
            line("out", "sanur", "toya", ("08:00",), fares={"IVB": 500}),
            line("back", "toya", "sanur", ("16:00",), fares={"IVB": 500}),
        ],
    )
    (reason,) = why(question, [route("van-1", "out 08:00", "t", "back 16:00")])
    assert reason.code is ReasonCode.PENALTY_CHEAPER
    assert "would cost 2 " in reason.detail


def test_without_vehicles_the_fleet_is_full() -> None:
    """Even then there is a reason."""
    (reason,) = why(problem(stops=[dropoff("s")], vehicles=()), [])
    assert (reason.code, reason.vehicle_ids) == (ReasonCode.FLEET_FULL, ())

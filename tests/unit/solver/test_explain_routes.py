"""What a stop misses a place in each route by, beside all that the route does already."""

from dataclasses import replace

import pytest

from router.domain.ids import SailingId, StopId, VehicleId
from router.domain.locks import LockKind
from router.domain.plan import Reason, ReasonCode
from router.domain.problem import Problem
from router.domain.proposal import Action, Boarding, Proposal, Reload, RouteProposal, Visit
from router.solver.explain import explain
from router.travel.travel import Travel
from tests.builders import at, between, dropoff, limits, line, lock, port, problem, road_matrix, shipment, van

PORTS = (port("sanur", island="bali", km=5), port("toya", island="penida"))
RELOAD = "reload"


def route(vehicle: str, *actions: str) -> RouteProposal:
    """Return a route; names with a space are sailings."""

    def action(name: str) -> Action:
        if name == RELOAD:
            return Reload()
        return Boarding(SailingId(name)) if " " in name else Visit(StopId(name))

    return RouteProposal(vehicle_id=VehicleId(vehicle), actions=tuple(map(action, actions)))


def why(question: Problem, *routes: RouteProposal, stop: str = "s") -> tuple[Reason, ...]:
    """Return the reasons for a stop beside these routes."""
    travel = Travel(question, road_matrix(question))
    return explain(question, travel, Proposal(routes=routes))[StopId(stop)]


def only(question: Problem, *routes: RouteProposal, stop: str = "s") -> Reason:
    """Return the single reason."""
    (reason,) = why(question, *routes, stop=stop)
    return reason


def test_each_route_says_what_it_lacks() -> None:
    """One van is full, one has no time, one may serve no more: three reasons, each with its number."""
    question = problem(
        stops=[
            dropoff("a", load=(8,)),
            dropoff("b", km=30, windows=[between("06:30", "06:30")]),
            dropoff("c", km=20),
            dropoff("s", km=-20, load=(3,), windows=[between("06:00", "06:25")]),
        ],
        vehicles=[
            van("full"),
            van("late", shift=between("06:00", "07:10"), capacity=(99,)),
            van("one", limits=limits(stops=1)),
        ],
    )
    reasons = why(question, route("full", "a"), route("late", "b"), route("one", "c"))
    told = {reason.vehicle_ids: reason for reason in reasons}
    assert {reason.code for reason in reasons} == {ReasonCode.FLEET_FULL}
    assert "1 parcels over beside what it carries" in told["full",].detail  # type: ignore[index]
    assert "40 min late for b" in told["late",].detail  # type: ignore[index]
    assert "serves 1 of at most 1 stops already" in told["one",].detail  # type: ignore[index]


@pytest.mark.parametrize(
    ("limit", "words"),
    [
        ({"distance": 65_000}, "15.0 km over the 65.0 km that it may drive"),
        ({"duration": 70 * 60}, "it is out 10 min longer than it may"),
        ({"cash": 500}, "200 in cash over the 500 that van-1 may hold"),
        ({"stops": 1}, "it serves 1 of at most 1 stops already"),
    ],
)
def test_limits_count_what_the_route_does_already(limit: dict[str, int], words: str) -> None:
    """Twenty kilometres one way with 400 to collect; twenty the other way, and 300."""
    question = problem(
        stops=[dropoff("t", km=20, cash=400), dropoff("s", km=-20, cash=300)],
        vehicles=[van(limits=limits(**limit))],
    )
    reason = only(question, route("van-1", "t"))
    assert reason.code is ReasonCode.FLEET_FULL
    assert words in reason.detail


def test_a_check_in_is_missed_by_what_is_served_before() -> None:
    """Free at ``t`` at 10:40, 5 km from the port: the last boat out checks in at 10:40."""
    question = problem(
        stops=[
            dropoff("t", windows=[between("10:20", "10:40")], service=1200),
            dropoff("s", island="penida"),
        ],
        ports=PORTS,
        lines=[
            line("out", "sanur", "toya", ("08:00", "11:00")),
            line("back", "toya", "sanur", ("10:00", "16:00")),
        ],
    )
    reason = only(question, route("van-1", "t"))
    assert reason.code is ReasonCode.FLEET_FULL
    assert "misses check-in of out 11:00 by 5 min once it is done at t" in reason.detail


def test_every_full_sailing_that_would_do_is_named() -> None:
    """Two vans fill both boats out; the third has nothing to do, and no boat."""
    stops = [dropoff(f"p-{n}", island="penida", load=(10,)) for n in range(2)]
    question = problem(
        stops=[*stops, dropoff("s", island="penida")],
        vehicles=[van("van-1"), van("van-2"), van("van-3")],
        ports=PORTS,
        lines=[
            line("out", "sanur", "toya", ("08:00", "11:00"), deck_slots=1),
            line("back", "toya", "sanur", ("16:00",)),
        ],
    )
    reasons = why(
        question,
        route("van-1", "out 08:00", "p-0", "back 16:00"),
        route("van-2", "out 11:00", "p-1", "back 16:00"),
    )
    (deck,) = [reason for reason in reasons if reason.code is ReasonCode.FERRY_DECK_FULL]
    assert deck.vehicle_ids == ("van-3",)
    assert "needs a deck slot, the others fill out 08:00, out 11:00" in deck.detail


def test_a_second_trip_has_room_of_its_own() -> None:
    """Ten parcels on each of two trips leave no room; five on the second leave some, so that room is not the reason."""

    def on_second_trip(parcels: int) -> Reason:
        question = problem(
            stops=[
                dropoff("a", load=(10,)),
                dropoff("b", load=(parcels,)),
                dropoff("s", load=(5,), penalty=0.0, km=1),
            ],
            vehicles=[van(max_trips=2)],
        )
        return only(question, route("van-1", "a", RELOAD, "b"))

    assert on_second_trip(6).code is ReasonCode.FLEET_FULL
    assert "1 parcels over" in on_second_trip(6).detail
    assert on_second_trip(5).code is ReasonCode.PENALTY_CHEAPER


def test_a_trip_that_would_wait_for_a_load_is_late_elsewhere() -> None:
    """Ready at eight; ``t``, ten minutes away, closes at eight too."""
    question = problem(
        stops=[dropoff("t", km=10, windows=[between("07:00", "08:00")]), dropoff("s", ready_at=at("08:00"))]
    )
    reason = only(question, route("van-1", "t"))
    assert "10 min late for t" in reason.detail


def test_a_locked_order_leaves_some_places_only() -> None:
    """It comes before ``t``, where there is no time, and not behind, where there is."""
    question = problem(
        stops=[dropoff("t", km=30, windows=[between("06:30", "06:30")]), dropoff("s", km=90)],
        locks=[lock("van-1", "s", "t", kind=LockKind.SEQUENCE)],
    )
    assert "late for t" in only(question, route("van-1", "t")).detail


def test_the_ends_of_a_shipment_are_tried_together() -> None:
    """Room for it only behind ``t``, and then no time for its drop-off: both ends say so, in the same words."""
    ends = shipment("x", km=10, to_km=100, load=(5,), to_windows=[between("07:00", "08:00")])
    question = problem(stops=[dropoff("t", km=20, load=(8,), windows=[between("08:00", "09:00")]), *ends])
    first, second = (only(question, route("van-1", "t"), stop=end.id) for end in ends)
    assert first == second
    assert first.code is ReasonCode.FLEET_FULL
    assert "parcels over" in first.detail or "late for x/dropoff" in first.detail


def test_a_shipment_too_far_apart_for_every_window_is_called_so_alone() -> None:
    ends = shipment(
        "x", km=10, to_km=100, windows=[between("09:00", "10:00")], to_windows=[between("07:00", "08:00")]
    )
    assert only(problem(stops=ends), stop="x/pickup").code is ReasonCode.TIME_WINDOW


def test_a_vehicle_that_starts_anywhere_is_tried_before_its_first_stop() -> None:
    """Alone it would simply be there; with ``t`` an hour away at the same minute it cannot be at both."""
    window = [between("09:00", "09:00")]
    question = problem(
        stops=[dropoff("t", windows=window), dropoff("s", km=60, windows=window)], vehicles=[van(start=None)]
    )
    reason = only(question, route("van-1", "t"))
    assert reason.code is ReasonCode.FLEET_FULL
    assert "1 h 0 min late" in reason.detail


def test_beyond_the_dearest_fifty_the_reason_is_short() -> None:
    """All have one, and those with the highest penalties have it in full."""
    stops = [dropoff(f"p-{n}", km=1, load=(10,), penalty=1000.0 + n) for n in range(70)]
    question = problem(stops=[dropoff("t", load=(10,)), *stops])
    travel = Travel(question, road_matrix(question))
    told = explain(question, travel, Proposal(routes=(route("van-1", "t"),)))
    in_full = {stop_id for stop_id, reasons in told.items() if "parcels over" in reasons[0].detail}
    assert in_full == {f"p-{n}" for n in range(20, 70)}
    assert len(told) == 70


def test_a_problem_is_not_changed_by_being_explained() -> None:
    question = problem(stops=[dropoff("t", load=(8,)), dropoff("s", load=(3,))])
    before = replace(question)
    why(question, route("van-1", "t"))
    assert question == before

"""The exact engine: the best plan of a small problem, proven; every limit kept; an end whenever one is asked for."""

from dataclasses import replace

import pytest

from router.checking import check
from router.domain.plan import Plan, StoppedBy
from router.domain.problem import Problem
from router.domain.proposal import Proposal
from router.domain.search import Budget, Incumbent, Outcome
from router.domain.units import Money
from router.scheduling import schedule
from router.solver.exact import is_small, propose
from router.travel.travel import Travel
from tests.builders import between, depot, dropoff, line, pickup, port, problem, road_matrix, van
from tests.solving import AMPLE, left_out, order, route_of, sailings, used

PORTS = (port("sanur", island="bali", km=5), port("toya", island="penida"))


def engine(
    question: Problem, *, iterations: int | None = None, stop: bool = False
) -> tuple[Outcome, list[Incumbent]]:
    """Return what the engine ends with, and what it told on the way."""
    told: list[Incumbent] = []
    travel = Travel(question, road_matrix(question))
    budget = Budget(time_limit=AMPLE, iteration_limit=iterations)
    return propose(question, travel, budget, told.append, lambda: stop), told


def proven(question: Problem) -> Plan:
    """Return the plan that is proven best: the referee is silent, and its cost is the bound."""
    assert is_small(question)
    outcome, _ = engine(question)
    roads = road_matrix(question)
    plan = schedule(question, Travel(question, roads), outcome.proposal)
    assert check(question, roads, plan) == ()
    assert outcome.stopped_by is StoppedBy.OPTIMAL
    assert outcome.lower_bound == pytest.approx(plan.cost.total, abs=0.01)
    return plan


def test_the_way_round_is_the_shortest() -> None:
    """Nine stops on one road, told in disorder: to the far end and back is 18 km."""
    question = problem(stops=[dropoff(f"s-{n}", km=1 + (7 * n) % 9) for n in range(9)])
    assert proven(question).cost.total == pytest.approx(18)


def test_it_goes_out_and_back_by_the_sailings_that_fit() -> None:
    """The first boat is missed from the depot, the last one back is the only one after the stop."""
    question = problem(
        stops=[dropoff("s", island="penida", km=1, windows=[between("10:00", "11:00")])],
        ports=PORTS,
        lines=[
            line("out", "sanur", "toya", ("06:10", "08:00", "11:00")),
            line("back", "toya", "sanur", ("09:00", "16:00")),
        ],
    )
    assert sailings(proven(question)) == ["out 08:00", "back 16:00"]


def test_a_chain_of_two_lines_is_one_crossing() -> None:
    """The island behind the island is reached through the port between them."""
    question = problem(
        stops=[dropoff("s", island="ceningan", km=1)],
        ports=[*PORTS, port("west", island="penida", km=4), port("far", island="ceningan")],
        lines=[
            line("out", "sanur", "toya", ("08:00",)),
            line("on", "west", "far", ("10:00",)),
            line("off", "far", "west", ("14:00",)),
            line("back", "toya", "sanur", ("17:00",)),
        ],
    )
    assert sailings(proven(question)) == ["out 08:00", "on 10:00", "off 14:00", "back 17:00"]


def test_the_cheaper_of_two_lines_is_taken_where_time_is_free() -> None:
    """The later and slower line costs half; nobody pays by the hour."""
    lines = [
        line("fast", "sanur", "toya", ("07:00",), fares={"IVB": 200}),
        line("slow", "sanur", "toya", ("09:00",), crossing=3 * 3600, fares={"IVB": 100}),
        line("back", "toya", "sanur", ("17:00",), fares={"IVB": 100}),
    ]
    question = problem(stops=[dropoff("s", island="penida")], ports=PORTS, lines=lines)
    assert sailings(proven(question)) == ["slow 09:00", "back 17:00"]
    hurried = replace(question, vehicles=(van(per_hour=1000),))
    # Both lead to the same boat back: who takes the later one is out for a shorter time.
    assert sailings(proven(hurried)) == ["slow 09:00", "back 17:00"]
    appointed = replace(hurried, stops=(dropoff("s", island="penida", windows=[between("08:00", "10:00")]),))
    assert sailings(proven(appointed)) == ["fast 07:00", "back 17:00"]


@pytest.mark.parametrize(("room", "trucks"), [(1, 0), (2, 1), (3, 1), (4, 2)])
def test_a_deck_is_never_overfilled_by_vehicles_of_two_slots(room: int, trucks: int) -> None:
    """Each load fills a truck; a truck takes two slots; what finds no room stays behind."""
    question = problem(
        stops=[dropoff(f"s-{n}", island="penida", km=n, load=(10,)) for n in range(3)],
        vehicles=[van(f"truck-{n}", deck_slots=2) for n in range(3)],
        ports=PORTS,
        lines=[
            line("out", "sanur", "toya", ("08:00",), deck_slots=room),
            line("back", "toya", "sanur", ("16:00",)),
        ],
    )
    assert len(used(proven(question))) == trucks


def test_pick_ups_and_drop_offs_share_the_vehicle_at_every_moment() -> None:
    """Ten parcels go out and ten come in through a van of ten: all are dropped before any is picked up."""
    stops = [
        dropoff("d-1", km=1, load=(4,)),
        pickup("p-1", km=2, load=(10,)),
        dropoff("d-2", km=3, load=(6,)),
    ]
    assert order(proven(problem(stops=stops)))[-1] == "p-1"


def test_what_is_picked_up_stays_on_board_over_the_water() -> None:
    """After a pick-up of ten there is no room for the drop-off on the other island: it goes first."""
    stops = [pickup("p", km=1, load=(10,)), dropoff("d", island="penida", load=(10,))]
    lines = [line("out", "sanur", "toya", ("12:00",)), line("back", "toya", "sanur", ("14:00",))]
    assert order(proven(problem(stops=stops, ports=PORTS, lines=lines))) == ["d", "p"]


def test_a_stop_is_served_within_any_one_of_its_windows() -> None:
    """The first window is over before the van can be there; the second is taken."""
    windows = [between("06:00", "06:10"), between("12:00", "12:10")]
    assert left_out(proven(problem(stops=[dropoff("s", km=30, windows=windows)]))) == set()


def test_required_stops_come_before_any_cost() -> None:
    """One van, two stops at the same time: the required one is served, however large the other's penalty."""
    noon = [between("12:00", "12:00")]
    stops = [dropoff("dear", km=1, windows=noon, penalty=1e9), dropoff("required", km=9, windows=noon)]
    assert left_out(proven(problem(stops=stops))) == {"dear"}


def test_as_many_required_stops_as_can_be_are_served() -> None:
    """Three at noon and two vans: one is left out, and that is proven too."""
    noon = [between("12:00", "12:00")]
    stops = [dropoff(f"s-{n}", km=n, windows=noon) for n in (1, 5, 9)]
    assert left_out(proven(problem(stops=stops, vehicles=[van("a"), van("b")]))) == {"s-9"}


def test_an_optional_stop_is_left_out_where_its_penalty_is_cheaper() -> None:
    """Twice nine kilometres cost 18; a penalty of 17 is paid, one of 19 is not."""
    for penalty, refused in ((17, {"s"}), (19, set())):
        assert left_out(proven(problem(stops=[dropoff("s", km=9, penalty=penalty)]))) == refused


def test_hours_count_from_the_departure_that_was_worth_it() -> None:
    """With an hourly cost the van waits at home for the window, not at the door."""
    question = problem(
        stops=[dropoff("s", km=60, windows=[between("12:00", "12:00")])], vehicles=[van(per_hour=10)]
    )
    assert route_of(proven(question)).duration == 2 * 60 * 60


def test_it_leaves_and_returns_while_the_depots_are_open() -> None:
    """The depot of return opens at three: the stop is served so late that nobody waits at the gate."""
    question = problem(
        depots=[depot(), depot("ubud", km=20, windows=[between("15:00", "16:00")])],
        stops=[dropoff("s", km=10)],
        vehicles=[van(end="ubud", per_hour=10)],
    )
    assert route_of(proven(question)).duration == 20 * 60


def test_a_vehicle_is_not_sent_over_the_water_for_nothing() -> None:
    """From a depot on one island to a depot on the other, a route without stops is none."""
    question = problem(
        depots=[depot(), depot("there", island="penida")],
        stops=[dropoff("s", km=1, penalty=1)],
        vehicles=[van(end="there", fixed=100)],
        ports=PORTS,
        lines=[line("out", "sanur", "toya", ("08:00",))],
    )
    assert used(proven(question)) == set()


def test_vehicles_that_could_change_places_share_the_work() -> None:
    """Four stops at noon far from each other take four of five equal vans."""
    noon = [between("12:00", "12:00")]
    question = problem(
        stops=[dropoff(f"s-{n}", km=10 * n, windows=noon) for n in range(1, 5)],
        vehicles=[van(f"van-{n}", fixed=5) for n in range(5)],
    )
    assert proven(question).cost.total == pytest.approx(4 * 5 + 2 * (10 + 20 + 30 + 40))


def test_it_stops_when_told_to_with_a_plan() -> None:
    """The stop flag ends it at once, and the plan that it started from comes back."""
    outcome, _ = engine(problem(stops=[dropoff(f"s-{n}", km=n) for n in range(9)]), stop=True)
    assert outcome.stopped_by in (StoppedBy.CANCELLED, StoppedBy.OPTIMAL)
    assert len(outcome.proposal.served()) == 9


def test_the_same_iterations_find_the_same_plan() -> None:
    """An iteration is a conflict of CP-SAT; nothing is left to the clock."""
    question = problem(
        stops=[dropoff(f"s-{n}", km=(7 * n) % 11, penalty=3 * n) for n in range(9)],
        vehicles=[van("a", fixed=4, per_hour=3), van("b", fixed=3, per_hour=4)],
    )
    first, again = engine(question, iterations=5)[0], engine(question, iterations=5)[0]
    assert first == again
    assert first.iterations <= 10


def test_nothing_to_do_is_proven_at_once() -> None:
    """Without stops the empty plan is optimal."""
    outcome, _ = engine(problem(stops=()))
    assert (outcome.stopped_by, outcome.proposal, outcome.lower_bound) == (
        StoppedBy.OPTIMAL,
        Proposal(),
        Money(0),
    )


def test_many_stops_are_not_small() -> None:
    """There is no hope of a proof for thirty stops."""
    assert not is_small(problem(stops=[dropoff(f"s-{n}") for n in range(30)]))

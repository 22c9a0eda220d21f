"""The routing engine: ferries boarded through berths, every limit kept, a first plan never lost."""

from dataclasses import replace

import pytest

from router.domain.fleet import VehicleLimits
from router.domain.plan import StoppedBy
from router.domain.problem import Problem
from router.domain.proposal import Proposal
from router.domain.search import Budget, Incumbent, Outcome
from router.domain.units import Seconds
from router.errors import SolverError
from router.solver.routing import propose
from router.travel.travel import Travel
from tests.builders import (
    between,
    depot,
    dropoff,
    line,
    pickup,
    port,
    problem,
    road_matrix,
    van,
)
from tests.solving import left_out, order, route_of, sailings, solve, used

PORTS = (port("sanur", island="bali", km=5), port("toya", island="penida"))


def engine(
    question: Problem, *, iterations: int | None = 500, time_limit: int = 60, stop: bool = False
) -> tuple[Outcome, list[Incumbent]]:
    """Return what the engine ends with, and what it told on the way."""
    told: list[Incumbent] = []
    budget = Budget(time_limit=Seconds(time_limit), iteration_limit=iterations)
    travel = Travel(question, road_matrix(question))
    return propose(question, travel, budget, told.append, lambda: stop), told


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
    assert sailings(solve(question, engine="routing")) == ["out 08:00", "back 16:00"]


def test_a_chain_of_two_lines_is_two_berths_in_a_row() -> None:
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
    taken = sailings(solve(question, engine="routing"))
    assert taken == ["out 08:00", "on 10:00", "off 14:00", "back 17:00"]


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
    assert len(used(solve(question, engine="routing"))) == trucks


def test_pick_ups_and_drop_offs_share_the_vehicle_at_every_moment() -> None:
    """Ten parcels go out and ten come in through a van of ten: all are dropped before any is picked up."""
    stops = [
        dropoff("d-1", km=1, load=(4,)),
        pickup("p-1", km=2, load=(10,)),
        dropoff("d-2", km=3, load=(6,)),
    ]
    assert order(solve(problem(stops=stops), engine="routing")) in (
        ["d-1", "d-2", "p-1"],
        ["d-2", "d-1", "p-1"],
    )


def test_drop_offs_do_not_borrow_the_room_of_what_is_picked_up_on_the_way() -> None:
    """All drop-offs are on board from the start: eleven never fit ten, whatever is picked up in between."""
    stops = [dropoff("d-1", load=(6,)), pickup("p", load=(6,)), dropoff("d-2", load=(5,))]
    assert len(left_out(solve(problem(stops=stops), engine="routing"))) >= 1


def test_a_stop_is_served_within_any_one_of_its_windows() -> None:
    """The first window is over before the van can be there; the second is taken."""
    windows = [between("06:00", "06:10"), between("12:00", "12:10")]
    question = problem(stops=[dropoff("s", km=30, windows=windows)])
    assert left_out(solve(question, engine="routing")) == set()


def test_a_depot_that_nobody_uses_is_no_place_to_visit() -> None:
    """The model would want an unused depot visited like a stop."""
    question = problem(depots=[depot(), depot("spare", km=9)], stops=[dropoff("s", km=1)])
    assert left_out(solve(question, engine="routing")) == set()


def test_the_first_plan_survives_a_search_without_iterations() -> None:
    """With no iteration at all the greedy plan comes back, and was told at once."""
    question = problem(stops=[dropoff("s", km=1)])
    outcome, told = engine(question, iterations=0)
    assert outcome.stopped_by is StoppedBy.ITERATION_LIMIT
    assert outcome.proposal == told[0].proposal != Proposal()


def test_it_stops_when_told_to() -> None:
    """The stop flag ends the search long before its time, with a plan."""
    question = problem(stops=[dropoff(f"s-{n}", km=n) for n in range(9)])
    outcome, _ = engine(question, iterations=None, stop=True)
    assert outcome.stopped_by is StoppedBy.CANCELLED
    assert len(outcome.proposal.served()) == 9


def test_the_same_iterations_find_the_same_plan() -> None:
    """Nothing is left to chance or to the clock."""
    question = problem(stops=[dropoff(f"s-{n}", km=(7 * n) % 11) for n in range(9)])
    assert engine(question)[0] == engine(question)[0]


def test_hours_count_from_the_departure_that_was_worth_it() -> None:
    """With an hourly cost the van waits at home for the window, not at the door."""
    windows = [between("12:00", "12:00")]
    question = problem(stops=[dropoff("s", km=60, windows=windows)], vehicles=[van(per_hour=10)])
    assert route_of(solve(question, engine="routing")).duration == 2 * 60 * 60


def test_nothing_to_do_is_done_at_once() -> None:
    """Without stops the empty plan is optimal."""
    outcome, _ = engine(problem(stops=()))
    assert (outcome.stopped_by, outcome.proposal) == (StoppedBy.OPTIMAL, Proposal())


def test_what_the_model_does_not_know_is_refused_by_name() -> None:
    """A limit that would be passed over in silence ends the solve instead."""
    tired = replace(van(), limits=VehicleLimits(duration=Seconds(3600)))
    with pytest.raises(SolverError, match="max_duration_seconds"):
        engine(problem(stops=[dropoff("s")], vehicles=[tired]))

"""Why a stop is left out, in days with everything in them: for every vehicle once, and nothing that is not so."""

from dataclasses import replace

import pytest

from benchmarks.eventful import eventful
from router.checking import check
from router.domain.plan import Plan, Reason, ReasonCode
from router.domain.problem import Problem, Stop
from router.domain.proposal import Action, Boarding, Proposal, RouteProposal, Visit
from router.domain.search import Budget
from router.errors import SchedulingError
from router.scheduling import schedule
from router.solver import solve
from router.solver.explain import explain
from router.travel.matrix import TravelMatrix
from router.travel.travel import Travel
from tests.solving import AMPLE

SEEDS = [range(first, first + 20) for first in range(0, 120, 20)]
in_chunks = pytest.mark.parametrize("seeds", SEEDS, ids=lambda seeds: f"{seeds[0]}-{seeds[-1]}")


def searched(problem: Problem, matrix: TravelMatrix) -> Proposal:
    """Return a plan of a hundred rounds: good, and with something left out for each of many reasons."""
    budget = Budget(time_limit=AMPLE, iteration_limit=100)
    return solve.propose(problem, Travel(problem, matrix), budget, lambda _: None, lambda: False).proposal


@in_chunks
def test_each_vehicle_has_one_reason_for_each_stop_left_out(seeds: range) -> None:
    for seed in seeds:
        problem, matrix = eventful(seed, 40)
        proposal = searched(problem, matrix)
        told = explain(problem, Travel(problem, matrix), proposal)
        assert told.keys() == {s.id for s in problem.stops} - proposal.served(), f"archipelago {seed}"
        for stop_id, reasons in told.items():
            named = [vehicle for reason in reasons for vehicle in reason.vehicle_ids]
            assert sorted(named) == sorted(v.id for v in problem.vehicles), f"archipelago {seed}: {stop_id}"
            assert all(reason.detail for reason in reasons)


@in_chunks
def test_a_route_without_a_place_has_none(seeds: range) -> None:
    """Where no water is crossed, the stop is put into every gap: neither scheduler nor referee lets it pass."""
    for seed in seeds:
        problem, matrix = eventful(seed, 40)
        proposal = searched(problem, matrix)
        travel = Travel(problem, matrix)
        for stop_id, reasons in explain(problem, travel, proposal).items():
            stop = problem.stop(stop_id)
            for route in proposal.routes if stop.shipment is None else ():
                if says_no_place(reasons, route) and is_on_land(problem, route, stop):
                    for plan in with_stop(problem, travel, proposal, route, stop):
                        assert check(problem, matrix, plan), (
                            f"archipelago {seed}: {stop_id} in {route.vehicle_id}"
                        )


def says_no_place(reasons: tuple[Reason, ...], route: RouteProposal) -> bool:
    (reason,) = [reason for reason in reasons if route.vehicle_id in reason.vehicle_ids]
    open_questions = ("would fit", "there is time", "could be served alone")
    return reason.code is ReasonCode.FLEET_FULL and not reason.detail.startswith(open_questions)


def is_on_land(problem: Problem, route: RouteProposal, stop: Stop) -> bool:
    """Return whether route and stop lie on one island, with the depots."""
    vehicle = problem.vehicle(route.vehicle_id)
    places = [stop.id, *route.stop_ids(), *filter(None, (vehicle.start, vehicle.end))]
    return len({problem.location(place).island for place in places}) == 1 and not any(
        isinstance(action, Boarding) for action in route.actions
    )


def with_stop(
    problem: Problem, travel: Travel, proposal: Proposal, route: RouteProposal, stop: Stop
) -> list[Plan]:
    """Return the plans that have times with the stop in each gap of a route."""
    others = [other for other in proposal.routes if other is not route]
    plans = []
    for gap in range(len(route.actions) + 1):
        actions: tuple[Action, ...] = (*route.actions[:gap], Visit(stop.id), *route.actions[gap:])
        try:
            changed = replace(proposal, routes=(*others, replace(route, actions=actions)))
            plans.append(schedule(problem, travel, changed))
        except SchedulingError:
            continue
    return plans

"""Judging all gaps at once says the same as trying them one by one."""

import pytest

from router.domain.problem import Problem, Stop
from router.solver.greedy import greedy
from router.solver.insertion import Insertions
from router.solver.timeline import Timeline, has_room, timeline
from tests.property.plans import archipelago

SEEDS = range(60)


def takes(problem: Problem, line: Timeline, gap: int, stop: Stop) -> bool:
    """Return whether skills, lists and capacity let a route take a stop in one gap."""
    return problem.may_serve(line.vehicle, stop) and has_room(line, gap, stop)


@pytest.mark.parametrize("seed", SEEDS)
def test_an_empty_vehicle_is_able_exactly_when_its_route_of_one_stop_is_possible(seed: int) -> None:
    """Whatever ports and sailings lie between: the ports that stand in for depots miss nothing."""
    problem, travel = archipelago(seed).problem, archipelago(seed).travel
    routes = Insertions(problem, travel)
    for stop in problem.stops:
        possible = {
            number
            for number, line in routes.timelines.items()
            if takes(problem, line, 0, stop)
            and timeline(problem, travel, line.vehicle, (stop.id,), routes.full_for(number)) is not None
        }
        assert routes.able(stop) == possible, stop.id


@pytest.mark.parametrize("seed", SEEDS)
def test_every_place_that_is_found_is_one(seed: int) -> None:
    """The cheapest place among the routes of a greedy plan holds when the route is timed with the stop in it."""
    problem, travel = archipelago(seed).problem, archipelago(seed).travel
    plan = greedy(problem, travel)
    routes = Insertions(problem, travel, plan)
    for stop in problem.stops:
        if stop.id not in plan.served() and (place := routes.cheapest(stop)) is not None:
            assert routes.with_stop(stop, place) is not None, stop.id
            assert takes(problem, routes.timelines[place.vehicle], place.position, stop), stop.id


@pytest.mark.parametrize("seed", SEEDS)
def test_a_stop_without_a_place_fits_into_no_gap_on_its_own_land(seed: int) -> None:
    """What the strips call impossible is impossible one by one as well, where no water is crossed for it."""
    problem, travel = archipelago(seed).problem, archipelago(seed).travel
    plan = greedy(problem, travel)
    routes = Insertions(problem, travel, plan)
    for stop in (s for s in problem.stops if s.id not in plan.served() and routes.cheapest(s) is None):
        for number, line in routes.timelines.items():
            for gap in range(len(line.stop_ids) + 1):
                ends = [place for place in line.places[gap : gap + 2] if place is not None]
                masses = {travel.land_mass(line.vehicle.profile, place) for place in ends}
                if masses == {travel.land_mass(line.vehicle.profile, stop.id)} and takes(
                    problem, line, gap, stop
                ):
                    order = (*line.stop_ids[:gap], stop.id, *line.stop_ids[gap:])
                    full = routes.full_for(number)
                    assert timeline(problem, travel, line.vehicle, order, full) is None, (
                        stop.id,
                        number,
                        gap,
                    )

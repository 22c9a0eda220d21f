"""Solve a small problem the way the service does, in this process, and let the referee see the plan."""

from importlib import import_module
from typing import cast

from router.checking import check
from router.domain.ids import SailingId, StopId, VehicleId
from router.domain.plan import BreakStep, FerryStep, Plan, ReloadStep, Route, StopStep
from router.domain.problem import Problem
from router.domain.search import Budget
from router.domain.units import Seconds
from router.ports import Solver
from router.scheduling import schedule
from router.travel.matrix import TravelMatrix
from router.travel.travel import Travel
from tests.builders import road_matrix

ENGINES = {"search": "router.solver.solve", "routing": "router.solver.routing"}

AMPLE = Seconds(300)
"""Tests end by iterations, so that they find the same plan on any machine; this limit is not to be met."""


def solve(
    problem: Problem,
    *,
    seed: int = 1,
    iterations: int = 2_000,
    engine: str = "search",
    matrix: TravelMatrix | None = None,
) -> Plan:
    """Return the plan that an engine finds; it is an error of the test's if the referee has anything to say.

    The roads are those of ``builders.road_matrix`` unless a matrix is given.
    """
    roads = road_matrix(problem) if matrix is None else matrix
    travel = Travel(problem, roads)
    solver = cast("Solver", import_module(ENGINES[engine]))
    budget = Budget(time_limit=AMPLE, iteration_limit=iterations, seed=seed)
    outcome = solver.propose(problem, travel, budget, lambda _: None, lambda: False)
    plan = schedule(problem, travel, outcome.proposal)
    violations = check(problem, roads, plan)
    assert violations == (), f"the referee objects: {violations}"
    return plan


# Reading a plan.


def route_of(plan: Plan, vehicle: str = "van-1") -> Route:
    """Return the route of a used vehicle."""
    return next(route for route in plan.routes if route.vehicle_id == vehicle)


def used(plan: Plan) -> set[VehicleId]:
    """Return the vehicles that have a route."""
    return {route.vehicle_id for route in plan.routes}


def order(plan: Plan, vehicle: str = "van-1") -> list[StopId]:
    """Return the stops of a vehicle in the order of its visits."""
    return [step.stop_id for step in route_of(plan, vehicle).steps if isinstance(step, StopStep)]


def visit(plan: Plan, stop: str) -> StopStep:
    """Return the step in which a stop is served."""
    return next(
        step
        for route in plan.routes
        for step in route.steps
        if isinstance(step, StopStep) and step.stop_id == stop
    )


def sailings(plan: Plan, vehicle: str = "van-1") -> list[SailingId]:
    """Return the sailings that a vehicle takes, in order."""
    return [step.sailing_id for step in route_of(plan, vehicle).steps if isinstance(step, FerryStep)]


def trips(plan: Plan, vehicle: str = "van-1") -> list[list[StopId]]:
    """Return the stops of each trip of a vehicle, in the order of its visits."""
    made: list[list[StopId]] = [[]]
    for step in route_of(plan, vehicle).steps:
        if isinstance(step, ReloadStep):
            made.append([])
        if isinstance(step, StopStep):
            made[-1].append(step.stop_id)
    return made


def reloads(plan: Plan, vehicle: str = "van-1") -> list[ReloadStep]:
    """Return the reloads of a vehicle, in order."""
    return [step for step in route_of(plan, vehicle).steps if isinstance(step, ReloadStep)]


def rests(plan: Plan, vehicle: str = "van-1") -> list[BreakStep]:
    """Return the breaks that a vehicle's driver takes, in order."""
    return [step for step in route_of(plan, vehicle).steps if isinstance(step, BreakStep)]


def left_out(plan: Plan) -> set[StopId]:
    """Return the stops that are not served."""
    return {entry.stop_id for entry in plan.unserved}

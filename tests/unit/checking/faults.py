"""Faults: ways to change one thing in a good plan, or in what was asked."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from router.domain.ferries import Line, Timetable
from router.domain.ids import VehicleId
from router.domain.plan import Plan
from router.domain.problem import Problem
from tests.mutators.editing import with_route, with_step

Fault = Callable[[Problem, Plan], tuple[Problem, Plan]]


def step(r: int, i: int, **changes: Any) -> Fault:
    """Change fields of one step of the plan."""
    return lambda problem, plan: (problem, with_step(plan, r, i, **changes))


def later(r: int, i: int, field: str, seconds: int) -> Fault:
    """Move one time of one step of the plan."""

    def fault(problem: Problem, plan: Plan) -> tuple[Problem, Plan]:
        moved = getattr(plan.routes[r].steps[i], field) + seconds
        return problem, with_step(plan, r, i, **{field: moved})

    return fault


def route(r: int, **changes: Any) -> Fault:
    """Change fields of one route of the plan."""
    return lambda problem, plan: (problem, with_route(plan, r, **changes))


def steps(r: int, *order: int) -> Fault:
    """Keep these steps of a route, in this order."""
    return lambda problem, plan: (
        problem,
        with_route(plan, r, steps=tuple(plan.routes[r].steps[i] for i in order)),
    )


def plan(**changes: Any) -> Fault:
    """Change members of the plan."""
    return lambda problem, plan: (problem, replace(plan, **changes))


def entry(n: int, **changes: Any) -> Fault:
    """Change an entry of the stops left out."""

    def fault(problem: Problem, plan: Plan) -> tuple[Problem, Plan]:
        entries = list(plan.unserved)
        entries[n] = replace(entries[n], **changes)
        return problem, replace(plan, unserved=tuple(entries))

    return fault


def stop(name: str, **changes: Any) -> Fault:
    """Ask for something else at one stop."""

    def fault(problem: Problem, plan: Plan) -> tuple[Problem, Plan]:
        stops = tuple(replace(s, **changes) if s.id == name else s for s in problem.stops)
        return replace(problem, stops=stops), plan

    return fault


def vehicle(name: str, **changes: Any) -> Fault:
    """Have another vehicle of this name."""

    def fault(problem: Problem, plan: Plan) -> tuple[Problem, Plan]:
        vehicles = tuple(replace(v, **changes) if v.id == name else v for v in problem.vehicles)
        return replace(problem, vehicles=vehicles), plan

    return fault


def depot(name: str, **changes: Any) -> Fault:
    """Have another depot of this name."""

    def fault(problem: Problem, plan: Plan) -> tuple[Problem, Plan]:
        depots = tuple(replace(d, **changes) if d.id == name else d for d in problem.depots)
        return replace(problem, depots=depots), plan

    return fault


def lines(change: Callable[[Line], Line]) -> Fault:
    """Have another timetable."""

    def fault(problem: Problem, plan: Plan) -> tuple[Problem, Plan]:
        changed = tuple(change(line) for line in problem.timetable.lines)
        return replace(problem, timetable=Timetable(ports=problem.timetable.ports, lines=changed)), plan

    return fault


def sailings(**changes: Any) -> Fault:
    """Have other sailings everywhere."""
    return lines(lambda line: replace(line, sailings=tuple(replace(s, **changes) for s in line.sailings)))


def conveyance(name: str, **changes: Any) -> Fault:
    """Have another kind of vehicle on roads and ferries."""

    def fault(problem: Problem, plan: Plan) -> tuple[Problem, Plan]:
        old = problem.vehicle(VehicleId(name)).conveyance
        return vehicle(name, conveyance=replace(old, **changes))(problem, plan)

    return fault

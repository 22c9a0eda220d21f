"""A plan from any program becomes a domain plan, so that the referee can look at it.

What does not exist in the problem is kept as it is named: saying so is the referee's work. What a program
leaves out although it follows from the rest is filled in (``derive.py``).
"""

import math
from dataclasses import dataclass

from router.domain.ids import StopId, VehicleId
from router.domain.plan import (
    Plan,
    PlanCost,
    PlanTotals,
    Reason,
    ReasonCode,
    Route,
    SolverReport,
    StoppedBy,
    Unserved,
)
from router.domain.problem import Problem
from router.domain.units import Meters, Money, Seconds
from router.domain.violations import Violation
from router.wire import shapes
from router.wire.derive import cost_of_plan, cost_of_route, distance_of, duration_of, totals_of
from router.wire.faults import Path, below, refusal
from router.wire.plan_steps import StepReader
from router.wire.replan_report import replan_report


@dataclass(frozen=True, slots=True, kw_only=True)
class GivenPlan:
    """A plan from elsewhere.

    Attributes:
        plan: What it says, as far as a domain plan can say it.
        contradictions: Where it contradicts itself in what a domain plan cannot say; they belong to the
            referee's findings.
    """

    plan: Plan
    contradictions: tuple[Violation, ...]


def to_plan(given: shapes.Plan, problem: Problem, at: str = "/plan") -> GivenPlan:
    """Return the plan in terms of the problem. ``at`` points at the plan in the body that it came in.

    Raises:
        InvalidRequest: it leaves out what does not follow from the rest, or uses unknown load dimensions.
    """
    reader = StepReader(problem)
    routes = tuple(_route(reader, ("routes", i), route, problem) for i, route in enumerate(given.routes))
    unserved = tuple(_unserved(entry, problem) for entry in given.unserved)
    if reader.faults:
        raise refusal(below(at, reader.faults))
    plan = Plan(
        routes=routes,
        unserved=unserved,
        cost=cost_of_plan(routes, unserved, problem) if given.cost is None else _cost(given.cost),
        totals=totals_of(routes, unserved, problem) if given.totals is None else _totals(given.totals),
        solver=None if given.solver is None else _solver(given.solver),
        replan=None if given.replan is None else replan_report(given.replan),
    )
    return GivenPlan(plan=plan, contradictions=contradictions(given))


def contradictions(given: shapes.Plan) -> tuple[Violation, ...]:
    """Return where the plan contradicts itself in what it says twice."""
    found = []
    if given.cost is not None and given.cost.total is not None:
        parts = _cost(given.cost).total
        if not math.isclose(parts, given.cost.total, rel_tol=1e-9, abs_tol=0.01):
            expected, actual = f"a total cost of {parts:.2f}, the sum of its parts", f"{given.cost.total:.2f}"
            found.append(
                Violation(rule="costs", vehicle_id=None, step=None, expected=expected, actual=actual)
            )
    for route in given.routes:
        for index, step in enumerate(route.steps):
            if isinstance(step, shapes.StopStep) and step.place not in (None, step.stop_id):
                found.append(
                    Violation(
                        rule="route_shape",
                        vehicle_id=VehicleId(route.vehicle_id),
                        step=index,
                        expected=f"stop {step.stop_id} is served at place {step.stop_id}",
                        actual=f"at {step.place}",
                    )
                )
    return tuple(found)


def _route(reader: StepReader, path: Path, route: shapes.Route, problem: Problem) -> Route:
    vehicle_id = VehicleId(route.vehicle_id)
    steps = tuple(reader.steps((*path, "steps"), route.steps, vehicle_id))
    distance = distance_of(steps) if route.distance_meters is None else Meters(route.distance_meters)
    duration = duration_of(steps) if route.duration_seconds is None else Seconds(route.duration_seconds)
    cost = cost_of_route(vehicle_id, steps, distance, duration, problem)
    return Route(
        vehicle_id=vehicle_id,
        steps=steps,
        cost=cost if route.cost is None else Money(route.cost),
        distance=distance,
        duration=duration,
    )


def _unserved(entry: shapes.Unserved, problem: Problem) -> Unserved:
    penalty = entry.penalty
    if "penalty" not in entry.model_fields_set and problem.has_stop(entry.stop_id):
        penalty = problem.stop(StopId(entry.stop_id)).penalty
    return Unserved(
        stop_id=StopId(entry.stop_id),
        penalty=None if penalty is None else Money(penalty),
        reasons=tuple(
            Reason(
                code=ReasonCode(reason.code),
                vehicle_ids=tuple(map(VehicleId, reason.vehicle_ids)),
                detail=reason.detail,
            )
            for reason in entry.reasons
        ),
    )


def _cost(cost: shapes.PlanCost) -> PlanCost:
    return PlanCost(
        fixed=Money(cost.fixed),
        distance=Money(cost.distance),
        time=Money(cost.time),
        fares=Money(cost.fares),
        unserved=Money(cost.unserved),
    )


def _totals(totals: shapes.PlanTotals) -> PlanTotals:
    return PlanTotals(
        served=totals.served,
        unserved=totals.unserved,
        vehicles_used=totals.vehicles_used,
        distance=Meters(totals.distance_meters),
        driving=Seconds(totals.driving_seconds),
        service=Seconds(totals.service_seconds),
        waiting=Seconds(totals.waiting_seconds),
        ferry=Seconds(totals.ferry_seconds),
        breaks=Seconds(totals.break_seconds),
        duration=Seconds(totals.duration_seconds),
        crossings=totals.crossings,
    )


def _solver(report: shapes.SolverReport) -> SolverReport:
    return SolverReport(
        seed=report.seed,
        iterations=report.iterations,
        stopped_by=StoppedBy(report.stopped_by),
        engine=report.engine,
        version=report.version,
        lower_bound=None if report.lower_bound is None else Money(report.lower_bound),
    )

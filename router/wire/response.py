"""Plans as JSON. Instants are in the local time of the place that they happen at.

A break happens where the step before it ends; aboard a ferry, by the clocks of the port of arrival. ``cash``
stands on the stops of problems that collect cash or limit it.
"""

from collections.abc import Iterator, Sequence
from typing import Any

import orjson

from router.domain.fleet import Load
from router.domain.ids import PlaceId
from router.domain.plan import (
    BreakStep,
    EndStep,
    FerryStep,
    Plan,
    PlanCost,
    PlanTotals,
    ReloadStep,
    Route,
    SolverReport,
    StartStep,
    Step,
    StopStep,
    Unserved,
)
from router.domain.problem import Problem
from router.domain.units import Instant, local_time, utc
from router.wire.money import cents_that_add_up
from router.wire.replan_report import replan_json

JsonObject = dict[str, Any]


def plan_bytes(plan: Plan, problem: Problem) -> bytes:
    """Return the ``plan`` member of a plan resource, as JSON."""
    return orjson.dumps(plan_json(plan, problem))


def plan_json(plan: Plan, problem: Problem) -> JsonObject:
    """Return the ``plan`` member of a plan resource.

    Money has two decimals; the total is the sum of the parts, and that of the routes and penalties as well.
    """
    cost = _cost(plan.cost)
    route_costs = cents_that_add_up([route.cost for route in plan.routes], cost["total"] - cost["unserved"])
    print_route = _RoutePrinter(problem).route
    document: JsonObject = {
        "cost": cost,
        "totals": _totals(plan.totals),
        "routes": [print_route(*priced) for priced in zip(plan.routes, route_costs, strict=True)],
        "unserved": [_unserved(entry) for entry in plan.unserved],
        "solver": None if plan.solver is None else _solver(plan.solver),
    }
    if plan.replan is not None:
        document["replan"] = replan_json(plan.replan, problem)
    return document


class _RoutePrinter:
    """Prints routes of one problem; knows its places' clocks, its load dimensions and whether cash is asked of."""

    def __init__(self, problem: Problem) -> None:
        self._dimensions = problem.dimensions
        self._tells_cash = any(stop.cash for stop in problem.stops) or any(
            vehicle.limits.cash is not None for vehicle in problem.vehicles
        )
        self._zones = {place: problem.location(place).time_zone for place in problem.places()}

    def route(self, route: Route, cost: float) -> JsonObject:
        return {
            "vehicle_id": route.vehicle_id,
            "cost": cost,
            "distance_meters": route.distance,
            "duration_seconds": route.duration,
            "steps": list(self._steps(route.steps)),
        }

    def _steps(self, steps: Sequence[Step]) -> Iterator[JsonObject]:
        here: PlaceId = ""
        for step in steps:
            yield self._step(step, here)
            here = _left_at(step) or here

    def _step(self, step: Step, here: PlaceId) -> JsonObject:
        """Return a step; ``here`` is where the step before has left the vehicle."""
        match step:
            case StartStep():
                return self._start(step)
            case StopStep():
                return self._stop(step)
            case FerryStep():
                return self._ferry(step)
            case BreakStep():
                return self._break(step, here)
            case ReloadStep():
                return self._reload(step)
            case EndStep():
                return self._end(step)

    def _start(self, step: StartStep) -> JsonObject:
        return {
            "type": "start",
            "place": step.place,
            "departs_at": self._clock(step.departs_at, step.place),
            "load": self._load(step.load),
        }

    def _stop(self, step: StopStep) -> JsonObject:
        cash = {"cash": round(step.cash, 2)} if self._tells_cash or step.cash else {}
        return {
            "type": "stop",
            "place": step.stop_id,
            "stop_id": step.stop_id,
            "drive_seconds": step.drive,
            "drive_meters": step.distance,
            "arrives_at": self._clock(step.arrives_at, step.stop_id),
            "starts_at": self._clock(step.starts_at, step.stop_id),
            "departs_at": self._clock(step.departs_at, step.stop_id),
            "load": self._load(step.load),
            **cash,
        }

    def _ferry(self, step: FerryStep) -> JsonObject:
        return {
            "type": "ferry",
            "line_id": step.line_id,
            "sailing_id": step.sailing_id,
            "from_port": step.from_port,
            "to_port": step.to_port,
            "drive_seconds": step.drive,
            "drive_meters": step.distance,
            "arrives_at": self._clock(step.arrives_at, step.from_port),
            "check_in_by": self._clock(step.check_in_by, step.from_port),
            "departs_at": self._clock(step.departs_at, step.from_port),
            "docks_at": self._clock(step.docks_at, step.to_port),
            "rolls_off_at": self._clock(step.rolls_off_at, step.to_port),
            "fare": round(step.fare, 2),
        }

    def _break(self, step: BreakStep, here: PlaceId) -> JsonObject:
        return {
            "type": "break",
            "break_id": step.break_id,
            "starts_at": self._clock(step.starts_at, here),
            "ends_at": self._clock(step.ends_at, here),
            "aboard": step.aboard,
        }

    def _reload(self, step: ReloadStep) -> JsonObject:
        return {
            "type": "reload",
            "place": step.place,
            "drive_seconds": step.drive,
            "drive_meters": step.distance,
            "arrives_at": self._clock(step.arrives_at, step.place),
            "starts_at": self._clock(step.starts_at, step.place),
            "departs_at": self._clock(step.departs_at, step.place),
            "load": self._load(step.load),
        }

    def _end(self, step: EndStep) -> JsonObject:
        return {
            "type": "end",
            "place": step.place,
            "drive_seconds": step.drive,
            "drive_meters": step.distance,
            "arrives_at": self._clock(step.arrives_at, step.place),
        }

    def _clock(self, instant: Instant, place: PlaceId) -> str:
        """Return local time at the place; in UTC where the plan names a place that does not exist."""
        zone = self._zones.get(place)
        return (local_time(instant, zone) if zone else utc(instant)).isoformat()

    def _load(self, load: Load) -> dict[str, int]:
        return dict(zip(self._dimensions, load, strict=True))


def _left_at(step: Step) -> PlaceId | None:
    """Return where a step leaves the vehicle; ``None`` where it was before."""
    match step:
        case StartStep() | ReloadStep() | EndStep():
            return step.place
        case StopStep():
            return step.stop_id
        case FerryStep():
            return step.to_port
        case BreakStep():
            return None


def _cost(cost: PlanCost) -> dict[str, float]:
    parts = [cost.fixed, cost.distance, cost.time, cost.fares, cost.unserved]
    rounded = cents_that_add_up(parts, cost.total)
    names = ("fixed", "distance", "time", "fares", "unserved")
    return {"total": round(sum(rounded), 2), **dict(zip(names, rounded, strict=True))}


def _totals(totals: PlanTotals) -> dict[str, int]:
    return {
        "served": totals.served,
        "unserved": totals.unserved,
        "vehicles_used": totals.vehicles_used,
        "distance_meters": totals.distance,
        "driving_seconds": totals.driving,
        "service_seconds": totals.service,
        "waiting_seconds": totals.waiting,
        "ferry_seconds": totals.ferry,
        "break_seconds": totals.breaks,
        "duration_seconds": totals.duration,
        "crossings": totals.crossings,
    }


def _unserved(entry: Unserved) -> JsonObject:
    return {
        "stop_id": entry.stop_id,
        "penalty": None if entry.penalty is None else round(entry.penalty, 2),
        "reasons": [
            {"code": reason.code, "vehicle_ids": reason.vehicle_ids, "detail": reason.detail}
            for reason in entry.reasons
        ],
    }


def _solver(report: SolverReport) -> JsonObject:
    return {
        "seed": report.seed,
        "iterations": report.iterations,
        "stopped_by": report.stopped_by,
        "lower_bound": None if report.lower_bound is None else round(report.lower_bound, 2),
        "engine": report.engine,
        "version": report.version,
    }

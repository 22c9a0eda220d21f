"""Plan a small day, let something happen, and plan the rest of it anew; the referee sees every plan."""

from collections.abc import Iterable, Mapping
from dataclasses import replace

from router.domain.ids import SailingId, StopId, VehicleId
from router.domain.plan import Plan, StopStep
from router.domain.problem import Problem, Stop
from router.domain.replans import Disruption, History, disrupted
from router.domain.units import Instant, Money
from router.service.replanning.recipe import Question, planned_anew
from tests.builders import road_matrix
from tests.disruptions import budget, in_process
from tests.solving import order, used

ITERATIONS = 600


def question(
    problem: Problem,
    before: Plan,
    at: Instant,
    *,
    cancel: Iterable[str] = (),
    delay: Mapping[str, Instant] | None = None,
    add: Iterable[Stop] = (),
    remove: Iterable[str] = (),
    drop: Iterable[str] = (),
    change_cost: float | None = None,
) -> Question:
    """Return what is asked when this has happened by ``at``."""
    disruption = Disruption(
        cancelled=frozenset(map(SailingId, cancel)),
        delayed={SailingId(name): departs for name, departs in (delay or {}).items()},
        withdrawn=frozenset(map(StopId, remove)),
        dropped=frozenset(map(VehicleId, drop)),
    )
    whole = replace(problem, stops=(*problem.stops, *add))
    history = History(at=at, before=before, withdrawn=disruption.withdrawn, dropped=disruption.dropped)
    return Question(
        problem=disrupted(whole, disruption),
        history=history,
        of="before",
        change_cost=None if change_cost is None else Money(change_cost),
    )


def anew(asked: Question) -> Plan:
    """Return the new plan; the recipe itself has it checked."""
    return planned_anew(asked, road_matrix(asked.problem), in_process(), budget(ITERATIONS, 1))


def served_by(plan: Plan) -> dict[str, str]:
    """Return who serves what."""
    return {
        step.stop_id: route.vehicle_id
        for route in plan.routes
        for step in route.steps
        if isinstance(step, StopStep)
    }


def stranded(plan: Plan) -> dict[str, str]:
    """Return who is stranded where."""
    assert plan.replan is not None
    return {one.vehicle_id: one.place for one in plan.replan.stranded}


def orders(plan: Plan) -> dict[str, list[StopId]]:
    """Return the stops of every used vehicle, in order."""
    return {vehicle: order(plan, vehicle) for vehicle in sorted(used(plan))}

"""Ways to break a good plan, one rule at a time, that work on any problem.

``mutations(problem, plan)`` breaks the plan in every way that applies to it. The rule named beside a broken
plan must be among those that the referee finds broken; others may be too, since few faults come alone.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from itertools import islice
from typing import Any, TypeVar

from router.domain.fleet import Vehicle
from router.domain.ids import DepotId, PortId, SailingId, StopId, VehicleId
from router.domain.plan import (
    EndStep,
    FerryStep,
    Plan,
    PlanCost,
    PlanTotals,
    StartStep,
    Step,
    StopStep,
    Unserved,
)
from router.domain.problem import Problem, Stop
from router.domain.units import Instant, Meters, Money, Seconds

MANY = 500
"""A mutation that would repeat a step more often than this does not apply: it would be slow."""

Mutator = Callable[[Problem, Plan], Iterator[Plan]]
AnyStep = TypeVar("AnyStep", StartStep, StopStep, FerryStep, EndStep)


def mutations(problem: Problem, plan: Plan) -> list[tuple[str, Plan]]:
    """Return the plan broken once by every mutator that applies, each with the rule that is broken."""
    return [
        (rule, broken)
        for rule, mutators in MUTATORS.items()
        for mutator in mutators
        for broken in islice(mutator(problem, plan), 1)
    ]


# Editing: a plan is frozen, so that it is copied with one thing changed.


def steps_of(plan: Plan, kind: type[AnyStep]) -> Iterator[tuple[int, int, AnyStep]]:
    """Yield route index, step index and step for every step of a kind."""
    for r, route in enumerate(plan.routes):
        for i, step in enumerate(route.steps):
            if isinstance(step, kind):
                yield r, i, step


def with_route(plan: Plan, r: int, **changes: Any) -> Plan:
    """Return the plan with fields of one route changed."""
    routes = list(plan.routes)
    routes[r] = replace(routes[r], **changes)
    return replace(plan, routes=tuple(routes))


def with_step(plan: Plan, r: int, i: int, **changes: Any) -> Plan:
    """Return the plan with fields of one step changed."""
    return with_steps(plan, r, i, [replace(plan.routes[r].steps[i], **changes)])


def with_steps(plan: Plan, r: int, i: int, steps: Sequence[Step]) -> Plan:
    """Return the plan with one step replaced by none, one or several."""
    old = plan.routes[r].steps
    return with_route(plan, r, steps=(*old[:i], *steps, *old[i + 1 :]))


def visited_first(plan: Plan, r: int, stop: Stop) -> Plan:
    """Return the plan with one more stop in a route, right after its first step and in no time."""
    first = plan.routes[r].steps[0]
    now = first.departs_at if isinstance(first, StartStep) else first.arrives_at
    visit = StopStep(
        stop_id=stop.id,
        drive=Seconds(0),
        distance=Meters(0),
        arrives_at=now,
        starts_at=now,
        departs_at=Instant(now + stop.service),
        load=stop.load,
    )
    return with_steps(plan, r, 0, [first, visit])


def _vehicle(problem: Problem, plan: Plan, r: int) -> Vehicle:
    return problem.vehicle(plan.routes[r].vehicle_id)


# One or more mutators per rule, in the order of the referee's rules.


def _unknown_vehicle(problem: Problem, plan: Plan) -> Iterator[Plan]:
    for r in range(len(plan.routes)):
        yield with_route(plan, r, vehicle_id=VehicleId("no such vehicle"))


def _unknown_stop(problem: Problem, plan: Plan) -> Iterator[Plan]:
    for r, i, _ in steps_of(plan, StopStep):
        yield with_step(plan, r, i, stop_id=StopId("no such stop"))


def _unknown_sailing(problem: Problem, plan: Plan) -> Iterator[Plan]:
    for r, i, _ in steps_of(plan, FerryStep):
        yield with_step(plan, r, i, sailing_id=SailingId("no such sailing"))


def _unknown_port(problem: Problem, plan: Plan) -> Iterator[Plan]:
    for r, i, _ in steps_of(plan, FerryStep):
        yield with_step(plan, r, i, to_port=PortId("no such port"))


def _unknown_depot(problem: Problem, plan: Plan) -> Iterator[Plan]:
    for r, i, _ in steps_of(plan, EndStep):
        yield with_step(plan, r, i, depot_id=DepotId("no such depot"))


def _no_start(problem: Problem, plan: Plan) -> Iterator[Plan]:
    for r, i, _ in steps_of(plan, StartStep):
        yield with_steps(plan, r, i, [])


def _no_end(problem: Problem, plan: Plan) -> Iterator[Plan]:
    for r, i, _ in steps_of(plan, EndStep):
        yield with_steps(plan, r, i, [])


def _no_stops(problem: Problem, plan: Plan) -> Iterator[Plan]:
    for r, route in enumerate(plan.routes):
        yield with_route(plan, r, steps=tuple(s for s in route.steps if not isinstance(s, StopStep)))


def _second_route(problem: Problem, plan: Plan) -> Iterator[Plan]:
    for route in plan.routes:
        yield replace(plan, routes=(*plan.routes, route))


def _home_elsewhere(problem: Problem, plan: Plan) -> Iterator[Plan]:
    for r, i, step in steps_of(plan, EndStep):
        for depot in problem.depots:
            if depot.id != step.depot_id:
                yield with_step(plan, r, i, depot_id=depot.id)


def _never_served(problem: Problem, plan: Plan) -> Iterator[Plan]:
    for r, i, _ in steps_of(plan, StopStep):
        yield with_steps(plan, r, i, [])


def _served_twice(problem: Problem, plan: Plan) -> Iterator[Plan]:
    for r, i, step in steps_of(plan, StopStep):
        yield with_steps(plan, r, i, [step, step])


def _served_and_left_out(problem: Problem, plan: Plan) -> Iterator[Plan]:
    for _, _, step in steps_of(plan, StopStep):
        entry = Unserved(stop_id=step.stop_id, penalty=problem.stop(step.stop_id).penalty)
        yield replace(plan, unserved=(*plan.unserved, entry))


def _forgotten(problem: Problem, plan: Plan) -> Iterator[Plan]:
    for entry in plan.unserved:
        yield replace(plan, unserved=tuple(other for other in plan.unserved if other is not entry))


def _other_penalty(problem: Problem, plan: Plan) -> Iterator[Plan]:
    for entry in plan.unserved:
        wrong = replace(entry, penalty=Money((entry.penalty or 0) * 1.01 + 1))
        yield replace(plan, unserved=tuple(wrong if other is entry else other for other in plan.unserved))


def _no_reason(problem: Problem, plan: Plan) -> Iterator[Plan]:
    for entry in plan.unserved if plan.solver is not None else ():
        mute = replace(entry, reasons=())
        yield replace(plan, unserved=tuple(mute if other is entry else other for other in plan.unserved))


def _over_water(problem: Problem, plan: Plan) -> Iterator[Plan]:
    for r, i, step in steps_of(plan, FerryStep):
        lands = problem.land_masses(_vehicle(problem, plan, r).profile)
        if lands[problem.location(step.from_port).island] != lands[problem.location(step.to_port).island]:
            yield with_steps(plan, r, i, [])


def _faster(problem: Problem, plan: Plan) -> Iterator[Plan]:
    for r, i, step in steps_of(plan, StopStep):
        yield with_step(plan, r, i, drive=Seconds(step.drive - 1))


def _shorter_to_port(problem: Problem, plan: Plan) -> Iterator[Plan]:
    for r, i, step in steps_of(plan, FerryStep):
        yield with_step(plan, r, i, distance=Meters(step.distance - 1))


def _longer_home(problem: Problem, plan: Plan) -> Iterator[Plan]:
    for r, i, step in steps_of(plan, EndStep):
        yield with_step(plan, r, i, distance=Meters(step.distance + 1))


def _too_soon(problem: Problem, plan: Plan) -> Iterator[Plan]:
    for r, i, step in steps_of(plan, StopStep):
        yield with_step(plan, r, i, arrives_at=Instant(step.arrives_at - 1))


def _too_late_home(problem: Problem, plan: Plan) -> Iterator[Plan]:
    for r, i, step in steps_of(plan, EndStep):
        yield with_step(plan, r, i, arrives_at=Instant(step.arrives_at + 1))


def _served_before_arrival(problem: Problem, plan: Plan) -> Iterator[Plan]:
    for r, i, step in steps_of(plan, StopStep):
        yield with_step(plan, r, i, starts_at=Instant(step.arrives_at - 1))


def _hurried_service(problem: Problem, plan: Plan) -> Iterator[Plan]:
    for r, i, step in steps_of(plan, StopStep):
        yield with_step(plan, r, i, departs_at=Instant(step.departs_at - 1))


def _after_window(problem: Problem, plan: Plan) -> Iterator[Plan]:
    for r, i, step in steps_of(plan, StopStep):
        if windows := problem.stop(step.stop_id).windows:
            yield with_step(plan, r, i, starts_at=Instant(windows[-1].end + 1))


def _before_window(problem: Problem, plan: Plan) -> Iterator[Plan]:
    for r, i, step in steps_of(plan, StopStep):
        if windows := problem.stop(step.stop_id).windows:
            yield with_step(plan, r, i, starts_at=Instant(windows[0].start - 1))


def _leaves_closed_depot(problem: Problem, plan: Plan) -> Iterator[Plan]:
    for r, i, step in steps_of(plan, StartStep):
        if windows := problem.depot(step.depot_id).windows:
            yield with_step(plan, r, i, departs_at=Instant(windows[0].start - 1))


def _returns_to_closed_depot(problem: Problem, plan: Plan) -> Iterator[Plan]:
    for r, i, step in steps_of(plan, EndStep):
        if windows := problem.depot(step.depot_id).windows:
            yield with_step(plan, r, i, arrives_at=Instant(windows[-1].end + 1))


def _before_shift(problem: Problem, plan: Plan) -> Iterator[Plan]:
    for r, i, _ in steps_of(plan, StartStep):
        begins = _vehicle(problem, plan, r).shift.start
        yield with_step(plan, r, i, departs_at=Instant(begins - 1))


def _after_shift(problem: Problem, plan: Plan) -> Iterator[Plan]:
    for r, i, _ in steps_of(plan, EndStep):
        ends = _vehicle(problem, plan, r).shift.end
        yield with_step(plan, r, i, arrives_at=Instant(ends + 1))


def _overloaded(problem: Problem, plan: Plan) -> Iterator[Plan]:
    for r, i, step in steps_of(plan, StopStep):
        limits = _vehicle(problem, plan, r).capacity
        for amount, limit in zip(problem.stop(step.stop_id).load, limits, strict=True):
            if amount > 0 and limit is not None and limit // amount < MANY:
                yield with_steps(plan, r, i, [step] * (limit // amount + 1))


def _misstated_load(problem: Problem, plan: Plan) -> Iterator[Plan]:
    for r, i, step in steps_of(plan, StopStep):
        if step.load:
            yield with_step(plan, r, i, load=(step.load[0] + 1, *step.load[1:]))


def _misstated_first_load(problem: Problem, plan: Plan) -> Iterator[Plan]:
    for r, i, step in steps_of(plan, StartStep):
        if step.load:
            yield with_step(plan, r, i, load=(*step.load[:-1], step.load[-1] - 1))


def _unskilled(problem: Problem, plan: Plan) -> Iterator[Plan]:
    for r in range(len(plan.routes)):
        for stop in problem.stops:
            if not stop.requires <= _vehicle(problem, plan, r).provides:
                yield visited_first(plan, r, stop)


def _not_allowed(problem: Problem, plan: Plan) -> Iterator[Plan]:
    for r, route in enumerate(plan.routes):
        for stop in problem.stops:
            if stop.allowed_vehicles is not None and route.vehicle_id not in stop.allowed_vehicles:
                yield visited_first(plan, r, stop)


def _other_departure(problem: Problem, plan: Plan) -> Iterator[Plan]:
    for r, i, step in steps_of(plan, FerryStep):
        yield with_step(plan, r, i, departs_at=Instant(step.departs_at + 60))


def _quick_crossing(problem: Problem, plan: Plan) -> Iterator[Plan]:
    for r, i, step in steps_of(plan, FerryStep):
        yield with_step(plan, r, i, rolls_off_at=Instant(step.rolls_off_at - 60))


def _cancelled(problem: Problem, plan: Plan) -> Iterator[Plan]:
    for r, i, _ in steps_of(plan, FerryStep):
        for sailing in problem.timetable.sailings():
            if sailing.cancelled:
                yield with_step(plan, r, i, sailing_id=sailing.id, line_id=sailing.line_id)


def _wrong_way(problem: Problem, plan: Plan) -> Iterator[Plan]:
    for r, i, step in steps_of(plan, FerryStep):
        yield with_step(plan, r, i, from_port=step.to_port, to_port=step.from_port)


def _after_check_in(problem: Problem, plan: Plan) -> Iterator[Plan]:
    for r, i, step in steps_of(plan, FerryStep):
        yield with_step(plan, r, i, arrives_at=Instant(step.check_in_by + 1))


def _not_carried(problem: Problem, plan: Plan) -> Iterator[Plan]:
    for r, i, _ in steps_of(plan, FerryStep):
        for line in problem.timetable.lines:
            if line.fare(_vehicle(problem, plan, r).conveyance.ferry_class) is None and line.sailings:
                yield with_step(plan, r, i, line_id=line.id, sailing_id=line.sailings[0].id)


def _other_fare(problem: Problem, plan: Plan) -> Iterator[Plan]:
    for r, i, step in steps_of(plan, FerryStep):
        yield with_step(plan, r, i, fare=Money(step.fare * 1.01 + 1))


def _crowded_deck(problem: Problem, plan: Plan) -> Iterator[Plan]:
    for r, i, step in steps_of(plan, FerryStep):
        room = problem.timetable.sailing(step.sailing_id).deck_slots
        takes = _vehicle(problem, plan, r).conveyance.deck_slots
        if room is not None and takes > 0 and room // takes < MANY:
            yield with_steps(plan, r, i, [step] * (room // takes + 1))


def _other_route_cost(problem: Problem, plan: Plan) -> Iterator[Plan]:
    for r, route in enumerate(plan.routes):
        yield with_route(plan, r, cost=Money(route.cost * 1.01 + 1))


def _other_plan_cost(field: str) -> Mutator:
    def mutate(problem: Problem, plan: Plan) -> Iterator[Plan]:
        amount = getattr(plan.cost, field)
        yield replace(plan, cost=replace(plan.cost, **{field: Money(amount * 1.01 + 1)}))

    return mutate


def _other_total(field: str) -> Mutator:
    def mutate(problem: Problem, plan: Plan) -> Iterator[Plan]:
        yield replace(plan, totals=replace(plan.totals, **{field: getattr(plan.totals, field) + 1}))

    return mutate


def _other_route_distance(problem: Problem, plan: Plan) -> Iterator[Plan]:
    for r, route in enumerate(plan.routes):
        yield with_route(plan, r, distance=Meters(route.distance + 1))


def _other_route_duration(problem: Problem, plan: Plan) -> Iterator[Plan]:
    for r, route in enumerate(plan.routes):
        yield with_route(plan, r, duration=Seconds(route.duration - 1))


MUTATORS: dict[str, tuple[Mutator, ...]] = {
    "references": (_unknown_vehicle, _unknown_stop, _unknown_sailing, _unknown_port, _unknown_depot),
    "route_shape": (_no_start, _no_end, _no_stops, _second_route, _home_elsewhere),
    "served_once": (_never_served, _served_twice, _served_and_left_out, _forgotten),
    "unserved": (_other_penalty, _no_reason),
    "land": (_over_water,),
    "driving": (_faster, _shorter_to_port, _longer_home),
    "time_continuity": (_too_soon, _too_late_home, _served_before_arrival, _hurried_service),
    "time_windows": (_after_window, _before_window),
    "depot_windows": (_leaves_closed_depot, _returns_to_closed_depot),
    "shift": (_before_shift, _after_shift),
    "capacity": (_overloaded,),
    "loads": (_misstated_load, _misstated_first_load),
    "skills": (_unskilled,),
    "allowed_vehicles": (_not_allowed,),
    "sailings": (_other_departure, _quick_crossing, _cancelled, _wrong_way),
    "check_in": (_after_check_in,),
    "ferry_class": (_not_carried,),
    "fares": (_other_fare,),
    "deck_slots": (_crowded_deck,),
    "costs": (_other_route_cost, *map(_other_plan_cost, PlanCost.__dataclass_fields__)),
    "totals": (
        _other_route_distance,
        _other_route_duration,
        *map(_other_total, PlanTotals.__dataclass_fields__),
    ),
}
"""The mutators of every rule of the referee."""

"""Who serves whom: references, the shape of routes, stops served and left out."""

from collections.abc import Iterator
from dataclasses import replace

from router.domain.ids import BreakId, DepotId, PortId, SailingId, StopId, VehicleId
from router.domain.locks import LockKind
from router.domain.plan import BreakStep, EndStep, FerryStep, Plan, StartStep, StopStep, Unserved
from router.domain.problem import Problem
from router.domain.units import Money
from tests.mutators.editing import (
    Mutator,
    steps_of,
    swapped,
    vehicle_of,
    visited_first,
    with_route,
    with_step,
    with_steps,
)


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
        yield with_step(plan, r, i, place=DepotId("no such depot"))


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
            if depot.id != step.place:
                yield with_step(plan, r, i, place=depot.id)


def _begins_at_another_stop(problem: Problem, plan: Plan) -> Iterator[Plan]:
    for r, i, step in steps_of(plan, StartStep):
        yield from (with_step(plan, r, i, place=stop.id) for stop in problem.stops if stop.id != step.place)


def _ends_at_another_stop(problem: Problem, plan: Plan) -> Iterator[Plan]:
    for r, i, step in steps_of(plan, EndStep):
        yield from (with_step(plan, r, i, place=stop.id) for stop in problem.stops if stop.id != step.place)


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


def _unskilled(problem: Problem, plan: Plan) -> Iterator[Plan]:
    for r in range(len(plan.routes)):
        for stop in problem.stops:
            if not stop.requires <= vehicle_of(problem, plan, r).provides:
                yield visited_first(plan, r, stop)


def _not_allowed(problem: Problem, plan: Plan) -> Iterator[Plan]:
    for r, route in enumerate(plan.routes):
        for stop in problem.stops:
            if stop.allowed_vehicles is not None and route.vehicle_id not in stop.allowed_vehicles:
                yield visited_first(plan, r, stop)


def _unknown_break(problem: Problem, plan: Plan) -> Iterator[Plan]:
    for r, i, _ in steps_of(plan, BreakStep):
        yield with_step(plan, r, i, break_id=BreakId("no such break"))


def _half_a_shipment(problem: Problem, plan: Plan) -> Iterator[Plan]:
    for r, i, step in steps_of(plan, StopStep):
        if problem.stop(step.stop_id).shipment is not None:
            yield with_steps(plan, r, i, [])


def _dropped_off_first(problem: Problem, plan: Plan) -> Iterator[Plan]:
    places = {step.stop_id: (r, i) for r, i, step in steps_of(plan, StopStep)}
    for shipment in problem.shipments:
        if shipment.pickup in places:
            r, i = places[shipment.pickup]
            yield swapped(plan, r, i, places[shipment.dropoff][1])


def _handed_over(problem: Problem, plan: Plan) -> Iterator[Plan]:
    for r, i, step in steps_of(plan, StopStep):
        for other in range(len(plan.routes)) if problem.stop(step.stop_id).shipment is not None else ():
            if other != r:
                yield visited_first(with_steps(plan, r, i, []), other, problem.stop(step.stop_id))


def _locked_elsewhere(problem: Problem, plan: Plan) -> Iterator[Plan]:
    for r, route in enumerate(plan.routes):
        for lock in problem.locks:
            for stop_id in lock.stop_ids if lock.vehicle_id != route.vehicle_id else ():
                yield visited_first(plan, r, problem.stop(stop_id))


def _out_of_sequence(problem: Problem, plan: Plan) -> Iterator[Plan]:
    for lock in problem.locks:
        places = {
            step.stop_id: (r, i)
            for r, i, step in steps_of(plan, StopStep)
            if lock.kind is LockKind.SEQUENCE and step.stop_id in lock.stop_ids
        }
        if len(places) > 1:
            (r, i), (_, j) = list(places.values())[:2]
            yield swapped(plan, r, i, j)


MUTATORS: dict[str, tuple[Mutator, ...]] = {
    "references": (
        _unknown_vehicle,
        _unknown_stop,
        _unknown_sailing,
        _unknown_port,
        _unknown_depot,
    ),
    "route_shape": (
        _no_start,
        _no_end,
        _no_stops,
        _second_route,
        _home_elsewhere,
        _begins_at_another_stop,
        _ends_at_another_stop,
    ),
    "served_once": (
        _never_served,
        _served_twice,
        _served_and_left_out,
        _forgotten,
    ),
    "unserved": (
        _other_penalty,
        _no_reason,
    ),
    "skills": (_unskilled,),
    "allowed_vehicles": (_not_allowed,),
    "shipments": (_half_a_shipment, _dropped_off_first, _handed_over),
    "locks": (_locked_elsewhere, _out_of_sequence),
}

"""What is done and what is to come, put together to one plan of the whole day."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from operator import add, sub

from router.domain.changes import ReplanReport, Stranded
from router.domain.fleet import Load
from router.domain.ids import PlaceId, StopId, VehicleId
from router.domain.plan import (
    BreakStep,
    EndStep,
    FerryStep,
    Plan,
    ReloadStep,
    Route,
    StartStep,
    Step,
    StopStep,
    Unserved,
)
from router.domain.problem import Problem, StopKind
from router.domain.units import Instant, Meters, Money, Seconds
from router.scheduling.totals import cost_of, totals_of
from router.service.replanning.day import Day
from router.service.replanning.rest import Rest
from router.service.replanning.standing import Standing
from router.service.replanning.steps import leaves_at, place_after, place_before

Aboard = Mapping[tuple[VehicleId, int], frozenset[StopId]]
"""What is known to have been loaded for a trip of a vehicle."""


def joined(day: Day, rest: Rest, to_come: Plan, stranded: frozenset[VehicleId]) -> Plan | None:
    """Return the plan of the whole day, without reasons; ``None`` where a vehicle that is out has nothing to come.

    Of the report there is who is stranded; the rest of it is told when the plan is chosen.
    """
    tails = {route.vehicle_id: route for route in to_come.routes}
    if not rest.holds.keys() <= tails.keys():
        return None
    aboard = _aboard(day)
    routes = []
    for vehicle in day.problem.vehicles:
        where, tail = day.standings.get(vehicle.id), tails.get(vehicle.id)
        if where is not None:
            steps = (*where.done, *_tail(where, rest, tail))
            routes.append(_route(day.problem, vehicle.id, _counted(day.problem, vehicle.id, steps, aboard)))
        elif tail is not None:
            routes.append(tail)
    served = {step.stop_id for route in routes for step in route.steps if isinstance(step, StopStep)}
    unserved = tuple(
        Unserved(stop_id=stop.id, penalty=stop.penalty)
        for stop in day.problem.stops
        if stop.id not in served | day.history.withdrawn
    )
    return Plan(
        routes=tuple(routes),
        unserved=unserved,
        cost=cost_of(day.problem, routes, unserved),
        totals=totals_of(day.problem, routes, unserved),
        replan=ReplanReport(
            of="",
            at=day.history.at,
            change_cost=Money(0.0),
            moved=0,
            stranded=tuple(_stranded(route) for route in routes if route.vehicle_id in stranded),
        ),
    )


def _stranded(route: Route) -> Stranded:
    end = route.steps[-1]
    place, since = (end.place, end.arrives_at) if isinstance(end, EndStep) else ("", Instant(0))
    detail = (
        f"no sailing brings vehicle {route.vehicle_id} home within its shift and limits: it stays at {place}"
    )
    return Stranded(vehicle_id=route.vehicle_id, place=place, since=since, detail=detail)


def _aboard(day: Day) -> Aboard:
    known: dict[tuple[VehicleId, int], frozenset[StopId]] = {}
    for one in (*day.history.loaded, *day.loaded):
        key = one.vehicle_id, one.trip
        known[key] = known.get(key, frozenset()) | one.stop_ids
    return known


def _tail(where: Standing, rest: Rest, tail: Route | None) -> Iterator[Step]:
    """Yield the steps to come of a vehicle that has left."""
    if where.is_over:
        return
    if tail is None:
        yield _stays(where)
        return
    hold = rest.holds[tail.vehicle_id]
    first = next(i for i, s in enumerate(tail.steps) if isinstance(s, StopStep) and s.stop_id == hold)
    is_first = True
    for step in tail.steps[first + 1 :]:
        at_real_place = _at(step, rest.stands_for)
        if is_first and not isinstance(at_real_place, BreakStep):
            is_first = False
            yield _driven_on(where, at_real_place)
        else:
            yield at_real_place


def _stays(where: Standing) -> EndStep:
    """Return the end of a vehicle that does nothing any more: where the last of its steps has left it."""
    over = max(leaves_at(step) for step in where.done)
    place = next(place_after(step) for step in reversed(where.done) if not isinstance(step, BreakStep))
    return EndStep(place=place, drive=Seconds(0), distance=Meters(0), arrives_at=over)


def _at(step: Step, stands_for: Mapping[PlaceId, PlaceId]) -> Step:
    """Return a step at the place of the whole day, where the rest of the day has one of its own there."""
    return replace(step, place=stands_for.get(step.place, step.place)) if isinstance(step, EndStep) else step


def _driven_on(where: Standing, step: Step) -> Step:
    """Return the first step to come with all of the road to it: over the place that the vehicle was driving to."""
    if isinstance(step, StartStep | BreakStep):
        return step
    longer = replace(
        step,
        drive=Seconds(step.drive + where.driven.seconds),
        distance=Meters(step.distance + where.driven.meters),
    )
    if where.arrived_at is None or isinstance(step, EndStep) or place_before(step) != where.place:
        return longer
    return replace(longer, arrives_at=where.arrived_at)


def _counted(
    problem: Problem, vehicle_id: VehicleId, steps: Sequence[Step], aboard: Aboard
) -> tuple[Step, ...]:
    """Return the steps with what is on board after each: also what was loaded and will not be delivered."""
    counted: list[Step] = []
    shipped: Load = (0,) * len(problem.dimensions)
    load, cash, trip = shipped, Money(0.0), 0
    for index, step in enumerate(steps):
        match step:
            case StartStep() | ReloadStep():
                trip += isinstance(step, ReloadStep)
                on_trip = {*_delivered(problem, steps[index + 1 :]), *aboard.get((vehicle_id, trip), ())}
                load, cash = shipped, Money(0.0)
                for stop_id in on_trip:
                    load = tuple(map(add, load, problem.stop(stop_id).load))
                counted.append(replace(step, load=load))
            case StopStep():
                stop = problem.stop(step.stop_id)
                change = sub if stop.kind is StopKind.DROPOFF else add
                load, cash = tuple(map(change, load, stop.load)), Money(cash + stop.cash)
                shipped = shipped if stop.shipment is None else tuple(map(change, shipped, stop.load))
                counted.append(replace(step, load=load, cash=cash))
            case _:
                counted.append(step)
    return tuple(counted)


def _delivered(problem: Problem, steps: Sequence[Step]) -> Iterator[StopId]:
    """Yield what is loaded at the depot and delivered before the next visit of it."""
    for step in steps:
        if isinstance(step, ReloadStep):
            return
        if isinstance(step, StopStep):
            stop = problem.stop(step.stop_id)
            if stop.kind is StopKind.DROPOFF and stop.shipment is None:
                yield stop.id


def _route(problem: Problem, vehicle_id: VehicleId, steps: tuple[Step, ...]) -> Route:
    distance = Meters(sum(step.distance for step in steps if not isinstance(step, StartStep | BreakStep)))
    start, end = steps[0], steps[-1]
    left = start.departs_at if isinstance(start, StartStep) else Instant(0)
    duration = Seconds(leaves_at(end) - left)
    costs = problem.vehicle(vehicle_id).costs
    fares = sum(step.fare for step in steps if isinstance(step, FerryStep))
    return Route(
        vehicle_id=vehicle_id,
        steps=steps,
        cost=Money(costs.fixed + costs.of_distance(distance) + costs.of_time(duration) + fares),
        distance=distance,
        duration=duration,
    )

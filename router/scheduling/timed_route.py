"""The steps of a route, from its order and its times."""

from operator import add, sub

from router.domain.fleet import Load, Vehicle
from router.domain.plan import EndStep, FerryStep, Route, StartStep, Step, StopStep
from router.domain.problem import Problem, Stop, StopKind
from router.domain.proposal import Boarding, RouteProposal, Visit
from router.domain.units import Meters, Money, Seconds
from router.scheduling.departure import best_times
from router.scheduling.itinerary import Itinerary, Task, itinerary
from router.scheduling.route_times import TaskTimes
from router.travel.travel import Travel


def timed_route(problem: Problem, travel: Travel, order: RouteProposal) -> Route:
    """Return the order with the best times that it can have.

    Raises:
        SchedulingError: it can have none.
    """
    vehicle = problem.vehicle(order.vehicle_id)
    plan = itinerary(problem, travel, order)
    times = best_times(plan)
    load = _load_at_start(problem, order)
    steps: list[Step] = [StartStep(depot_id=vehicle.start, departs_at=times.departs_at, load=load)]
    for action, task, when in zip(order.actions, plan.tasks[:-1], times.tasks[:-1], strict=True):
        if isinstance(action, Visit):
            stop = problem.stop(action.stop_id)
            load = _load_after(load, stop)
            steps.append(_stop_step(stop, task, when, load))
        else:
            steps.append(_ferry_step(problem, action, task, when))
    steps.append(_end_step(vehicle, plan.tasks[-1], times.tasks[-1]))
    return _route(plan, steps, times.duration)


def _route(plan: Itinerary, steps: list[Step], duration: Seconds) -> Route:
    distance = Meters(sum(task.distance for task in plan.tasks))
    costs = plan.vehicle.costs
    fares = sum(task.fare for task in plan.tasks)
    return Route(
        vehicle_id=plan.vehicle.id,
        steps=tuple(steps),
        cost=Money(costs.fixed + costs.of_distance(distance) + costs.of_time(duration) + fares),
        distance=distance,
        duration=duration,
    )


def _load_at_start(problem: Problem, order: RouteProposal) -> Load:
    load: Load = (0,) * len(problem.dimensions)
    for stop in map(problem.stop, order.stop_ids()):
        if stop.kind is StopKind.DROPOFF:
            load = tuple(map(add, load, stop.load))
    return load


def _load_after(load: Load, stop: Stop) -> Load:
    return tuple(map(sub if stop.kind is StopKind.DROPOFF else add, load, stop.load))


def _stop_step(stop: Stop, task: Task, when: TaskTimes, load: Load) -> StopStep:
    return StopStep(
        stop_id=stop.id,
        drive=task.drive,
        distance=task.distance,
        arrives_at=when.arrives_at,
        starts_at=when.begins_at,
        departs_at=when.leaves_at,
        load=load,
    )


def _ferry_step(problem: Problem, boarding: Boarding, task: Task, when: TaskTimes) -> FerryStep:
    sailing = problem.timetable.sailing(boarding.sailing_id)
    line = problem.timetable.line(sailing.line_id)
    return FerryStep(
        line_id=line.id,
        sailing_id=sailing.id,
        from_port=line.from_port,
        to_port=line.to_port,
        drive=task.drive,
        distance=task.distance,
        arrives_at=when.arrives_at,
        check_in_by=sailing.check_in_by,
        departs_at=sailing.departs,
        docks_at=sailing.docks_at,
        rolls_off_at=sailing.rolls_off_at,
        fare=task.fare,
    )


def _end_step(vehicle: Vehicle, task: Task, when: TaskTimes) -> EndStep:
    return EndStep(depot_id=vehicle.end, drive=task.drive, distance=task.distance, arrives_at=when.begins_at)

"""The steps of a route, from its order and its times."""

from collections.abc import Iterable, Iterator

from router.domain.ids import SailingId, StopId
from router.domain.plan import BreakStep, EndStep, FerryStep, ReloadStep, Route, StartStep, Step, StopStep
from router.domain.problem import Problem
from router.domain.proposal import Action, Boarding, RouteProposal, Visit
from router.domain.units import Meters, Money, Seconds
from router.scheduling.departure import best_times
from router.scheduling.itinerary import Itinerary, Task, itinerary
from router.scheduling.route_times import RestTimes, TaskTimes
from router.scheduling.trips import Cargo, cargo
from router.travel.travel import Travel


def timed_route(problem: Problem, travel: Travel, order: RouteProposal) -> Route:
    """Return the order with the best times that it can have, its breaks put in.

    Raises:
        SchedulingError: it can have none.
    """
    plan = itinerary(problem, travel, order)
    times = best_times(plan)
    on_board = cargo(problem, order.actions, plan.trips)
    steps: list[Step] = [StartStep(place=plan.start, departs_at=times.departs_at, load=next(on_board).load)]
    for action, task, when in zip((*order.actions, None), plan.tasks, times.tasks, strict=True):
        steps.extend(_break_steps(when.rests_before))
        if action is None:
            steps.append(_end_step(task, when))
        else:
            steps.append(_action_step(problem, action, task, when, next(on_board)))
        if task.sailing is not None:
            steps.extend(_break_steps(when.rests_aboard, task.sailing.id))
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


def _break_steps(rests: Iterable[RestTimes], aboard: SailingId | None = None) -> Iterator[BreakStep]:
    for rest in rests:
        yield BreakStep(break_id=rest.break_id, starts_at=rest.starts_at, ends_at=rest.ends_at, aboard=aboard)


def _action_step(problem: Problem, action: Action, task: Task, when: TaskTimes, cargo: Cargo) -> Step:
    if isinstance(action, Visit):
        return _stop_step(action.stop_id, task, when, cargo)
    if isinstance(action, Boarding):
        return _ferry_step(problem, action, task, when)
    return _reload_step(task, when, cargo)


def _stop_step(stop_id: StopId, task: Task, when: TaskTimes, cargo: Cargo) -> StopStep:
    return StopStep(
        stop_id=stop_id,
        drive=task.drive,
        distance=task.distance,
        arrives_at=when.arrives_at,
        starts_at=when.begins_at,
        departs_at=when.leaves_at,
        load=cargo.load,
        cash=cargo.cash,
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


def _reload_step(task: Task, when: TaskTimes, cargo: Cargo) -> ReloadStep:
    return ReloadStep(
        place=task.place,
        drive=task.drive,
        distance=task.distance,
        arrives_at=when.arrives_at,
        starts_at=when.begins_at,
        departs_at=when.leaves_at,
        load=cargo.load,
    )


def _end_step(task: Task, when: TaskTimes) -> EndStep:
    return EndStep(place=task.place, drive=task.drive, distance=task.distance, arrives_at=when.begins_at)

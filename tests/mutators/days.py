"""The day of a driver: trips and breaks."""

from collections.abc import Iterator

from router.domain.fleet import Break
from router.domain.plan import BreakStep, EndStep, FerryStep, Plan, ReloadStep, StartStep, StopStep
from router.domain.problem import Problem
from router.domain.units import Instant, Meters, Seconds
from tests.mutators.editing import MANY, Mutator, moment_of, steps_of, vehicle_of, with_step, with_steps


def _reload(problem: Problem, plan: Plan, r: int, now: Instant) -> ReloadStep:
    vehicle = vehicle_of(problem, plan, r)
    return ReloadStep(
        place=vehicle.start or problem.depots[0].id,
        drive=Seconds(0),
        distance=Meters(0),
        arrives_at=now,
        starts_at=now,
        departs_at=Instant(now + vehicle.reload),
        load=(0,) * len(problem.dimensions),
    )


def _too_many_trips(problem: Problem, plan: Plan) -> Iterator[Plan]:
    for r, i, step in steps_of(plan, StartStep):
        most = vehicle_of(problem, plan, r).max_trips
        if most < MANY:
            yield with_steps(plan, r, i, [step, *[_reload(problem, plan, r, step.departs_at)] * most])


def _idle_trip(problem: Problem, plan: Plan) -> Iterator[Plan]:
    for r, i, step in steps_of(plan, EndStep):
        yield with_steps(plan, r, i, [_reload(problem, plan, r, step.arrives_at), step])


def _reloads_elsewhere(problem: Problem, plan: Plan) -> Iterator[Plan]:
    for r, i, step in steps_of(plan, ReloadStep):
        for depot in problem.depots:
            if depot.id != step.place:
                yield with_step(plan, r, i, place=depot.id)


def _hurried_reload(problem: Problem, plan: Plan) -> Iterator[Plan]:
    for r, i, step in steps_of(plan, ReloadStep):
        needs = vehicle_of(problem, plan, r).reload
        yield with_step(plan, r, i, departs_at=Instant(step.starts_at + needs - 1))


def _break(problem: Problem, plan: Plan, r: int, step: BreakStep) -> Break:
    return next(rest for rest in vehicle_of(problem, plan, r).breaks if rest.id == step.break_id)


def _not_taken(problem: Problem, plan: Plan) -> Iterator[Plan]:
    for r, i, step in steps_of(plan, BreakStep):
        rest, steps = _break(problem, plan, r, step), plan.routes[r].steps
        leaves, returns = moment_of(steps[0]), moment_of(steps[-1])
        if leaves < rest.window.start + rest.duration and returns > rest.window.end:
            yield with_steps(plan, r, i, [])


def _taken_twice(problem: Problem, plan: Plan) -> Iterator[Plan]:
    for r, i, step in steps_of(plan, BreakStep):
        yield with_steps(plan, r, i, [step, step])


def _out_of_window(problem: Problem, plan: Plan) -> Iterator[Plan]:
    for r, i, step in steps_of(plan, BreakStep):
        rest = _break(problem, plan, r, step)
        late = Instant(rest.window.end + 1)
        yield with_step(plan, r, i, starts_at=late, ends_at=Instant(late + rest.duration))


def _cut_short(problem: Problem, plan: Plan) -> Iterator[Plan]:
    for r, i, step in steps_of(plan, BreakStep):
        yield with_step(plan, r, i, ends_at=Instant(step.ends_at - 1))


def _rests_at_work(problem: Problem, plan: Plan) -> Iterator[Plan]:
    for r, i, step in steps_of(plan, BreakStep):
        before = plan.routes[r].steps[i - 1]
        if step.aboard is None and isinstance(before, StopStep | ReloadStep):
            yield with_step(plan, r, i, starts_at=Instant(before.departs_at - 1))


def _rests_during_the_next_step(problem: Problem, plan: Plan) -> Iterator[Plan]:
    for r, i, step in steps_of(plan, BreakStep):
        after = plan.routes[r].steps[i + 1]
        if step.aboard is None and isinstance(after, StopStep | ReloadStep):
            yield with_step(plan, r, i, ends_at=Instant(after.starts_at + 1))


def _rests_before_casting_off(problem: Problem, plan: Plan) -> Iterator[Plan]:
    for r, i, step in steps_of(plan, BreakStep):
        before = plan.routes[r].steps[i - 1]
        if step.aboard is not None and isinstance(before, FerryStep):
            yield with_step(plan, r, i, starts_at=Instant(before.departs_at - 1))


def _rests_on_a_ship_not_boarded(problem: Problem, plan: Plan) -> Iterator[Plan]:
    for r, i, _ in steps_of(plan, BreakStep):
        before = plan.routes[r].steps[i - 1]
        for sailing in problem.timetable.sailings():
            boarded = isinstance(before, FerryStep) and before.sailing_id == sailing.id
            if not boarded and not isinstance(before, BreakStep):
                yield with_step(plan, r, i, aboard=sailing.id)


MUTATORS: dict[str, tuple[Mutator, ...]] = {
    "trips": (_too_many_trips, _idle_trip, _reloads_elsewhere, _hurried_reload),
    "breaks": (
        _not_taken,
        _taken_twice,
        _out_of_window,
        _cut_short,
        _rests_at_work,
        _rests_during_the_next_step,
        _rests_before_casting_off,
        _rests_on_a_ship_not_boarded,
    ),
}

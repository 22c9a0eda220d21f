"""Roads and clocks: drives, windows, shifts."""

from collections.abc import Iterator

from router.domain.plan import BreakStep, EndStep, FerryStep, Plan, ReloadStep, StartStep, StopStep
from router.domain.problem import Problem, StopKind
from router.domain.units import Instant, Meters, Seconds
from tests.mutators.editing import Mutator, steps_of, vehicle_of, with_step, with_steps


def _over_water(problem: Problem, plan: Plan) -> Iterator[Plan]:
    for r, i, step in steps_of(plan, FerryStep):
        lands = problem.land_masses(vehicle_of(problem, plan, r).profile)
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
    for r, i, _ in steps_of(plan, StartStep):
        if windows := problem.hours(vehicle_of(problem, plan, r).start):
            yield with_step(plan, r, i, departs_at=Instant(windows[0].start - 1))


def _returns_to_closed_depot(problem: Problem, plan: Plan) -> Iterator[Plan]:
    for r, i, _ in steps_of(plan, EndStep):
        if windows := problem.hours(vehicle_of(problem, plan, r).end):
            yield with_step(plan, r, i, arrives_at=Instant(windows[-1].end + 1))


def _before_shift(problem: Problem, plan: Plan) -> Iterator[Plan]:
    for r, i, _ in steps_of(plan, StartStep):
        begins = vehicle_of(problem, plan, r).shift.start
        yield with_step(plan, r, i, departs_at=Instant(begins - 1))


def _after_shift(problem: Problem, plan: Plan) -> Iterator[Plan]:
    for r, i, _ in steps_of(plan, EndStep):
        ends = vehicle_of(problem, plan, r).shift.end
        yield with_step(plan, r, i, arrives_at=Instant(ends + 1))


def _reloads_before_arrival(problem: Problem, plan: Plan) -> Iterator[Plan]:
    for r, i, step in steps_of(plan, ReloadStep):
        yield with_step(plan, r, i, starts_at=Instant(step.arrives_at - 1))


def _rests_while_driving(problem: Problem, plan: Plan) -> Iterator[Plan]:
    for r, i, step in steps_of(plan, BreakStep):
        after = plan.routes[r].steps[i + 1]
        if step.aboard is None and not isinstance(after, StartStep | BreakStep) and after.drive > 0:
            yield with_step(plan, r, i + 1, arrives_at=Instant(step.ends_at + after.drive - 1))


def _reloads_at_closed_depot(problem: Problem, plan: Plan) -> Iterator[Plan]:
    for r, i, _ in steps_of(plan, ReloadStep):
        if windows := problem.hours(vehicle_of(problem, plan, r).start):
            yield with_step(plan, r, i, starts_at=Instant(windows[0].start - 1))


def _leaves_without_it(problem: Problem, plan: Plan) -> Iterator[Plan]:
    for r, i, step in steps_of(plan, StopStep):
        stop = problem.stop(step.stop_id)
        if stop.ready_at is not None and stop.kind is StopKind.DROPOFF and stop.shipment is None:
            steps = plan.routes[r].steps
            leaves = max(j for j in range(i) if isinstance(steps[j], StartStep | ReloadStep))
            yield with_step(plan, r, leaves, departs_at=Instant(stop.ready_at - 1))


MUTATORS: dict[str, tuple[Mutator, ...]] = {
    "land": (_over_water,),
    "driving": (
        _faster,
        _shorter_to_port,
        _longer_home,
    ),
    "time_continuity": (
        _too_soon,
        _too_late_home,
        _served_before_arrival,
        _hurried_service,
    ),
    "time_windows": (
        _after_window,
        _before_window,
    ),
    "depot_windows": (
        _leaves_closed_depot,
        _returns_to_closed_depot,
    ),
    "shift": (
        _before_shift,
        _after_shift,
    ),
    "ready_at": (_leaves_without_it,),
}

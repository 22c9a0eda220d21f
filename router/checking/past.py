"""Past: what began before the day was planned anew is as it was, and nothing new begins before that."""

from collections.abc import Iterator

from router.checking.case import Case, Finding
from router.checking.steps import arrives_at
from router.checking.under_way import has_begun
from router.checking.wording import clock
from router.domain.fleet import Vehicle
from router.domain.plan import BreakStep, EndStep, Route, Step
from router.domain.replans import History


def past(case: Case, history: History) -> Iterator[Finding]:
    """Yield every step of the past that is missing or changed, and every new step that lies in it.

    A vehicle that was dropped does nothing after what it had begun.
    """
    routes = {route.vehicle_id: route for route in case.plan.routes}
    for before in history.before.routes:
        if not case.problem.has_vehicle(before.vehicle_id):
            continue
        vehicle = case.problem.vehicle(before.vehicle_id)
        now = case.under_way(vehicle)
        count = 0 if now is None else now.past
        steps = routes[vehicle.id].steps if vehicle.id in routes else ()
        for index, step in enumerate(before.steps[:count]):
            if index >= len(steps) or steps[index] != step:
                yield Finding(
                    vehicle.id, index, f"the past: {_told(case, vehicle, step)}", "another step or none"
                )
    for route, vehicle in case.routes():
        yield from _new_steps(case, history, route, vehicle)


def _new_steps(case: Case, history: History, route: Route, vehicle: Vehicle) -> Iterator[Finding]:
    now = case.under_way(vehicle)
    count = 0 if now is None else now.past
    for index, step in enumerate(route.steps[count:], start=count):
        if has_begun(step, history.at) and not (isinstance(step, EndStep) and count):
            yield Finding(
                vehicle.id,
                index,
                f"begins no earlier than {clock(case, vehicle.start or '', history.at)}",
                _told(case, vehicle, step),
            )
        is_aboard = isinstance(step, BreakStep) and step.aboard is not None
        if vehicle.id in history.dropped and not isinstance(step, EndStep) and not is_aboard:
            yield Finding(
                vehicle.id, index, "a vehicle that is dropped does nothing more", _told(case, vehicle, step)
            )


def _told(case: Case, vehicle: Vehicle, step: Step) -> str:
    kind = type(step).__name__.removesuffix("Step").lower()
    return f"a {kind} from {clock(case, vehicle.start or '', arrives_at(step))}"

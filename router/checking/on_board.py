"""What is on board after each step, counted from the stops themselves."""

from collections.abc import Iterator

from router.checking.case import Case
from router.domain.fleet import Load
from router.domain.plan import Route, StartStep, StopStep
from router.domain.problem import StopKind


def on_board(case: Case, route: Route) -> Iterator[tuple[int, StartStep | StopStep, Load]]:
    """Yield the index, the step and the true load after it, for every step that states a load.

    A drop-off is on board from the start of the route until its stop, a pick-up from its stop to the end.
    """
    load = [0] * len(case.problem.dimensions)
    for step in route.steps:
        if isinstance(step, StopStep) and _kind(case, step) is StopKind.DROPOFF:
            load = _moved(case, step, load, 1)
    for index, step in enumerate(route.steps):
        if isinstance(step, StopStep) and _kind(case, step) is StopKind.DROPOFF:
            load = _moved(case, step, load, -1)
        if isinstance(step, StopStep) and _kind(case, step) is StopKind.PICKUP:
            load = _moved(case, step, load, 1)
        if isinstance(step, StartStep | StopStep):
            yield index, step, tuple(load)


def _kind(case: Case, step: StopStep) -> StopKind | None:
    return case.problem.stop(step.stop_id).kind if case.problem.has_stop(step.stop_id) else None


def _moved(case: Case, step: StopStep, load: list[int], sign: int) -> list[int]:
    amounts = case.problem.stop(step.stop_id).load
    return [before + sign * amount for before, amount in zip(load, amounts, strict=True)]

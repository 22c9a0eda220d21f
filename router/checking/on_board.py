"""What is on board after each step, counted from the stops themselves."""

from collections.abc import Iterator

from router.checking.case import Case
from router.checking.steps import Trip, trips_of
from router.domain.fleet import Load
from router.domain.plan import ReloadStep, Route, StartStep, StopStep
from router.domain.problem import Stop, StopKind


def on_board(case: Case, route: Route) -> Iterator[tuple[int, StartStep | StopStep | ReloadStep, Load]]:
    """Yield the index, the step and the true load after it, for every step that states a load.

    A drop-off is on board from the start of its trip until its stop, a pick-up from its stop until the end of
    its trip, a shipment between its two ends, whatever trips they belong to.
    """
    shipped: Load = (0,) * len(case.problem.dimensions)
    for trip in trips_of(route):
        load = shipped
        for stop in _stops(case, trip):
            if stop.shipment is None and stop.kind is StopKind.DROPOFF:
                load = _moved(load, stop, 1)
        for index, step in trip.numbered():
            if isinstance(step, StopStep) and case.problem.has_stop(step.stop_id):
                stop = case.problem.stop(step.stop_id)
                sign = -1 if stop.kind is StopKind.DROPOFF else 1
                load = _moved(load, stop, sign)
                shipped = shipped if stop.shipment is None else _moved(shipped, stop, sign)
            if isinstance(step, StartStep | StopStep | ReloadStep):
                yield index, step, load


def _stops(case: Case, trip: Trip) -> Iterator[Stop]:
    for step in trip.steps:
        if isinstance(step, StopStep) and case.problem.has_stop(step.stop_id):
            yield case.problem.stop(step.stop_id)


def _moved(load: Load, stop: Stop, sign: int) -> Load:
    return tuple(before + sign * amount for before, amount in zip(load, stop.load, strict=True))

"""What is on board after each step, counted from the stops themselves."""

from collections.abc import Iterator

from router.checking.case import Case
from router.checking.steps import Trip, trips_of
from router.domain.fleet import Load
from router.domain.ids import StopId, VehicleId
from router.domain.plan import ReloadStep, Route, StartStep, StopStep
from router.domain.problem import Stop, StopKind
from router.domain.replans import History


def on_board(case: Case, route: Route) -> Iterator[tuple[int, StartStep | StopStep | ReloadStep, Load]]:
    """Yield the index, the step and the true load after it, for every step that states a load.

    A drop-off is on board from the start of its trip until its stop, a pick-up from its stop until the end of
    its trip, a shipment between its two ends, whatever trips they belong to. What had been loaded when the day was
    planned anew, and is not dropped off on its trip now, is on board until the end of it.
    """
    shipped: Load = (0,) * len(case.problem.dimensions)
    for number, trip in enumerate(trips_of(route)):
        load = shipped
        for stop in _loaded(case, route.vehicle_id, number, trip):
            load = _moved(load, stop, 1)
        for index, step in trip.numbered():
            if isinstance(step, StopStep) and case.problem.has_stop(step.stop_id):
                stop = case.problem.stop(step.stop_id)
                sign = -1 if stop.kind is StopKind.DROPOFF else 1
                load = _moved(load, stop, sign)
                shipped = shipped if stop.shipment is None else _moved(shipped, stop, sign)
            if isinstance(step, StartStep | StopStep | ReloadStep):
                yield index, step, load


def is_loaded(stop: Stop) -> bool:
    """Return whether a stop's load is put on board at the depot."""
    return stop.shipment is None and stop.kind is StopKind.DROPOFF


def loaded_for(history: History, vehicle_id: VehicleId, number: int) -> set[StopId]:
    """Return the stops that a trip had been loaded for, by the plan before and what was known before that.

    Nothing is said of trips that had not begun; stops that nothing is loaded for may be among them.
    """
    known = {
        s
        for one in history.loaded
        if (one.vehicle_id, one.trip) == (vehicle_id, number)
        for s in one.stop_ids
    }
    for route in history.before.routes:
        trips = trips_of(route) if route.vehicle_id == vehicle_id else []
        if number < len(trips) and _has_left(trips[number], history):
            known |= {step.stop_id for step in trips[number].steps if isinstance(step, StopStep)}
    return known


def _has_left(trip: Trip, history: History) -> bool:
    first = trip.steps[0] if trip.steps else None
    begins = first.starts_at if isinstance(first, ReloadStep) else trip.leaves_at
    return begins is not None and begins < history.at


def _loaded(case: Case, vehicle_id: VehicleId, number: int, trip: Trip) -> Iterator[Stop]:
    """Yield, each as often as it is carried, what is put on board for a trip."""
    stop_ids = [step.stop_id for step in trip.steps if isinstance(step, StopStep)]
    if case.history is not None:
        stop_ids += sorted(loaded_for(case.history, vehicle_id, number) - set(stop_ids))
    for stop_id in stop_ids:
        if case.problem.has_stop(stop_id) and is_loaded(case.problem.stop(stop_id)):
            yield case.problem.stop(stop_id)


def _moved(load: Load, stop: Stop, sign: int) -> Load:
    return tuple(before + sign * amount for before, amount in zip(load, stop.load, strict=True))

"""Loaded: what was on board when the day was planned anew is delivered by its vehicle or by nobody.

What was not on board is on no trip that had begun.
"""

from collections.abc import Iterator

from router.checking.case import Case, Finding
from router.checking.on_board import is_loaded, loaded_for
from router.checking.steps import trips_of
from router.domain.ids import StopId, VehicleId
from router.domain.plan import ReloadStep, StopStep
from router.domain.replans import History


def loaded(case: Case, history: History) -> Iterator[Finding]:
    """Yield every drop-off that would have to change vehicles under way, or be put on board there."""
    carriers = dict(_aboard(case, history))
    for route, vehicle in case.routes():
        now = case.under_way(vehicle)
        begun = -1 if now is None else sum(isinstance(s, ReloadStep) for s in route.steps[: now.past])
        for number, trip in enumerate(trips_of(route)):
            for index, step in trip.numbered():
                if not isinstance(step, StopStep) or not case.problem.has_stop(step.stop_id):
                    continue
                stop = case.problem.stop(step.stop_id)
                carrier = carriers.get(stop.id, vehicle.id)
                if carrier != vehicle.id:
                    yield Finding(
                        vehicle.id, index, f"{stop.id} is on board of {carrier}", "another vehicle serves it"
                    )
                on_board = loaded_for(history, vehicle.id, number)
                if number <= begun and is_loaded(stop) and stop.id not in on_board:
                    yield Finding(
                        vehicle.id,
                        index,
                        f"trip {number + 1} began without {stop.id}",
                        "it is dropped off on it",
                    )


def _aboard(case: Case, history: History) -> Iterator[tuple[StopId, VehicleId]]:
    """Yield what is still on board of vehicles that were out, and of which."""
    pairs = {shipment.pickup: shipment.dropoff for shipment in case.problem.shipments}
    for vehicle in case.problem.vehicles:
        now = case.under_way(vehicle)
        route = next((r for r in history.before.routes if r.vehicle_id == vehicle.id), None)
        if now is None or route is None or (not now.goes_on and vehicle.id not in history.dropped):
            continue
        done = route.steps[: now.past]
        served = {step.stop_id for step in done if isinstance(step, StopStep)}
        trip = sum(isinstance(step, ReloadStep) for step in done)
        for stop_id in loaded_for(history, vehicle.id, trip) - served:
            if case.problem.has_stop(stop_id) and is_loaded(case.problem.stop(stop_id)):
                yield stop_id, vehicle.id
        for stop_id in served & pairs.keys():
            if pairs[stop_id] not in served:
                yield pairs[stop_id], vehicle.id

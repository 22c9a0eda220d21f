"""Shipments: what one vehicle picks up, the same vehicle drops off later; either both happen or neither."""

from collections.abc import Iterator

from router.checking.case import Case, Finding
from router.domain.ids import StopId
from router.domain.plan import StopStep
from router.domain.problem import Shipment


def shipments(case: Case) -> Iterator[Finding]:
    """Yield every shipment that is served by half, by two vehicles or in the wrong order.

    What had been picked up when the day was planned anew may stay on board.
    """
    served = _served(case)
    for shipment in case.problem.shipments:
        pickup, dropoff = served.get(shipment.pickup), served.get(shipment.dropoff)
        if pickup is not None and dropoff is not None:
            yield from _together(case, shipment, pickup, dropoff)
        elif pickup is not None and _is_past(case, pickup):
            continue
        elif pickup is not None or dropoff is not None:
            done, missing = ("pick-up", "drop-off") if pickup is not None else ("drop-off", "pick-up")
            yield Finding(
                None, None, f"both ends of shipment {shipment.id} or neither", f"a {done} and no {missing}"
            )


def _served(case: Case) -> dict[StopId, tuple[int, int]]:
    """Return, for each stop served, its route and its step there, the first of them if there are several."""
    served: dict[StopId, tuple[int, int]] = {}
    for number, route in enumerate(case.plan.routes):
        for index, step in enumerate(route.steps):
            if isinstance(step, StopStep):
                served.setdefault(step.stop_id, (number, index))
    return served


def _is_past(case: Case, served: tuple[int, int]) -> bool:
    number, index = served
    vehicle_id = case.plan.routes[number].vehicle_id
    now = case.under_way(case.problem.vehicle(vehicle_id)) if case.problem.has_vehicle(vehicle_id) else None
    return now is not None and index < now.past


def _together(
    case: Case, shipment: Shipment, pickup: tuple[int, int], dropoff: tuple[int, int]
) -> Iterator[Finding]:
    vehicle_id = case.plan.routes[dropoff[0]].vehicle_id
    if pickup[0] != dropoff[0]:
        yield Finding(
            vehicle_id,
            dropoff[1],
            f"one vehicle for both ends of shipment {shipment.id}",
            f"picked up by {case.plan.routes[pickup[0]].vehicle_id}",
        )
    elif dropoff < pickup:
        yield Finding(
            vehicle_id,
            dropoff[1],
            f"shipment {shipment.id} is picked up before it is dropped off",
            f"dropped off at step {dropoff[1]}, picked up at step {pickup[1]}",
        )

"""Locks: stops that a dispatcher bound to a vehicle are served by it, and in the order that was set."""

from collections import defaultdict
from collections.abc import Iterator
from itertools import pairwise

from router.checking.case import Case, Finding, Visited
from router.domain.ids import StopId, VehicleId
from router.domain.locks import Lock, LockKind


def locks(case: Case) -> Iterator[Finding]:
    """Yield every locked stop that another vehicle serves, and every pair of them in the wrong order.

    A locked stop may be left out, and other stops may come in between.
    """
    yield from _elsewhere(case)
    for route, vehicle in case.routes():
        for lock in case.problem.locks:
            if lock.kind is LockKind.SEQUENCE and lock.vehicle_id == vehicle.id:
                yield from _out_of_order(list(case.visits_of(route, vehicle)), lock)


def _elsewhere(case: Case) -> Iterator[Finding]:
    bound: dict[StopId, list[VehicleId]] = defaultdict(list)
    for lock in case.problem.locks:
        for stop_id in lock.stop_ids:
            bound[stop_id].append(lock.vehicle_id)
    for visit in case.visits():
        for vehicle_id in bound.get(visit.stop.id, ()):
            if visit.vehicle.id != vehicle_id:
                yield Finding(
                    visit.vehicle.id,
                    visit.index,
                    f"stop {visit.stop.id} is served by {vehicle_id}, to which it is locked",
                    f"served by {visit.vehicle.id}",
                )


def _out_of_order(visits: list[Visited], lock: Lock) -> Iterator[Finding]:
    places = {stop_id: place for place, stop_id in enumerate(lock.stop_ids)}
    for before, after in pairwise(visit for visit in visits if visit.stop.id in places):
        if places[after.stop.id] < places[before.stop.id]:
            yield Finding(
                after.vehicle.id,
                after.index,
                f"the order {', '.join(lock.stop_ids)}",
                f"{after.stop.id} comes after {before.stop.id}",
            )

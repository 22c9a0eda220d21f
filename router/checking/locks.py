"""Locks: stops that a dispatcher bound to a vehicle are served by it, and in the order that was set."""

from collections.abc import Iterator
from itertools import pairwise

from router.checking.case import Case, Finding
from router.domain.locks import Lock, LockKind


def locks(case: Case) -> Iterator[Finding]:
    """Yield every locked stop that another vehicle serves, and every pair of them in the wrong order.

    A locked stop may be left out, and other stops may come in between.
    """
    for lock in case.problem.locks:
        yield from _elsewhere(case, lock)
        if lock.kind is LockKind.SEQUENCE:
            yield from _out_of_order(case, lock)


def _elsewhere(case: Case, lock: Lock) -> Iterator[Finding]:
    for visit in case.visits():
        if visit.stop.id in lock.stop_ids and visit.vehicle.id != lock.vehicle_id:
            yield Finding(
                visit.vehicle.id,
                visit.index,
                f"stop {visit.stop.id} is served by {lock.vehicle_id}, to which it is locked",
                f"served by {visit.vehicle.id}",
            )


def _out_of_order(case: Case, lock: Lock) -> Iterator[Finding]:
    places = {stop_id: place for place, stop_id in enumerate(lock.stop_ids)}
    for route, vehicle in case.routes():
        visits = [visit for visit in case.visits_of(route, vehicle) if visit.stop.id in places]
        if vehicle.id != lock.vehicle_id:
            continue
        for before, after in pairwise(visits):
            if places[after.stop.id] < places[before.stop.id]:
                yield Finding(
                    vehicle.id,
                    after.index,
                    f"the order {', '.join(lock.stop_ids)}",
                    f"{after.stop.id} comes after {before.stop.id}",
                )

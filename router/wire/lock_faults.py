"""Locks that cannot be meant: two vehicles for one stop, a vehicle that may not come, orders that contradict.

The two ends of a shipment are on one vehicle, pick-up first, whether a lock says so or not. Works on the JSON
document; references that lead nowhere are told elsewhere and passed over here.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from graphlib import CycleError, TopologicalSorter
from itertools import pairwise

from router.errors import Fault
from router.wire.document import Json, matches, shown, values
from router.wire.faults import FaultCode, Path, fault
from router.wire.shapes.places import DROPOFF_SUFFIX, PICKUP_SUFFIX

_NAMED_AT_MOST = 5


@dataclass(frozen=True, slots=True)
class _Lock:
    """A lock at ``path``: its vehicle, and its stops with the index of each."""

    path: Path
    vehicle_id: str
    stops: tuple[tuple[int, str], ...]
    in_sequence: bool


def lock_faults(request: Json) -> list[Fault]:
    """Return every way in which locks contradict each other, the stops or the shipments."""
    locks = list(_locks(request))
    if not locks:
        return []
    ends = _ends_of_shipments(request)
    return [*_locked_twice(locks, ends), *_not_allowed(locks, request), *_orders(locks, ends)]


def _locks(request: Json) -> Iterator[_Lock]:
    for path, lock in matches(request, "/locks/*"):
        if isinstance(lock, dict) and isinstance(lock.get("vehicle_id"), str):
            stops = tuple(
                (i, name) for i, name in enumerate(values(lock, "/stop_ids/*")) if isinstance(name, str)
            )
            yield _Lock(path, lock["vehicle_id"], stops, lock.get("kind", "sequence") == "sequence")


def _ends_of_shipments(request: Json) -> list[tuple[str, str]]:
    ids = [name for name in values(request, "/shipments/*/id") if isinstance(name, str)]
    return [(name + PICKUP_SUFFIX, name + DROPOFF_SUFFIX) for name in ids]


def _locked_twice(locks: Iterable[_Lock], ends: Iterable[tuple[str, str]]) -> Iterator[Fault]:
    """Yield stops locked to two vehicles and stops named twice in one lock; a shipment's ends are as one."""
    other_end = {one: other for pair in ends for one, other in (pair, pair[::-1])}
    vehicle_of: dict[str, str] = {}
    for lock in locks:
        named = set()
        for index, stop in lock.stops:
            path = (*lock.path, "stop_ids", index)
            holder = vehicle_of.setdefault(stop, lock.vehicle_id)
            vehicle_of.setdefault(other_end.get(stop, stop), holder)
            if holder != lock.vehicle_id:
                detail = f"{shown(stop)} is locked to {shown(holder)} already"
                yield fault(path, FaultCode.LOCKED_TWICE, detail)
            elif stop in named:
                yield fault(path, FaultCode.LOCKED_TWICE, f"{shown(stop)} stands twice in this lock")
            named.add(stop)


def _not_allowed(locks: Iterable[_Lock], request: Json) -> Iterator[Fault]:
    """Yield stops locked to a vehicle that their own fields keep away."""
    stops = {stop["id"]: stop for stop in _with_ids(request, "/stops/*")}
    vehicles = {vehicle["id"]: vehicle for vehicle in _with_ids(request, "/vehicles/*")}
    for lock in locks:
        vehicle = vehicles.get(lock.vehicle_id)
        for index, name in lock.stops:
            stop = stops.pop(name, None)  # a stop locked again is a fault of its own
            why = _kept_away(stop, vehicle) if stop is not None and vehicle is not None else None
            if why is not None:
                detail = f"{shown(lock.vehicle_id)} may not serve {shown(name)}: {why}"
                yield fault((*lock.path, "stop_ids", index), FaultCode.LOCK_NOT_ALLOWED, detail)


def _with_ids(request: Json, pattern: str) -> Iterator[dict[str, Json]]:
    for thing in values(request, pattern):
        if isinstance(thing, dict) and isinstance(thing.get("id"), str):
            yield thing


def _kept_away(stop: dict[str, Json], vehicle: dict[str, Json]) -> str | None:
    allowed = values(stop, "/allowed_vehicles/*")
    if allowed and vehicle["id"] not in allowed:
        return "it is not among its allowed vehicles"
    provided = values(vehicle, "/provides/*")
    missing = [skill for skill in values(stop, "/requires/*") if skill not in provided]
    if missing:
        return f"it does not provide {', '.join(map(shown, missing[:_NAMED_AT_MOST]))}"
    return None


def _orders(locks: Iterable[_Lock], ends: Iterable[tuple[str, str]]) -> Iterator[Fault]:
    """Yield, for every vehicle whose sequences contradict each other or a shipment, the last lock that does."""
    by_vehicle: dict[str, list[_Lock]] = {}
    for lock in locks:
        if lock.in_sequence:
            by_vehicle.setdefault(lock.vehicle_id, []).append(lock)
    dropoff_of = dict(ends)
    for own in by_vehicle.values():
        steps = {pair: lock for lock in own for pair in pairwise(dict.fromkeys(n for _, n in lock.stops))}
        locked = dict.fromkeys(name for pair in steps for name in pair)
        shipped = [(name, dropoff_of[name]) for name in locked if dropoff_of.get(name) in locked]
        cycle = _cycle([*steps, *shipped])
        if cycle:
            lock = max((steps[pair] for pair in pairwise(cycle) if pair in steps), key=lambda lock: lock.path)
            detail = " before ".join(map(shown, cycle[: _NAMED_AT_MOST + 1]))
            yield fault((*lock.path, "stop_ids"), FaultCode.LOCK_ORDER, f"the locks put {detail}")


def _cycle(pairs: Iterable[tuple[str, str]]) -> list[str]:
    """Return names of which each is before the next and the last is the first again; empty where there are none."""
    order: TopologicalSorter[str] = TopologicalSorter()
    for before, after in pairs:
        order.add(after, before)
    try:
        order.prepare()
    except CycleError as error:
        return list(error.args[1])
    return []

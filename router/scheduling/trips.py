"""The trips of an order: what is loaded for each at the depot, and what comes back."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from operator import add, sub
from typing import NamedTuple

from router.domain.fleet import Load
from router.domain.problem import Problem, Stop, StopKind
from router.domain.proposal import Action, Reload, Visit
from router.domain.units import Instant, Money


@dataclass(frozen=True, slots=True)
class Trip:
    """The stops between one loading at the depot and the next, or the end."""

    stops: tuple[Stop, ...]

    @property
    def ready_at(self) -> Instant | None:
        """When all that is loaded for it at the depot is there; ``None`` where nothing is waited for."""
        return max((stop.ready_at for stop in self._loaded() if stop.ready_at is not None), default=None)

    def loaded_onto(self, load: Load) -> Load:
        """Return the load with what is loaded at the depot: drop-offs, but not those of shipments."""
        for stop in self._loaded():
            load = tuple(map(add, load, stop.load))
        return load

    def unloaded_from(self, load: Load) -> Load:
        """Return the load without what the trip brings to the depot: pick-ups, but not those of shipments."""
        for stop in self.stops:
            if stop.kind is StopKind.PICKUP and stop.shipment is None:
                load = tuple(map(sub, load, stop.load))
        return load

    def _loaded(self) -> Iterator[Stop]:
        return (s for s in self.stops if s.kind is StopKind.DROPOFF and s.shipment is None)


def trips(problem: Problem, actions: Iterable[Action]) -> tuple[Trip, ...]:
    """Return the trips of an order, one more than it has reloads."""
    stops: list[list[Stop]] = [[]]
    for action in actions:
        if isinstance(action, Reload):
            stops.append([])
        elif isinstance(action, Visit):
            stops[-1].append(problem.stop(action.stop_id))
    return tuple(Trip(tuple(some)) for some in stops)


class Cargo(NamedTuple):
    """What is on board at a moment."""

    load: Load
    cash: Money


def cargo(problem: Problem, actions: Iterable[Action], by_trip: Iterable[Trip]) -> Iterator[Cargo]:
    """Yield what is on board at the start, then what is after every action, when the vehicle drives on."""
    to_come = iter(by_trip)
    trip = next(to_come)
    load, cash = trip.loaded_onto((0,) * len(problem.dimensions)), Money(0.0)
    yield Cargo(load, cash)
    for action in actions:
        if isinstance(action, Visit):
            stop = problem.stop(action.stop_id)
            load = tuple(map(sub if stop.kind is StopKind.DROPOFF else add, load, stop.load))
            cash = Money(cash + stop.cash)
        elif isinstance(action, Reload):
            load, trip = trip.unloaded_from(load), next(to_come)
            load, cash = trip.loaded_onto(load), Money(0.0)
        yield Cargo(load, cash)

"""What is on board along a route, for programs that do not say it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from router.domain.fleet import Load
from router.domain.ids import StopId
from router.domain.problem import Problem, Stop, StopKind
from router.domain.units import Money

RELOAD = None
"""Stands among the ids of stops where the vehicle is back at its depot to load."""


@dataclass(frozen=True, slots=True)
class OnBoard:
    """What a vehicle carries when it leaves a place."""

    load: Load
    cash: Money


def on_board(visits: Sequence[str | None], problem: Problem) -> Iterator[OnBoard]:
    """Yield what is on board at the start, and then after each visit: a stop's id, or ``RELOAD``.

    Drop-offs are on board from the beginning of their trip, pick-ups until its end; what belongs to a
    shipment, between its two stops only, over reloads too. Stops that do not exist weigh nothing.
    """
    kept: Load = (0,) * len(problem.dimensions)
    for trip in _trips(visits, problem):
        load, cash = kept, Money(0.0)
        for stop in trip:
            load = _sum(load, stop.load) if stop and _for_this_trip(stop) else load
        yield OnBoard(load, cash)
        for stop in trip:
            if stop is not None:
                load = _sum(load, _change(stop))
                cash = Money(cash + stop.cash)
                kept = _sum(kept, _change(stop)) if stop.shipment is not None else kept
            yield OnBoard(load, cash)


def _trips(visits: Sequence[str | None], problem: Problem) -> list[list[Stop | None]]:
    trips: list[list[Stop | None]] = [[]]
    for name in visits:
        if name is RELOAD:
            trips.append([])
        else:
            trips[-1].append(problem.stop(StopId(name)) if problem.has_stop(name) else None)
    return trips


def _for_this_trip(stop: Stop) -> bool:
    return stop.kind is StopKind.DROPOFF and stop.shipment is None


def _change(stop: Stop) -> Load:
    return stop.load if stop.kind is StopKind.PICKUP else tuple(-amount for amount in stop.load)


def _sum(one: Load, other: Load) -> Load:
    return tuple(a + b for a, b in zip(one, other, strict=True))

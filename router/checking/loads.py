"""Loads: the load that a step states is what is on board after it."""

from collections.abc import Iterator

from router.checking.case import Case, Finding
from router.checking.on_board import on_board
from router.checking.wording import amounts


def loads(case: Case) -> Iterator[Finding]:
    """Yield every stated load that the stops of the route do not add up to."""
    for route, vehicle in case.routes():
        for index, step, load in on_board(case, route):
            if tuple(step.load) != load:
                yield Finding(vehicle.id, index, amounts(case, load), amounts(case, step.load))

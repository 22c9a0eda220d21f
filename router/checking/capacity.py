"""Capacity: at no time is more on board than the vehicle holds, in any dimension."""

from collections.abc import Iterator

from router.checking.case import Case, Finding
from router.checking.on_board import on_board


def capacity(case: Case) -> Iterator[Finding]:
    """Yield every step after which a load dimension is above the vehicle's limit."""
    for route, vehicle in case.routes():
        for index, _, load in on_board(case, route):
            for name, amount, limit in zip(case.problem.dimensions, load, vehicle.capacity, strict=True):
                if limit is not None and amount > limit:
                    yield Finding(vehicle.id, index, f"at most {limit} {name}", f"{amount} {name} on board")

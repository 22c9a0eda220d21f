"""Reads PDPTW instances in the format of Li and Lim: pick-up and drop-off pairs, double precision."""

from pathlib import Path

from benchmarks.quality.as_problem import as_problem
from benchmarks.quality.case import Case, Convention, Node
from router.domain.problem import Problem
from router.travel.matrix import TravelMatrix

VEHICLE_COST = 10_000
"""What a vehicle costs, in units of distance: more than any plan of 100 customers drives, so that fewer always win."""


def read_li_lim(path: Path) -> tuple[Problem, TravelMatrix]:
    """Return the problem and its matrix; one metre and one second are a thousandth of a unit."""
    return as_problem(read_li_lim_case(path).to_json())


def read_li_lim_case(path: Path) -> Case:
    """Return the instance of a file.

    Raises:
        ValueError: the file is not in the format of Li and Lim.
    """
    rows = [line.split() for line in path.read_text().splitlines() if line.strip()]
    if len(rows) < 3 or len(rows[0]) != 3 or any(len(row) != 9 for row in rows[1:]):
        raise ValueError(
            f"{path.name} is not in the format of Li and Lim: three numbers, then nine columns a node"
        )
    fleet, capacity, _ = (int(field) for field in rows[0])
    return Case(
        name=path.stem,
        convention=Convention.EUCLIDEAN,
        fleet=fleet,
        capacity=capacity,
        nodes=tuple(_node(row) for row in rows[1:]),
        pairs=tuple((int(row[0]), int(row[8])) for row in rows[2:] if int(row[8]) != 0),
        vehicle_cost=VEHICLE_COST,
    )


def _node(row: list[str]) -> Node:
    x, y, demand, ready, due, service = (int(field) for field in row[1:7])
    return Node(x=x, y=y, demand=demand, ready=ready, due=due, service=service)

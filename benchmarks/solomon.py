"""Reads VRPTW instances in Solomon's format under the DIMACS convention: one decimal, cut off, counted in tenths."""

from pathlib import Path

from benchmarks.quality.as_problem import as_problem
from benchmarks.quality.case import Case, Convention, Node
from router.domain.problem import Problem
from router.travel.matrix import TravelMatrix


def read_solomon(path: Path) -> tuple[Problem, TravelMatrix]:
    """Return the problem and its matrix; one metre and one second are a tenth of a unit, and a metre costs 1."""
    return as_problem(read_solomon_case(path).to_json())


def read_solomon_case(path: Path) -> Case:
    """Return the instance of a file.

    Raises:
        ValueError: the file is not in Solomon's format.
    """
    rows = [line.split() for line in path.read_text().splitlines() if line.strip()]
    numbers = [row for row in rows if all(_is_number(field) for field in row)]
    nodes = tuple(_node(row) for row in numbers if len(row) == 7)
    if not numbers or len(numbers[0]) != 2 or len(nodes) < 2:
        raise ValueError(
            f"{path.name} is not in Solomon's format: fleet and capacity, then seven columns a node"
        )
    fleet, capacity = (int(field) for field in numbers[0])
    return Case(name=path.stem, convention=Convention.DIMACS, fleet=fleet, capacity=capacity, nodes=nodes)


def _node(row: list[str]) -> Node:
    _, x, y, demand, ready, due, service = (float(field) for field in row)
    return Node(x=x, y=y, demand=int(demand), ready=int(ready), due=int(due), service=int(service))


def _is_number(text: str) -> bool:
    return text.replace(".", "", 1).removeprefix("-").isdigit()

"""Which routes of a pool may be part of a better plan, by the prices that the linear relaxation puts on stops.

A route whose reduced cost exceeds the gap between the relaxation and the incumbent is in no better plan (reduced cost
fixing: Nemhauser and Wolsey, Integer and Combinatorial Optimization, 1988, section II.5.2). Few are left to CP-SAT.
"""

from collections.abc import Sequence

from ortools.linear_solver import pywraplp

from router.solver.decode import RELOAD, KernelRoute
from router.solver.encode import Encoding
from router.solver.kernel import model as m
from router.solver.pool import Column, as_column, part_of

MOST = 2000
"""Most routes left to CP-SAT."""


def promising(
    encoding: Encoding,
    columns: list[Column],
    incumbent: Sequence[KernelRoute],
    weight: m.Floats,
    seconds: float,
) -> list[Column]:
    """Return the routes that may be part of a plan better than the incumbent, and the incumbent's own.

    ``weight`` is what leaving each stop out costs. Where the relaxation takes longer than ``seconds``, there is
    nothing to say: no route is returned.
    """
    solver = pywraplp.Solver.CreateSolver("GLOP")
    solver.SetTimeLimit(int(1000 * seconds))
    objective = solver.Objective()
    stops = {}
    fleet: dict[int, pywraplp.Constraint] = {}
    type_0 = encoding.model.type_0
    for kind in {column[0] for column in columns}:
        fleet[kind] = solver.Constraint(0.0, float(type_0[kind + 1] - type_0[kind]))
    for stop in {stop for column in columns for stop in column[1] if stop != RELOAD}:
        stops[stop] = solver.Constraint(1.0, 1.0)
        left_out = solver.NumVar(0.0, 1.0, "")
        stops[stop].SetCoefficient(left_out, 1.0)
        objective.SetCoefficient(left_out, float(weight[stop]))
    variables = []
    for kind, visited, _, cost in columns:
        chosen = solver.NumVar(0.0, solver.infinity(), "")
        objective.SetCoefficient(chosen, cost)
        fleet[kind].SetCoefficient(chosen, 1.0)
        for stop in visited:
            if stop != RELOAD:
                stops[stop].SetCoefficient(chosen, 1.0)
        variables.append(chosen)
    objective.SetMinimization()
    if solver.Solve() != pywraplp.Solver.OPTIMAL:
        return []
    served = {stop for route in incumbent for stop in route.stops}
    worth = sum(route.cost for route in incumbent) + sum(float(weight[s]) for s in stops if s not in served)
    gap = worth - objective.Value() + 1e-6
    own = {part_of(as_column(encoding, route)) for route in incumbent}
    priced = sorted(
        ((variable.reduced_cost(), k) for k, variable in enumerate(variables)), key=lambda pair: pair[0]
    )
    kept = {k for reduced, k in priced[:MOST] if reduced <= gap}
    return [column for k, column in enumerate(columns) if k in kept or part_of(column) in own]

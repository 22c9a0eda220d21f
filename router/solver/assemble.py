"""Assembly: CP-SAT picks the best set of routes out of all that the search has seen.

A set-partitioning model over the pool: each required stop in exactly one route where the incumbent serves it, each
optional one in at most one, vehicles by type, and the slots of every limited deck. Hinted with the incumbent.
"""

from collections import defaultdict
from dataclasses import dataclass

from ortools.sat.python import cp_model

from router.solver.decode import RELOAD, KernelRoute
from router.solver.encode import Encoding
from router.solver.kernel import model as m
from router.solver.pool import Column, Part, RoutePool, as_column, part_of
from router.solver.pricing import promising

CENTS = 100
"""CP-SAT counts in whole numbers: hundredths of the currency."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Effort:
    """How long an assembly may take: CP-SAT in its own deterministic units and by the clock, the relaxation by it."""

    deterministic: float
    seconds: float
    relaxation_seconds: float


def assemble(
    encoding: Encoding, pool: RoutePool, incumbent: list[KernelRoute], effort: Effort, seed: int
) -> list[KernelRoute] | None:
    """Return routes that together are at least as good as the incumbent's, or ``None`` where nothing was found."""
    weight = encoding.model.penalty + encoding.model.required * float(encoding.model.big[0])
    columns = promising(encoding, _cheapest(pool.columns()), incumbent, weight, effort.relaxation_seconds)
    if not columns:
        return None
    model = cp_model.CpModel()
    chosen = [model.new_bool_var("") for _ in columns]
    served = _partition(model, columns, chosen)
    _limit_vehicles(encoding, model, columns, chosen)
    _limit_decks(encoding, model, columns, chosen)
    _hint(encoding, model, columns, chosen, incumbent)
    terms = [round(cost * CENTS) * x for (_, _, _, cost), x in zip(columns, chosen, strict=True)]
    terms += [round(weight[c] * CENTS) * (1 - is_served) for c, is_served in served.items()]
    model.minimize(sum(terms))
    solver = cp_model.CpSolver()
    solver.parameters.num_workers = 1
    solver.parameters.random_seed = seed
    solver.parameters.max_deterministic_time = effort.deterministic
    solver.parameters.max_time_in_seconds = effort.seconds
    if solver.solve(model) not in (cp_model.OPTIMAL, cp_model.FEASIBLE):
        return None
    return _routes(encoding, [c for c, x in zip(columns, chosen, strict=True) if solver.boolean_value(x)])


def _cheapest(columns: list[Column]) -> list[Column]:
    """Return of all routes that take the same part in a plan the cheapest."""
    best: dict[Part, Column] = {}
    for column in columns:
        part = part_of(column)
        if part not in best or column[3] < best[part][3]:
            best[part] = column
    return list(best.values())


def _partition(
    model: cp_model.CpModel, columns: list[Column], chosen: list[cp_model.IntVar]
) -> dict[int, cp_model.LinearExpr]:
    """Let every stop be in at most one chosen route; return, for each, whether it is."""
    holding: defaultdict[int, list[cp_model.IntVar]] = defaultdict(list)
    for (_, stops, _, _), x in zip(columns, chosen, strict=True):
        for stop in stops:
            if stop != RELOAD:
                holding[stop].append(x)
    for routes in holding.values():
        model.add_at_most_one(routes)
    return {stop: cp_model.LinearExpr.sum(routes) for stop, routes in holding.items()}


def _limit_vehicles(
    encoding: Encoding, model: cp_model.CpModel, columns: list[Column], chosen: list[cp_model.IntVar]
) -> None:
    by_type: defaultdict[int, list[cp_model.IntVar]] = defaultdict(list)
    for (kind, _, _, _), x in zip(columns, chosen, strict=True):
        by_type[kind].append(x)
    type_0 = encoding.model.type_0
    for kind, routes in by_type.items():
        fleet = int(type_0[kind + 1] - type_0[kind])
        if len(routes) > fleet:
            model.add(cp_model.LinearExpr.sum(routes) <= fleet)


def _limit_decks(
    encoding: Encoding, model: cp_model.CpModel, columns: list[Column], chosen: list[cp_model.IntVar]
) -> None:
    slots: defaultdict[int, list[tuple[cp_model.IntVar, int]]] = defaultdict(list)
    for (kind, _, crossings, _), x in zip(columns, chosen, strict=True):
        vehicle = encoding.model.type_vehicle[encoding.model.type_0[kind]]
        need = int(encoding.model.vehicle[vehicle, m.DECK])
        for crossing in crossings:
            for sailing in () if crossing == m.NONE else encoding.model.crossing[crossing, m.SAILING_0 :]:
                if sailing > 0:
                    slots[int(sailing)].append((x, need))
    for sailing, uses in slots.items():
        model.add(sum(need * x for x, need in uses) <= int(encoding.decks[sailing]))


def _hint(
    encoding: Encoding,
    model: cp_model.CpModel,
    columns: list[Column],
    chosen: list[cp_model.IntVar],
    incumbent: list[KernelRoute],
) -> None:
    taken = {part_of(as_column(encoding, route)) for route in incumbent}
    for column, x in zip(columns, chosen, strict=True):
        model.add_hint(x, part_of(column) in taken)


def _routes(encoding: Encoding, columns: list[Column]) -> list[KernelRoute]:
    """Give each chosen column a vehicle of its type."""
    free = encoding.model.type_0.copy()
    routes = []
    for kind, stops, crossings, cost in columns:
        vehicle = int(encoding.model.type_vehicle[free[kind]])
        free[kind] += 1
        routes.append(KernelRoute(vehicle, stops, crossings, cost))
    return routes

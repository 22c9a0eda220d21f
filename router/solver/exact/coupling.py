"""What joins vehicles to each other: decks, and that those of one type could change places."""

from collections import defaultdict
from dataclasses import replace
from itertools import pairwise, permutations

from ortools.sat.python import cp_model

from router.domain.ids import SailingId
from router.solver.exact.model import Driver, Literal, Model


def limit_decks(model: Model) -> None:
    """Let the vehicles on one sailing take no more slots than its deck has."""
    aboard: defaultdict[SailingId, list[tuple[int, Literal]]] = defaultdict(list)
    for driver in model.fleet:
        slots = driver.vehicle.conveyance.deck_slots
        for node, crossing in driver.network.crossings.items():
            for sailing in crossing.sailings:
                aboard[sailing.id].append((slots, driver.visits[node]))
    for sailing_id, parties in aboard.items():
        room = model.problem.timetable.sailing(sailing_id).deck_slots
        if room is not None and sum(slots for slots, _ in parties) > room:
            model.cp.add(cp_model.LinearExpr.sum([slots * visit for slots, visit in parties]) <= room)


def order_fleet(model: Model) -> None:
    """Cut away plans that differ from others by who drives a route only.

    Of vehicles of one type, those with a route come first, sorted by the first stop of each in the order of the
    problem. Across types, nobody goes out while one stays at home that could drive the same route.
    """
    for (before, kind), (after, other_kind) in pairwise(zip(model.fleet, model.type_of, strict=True)):
        if kind != other_kind:
            continue
        model.cp.add_implication(after.used, before.used)
        for position, node in enumerate(after.network.stops):
            earlier = [before.visits[n] for n in before.network.stops[:position]]
            model.cp.add_bool_or(*earlier, after.visits[node].negated())
    for better, worse in stand_ins(model):
        model.cp.add_implication(worse.used, better.used)


def stand_ins(model: Model) -> list[tuple[Driver, Driver]]:
    """Return pairs of different types of which the first can drive whatever the second can, at the same cost.

    Of two that can both stand in for the other, only one pair is returned.
    """
    kinds = list(zip(model.fleet, model.type_of, strict=True))
    return [
        (better, worse)
        for (better, kind), (worse, other_kind) in permutations(kinds, 2)
        if kind != other_kind and _covers(better, worse) and (kind < other_kind or not _covers(worse, better))
    ]


def _covers(better: Driver, worse: Driver) -> bool:
    one, other = better.vehicle, worse.vehicle
    alike = replace(other, id=one.id, shift=one.shift, capacity=one.capacity, provides=one.provides)
    return (
        alike == one
        and one.shift.start <= other.shift.start
        and other.shift.end <= one.shift.end
        and all(
            room is None or (limit is not None and limit <= room)
            for room, limit in zip(one.capacity, other.capacity, strict=True)
        )
        and set(better.network.stops) >= set(worse.network.stops)
    )

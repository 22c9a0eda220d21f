"""What joins vehicles to each other: decks, and that those of one type could change places."""

from collections import defaultdict
from itertools import pairwise

from ortools.sat.python import cp_model

from router.domain.ids import SailingId
from router.solver.exact.model import Literal, Model


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
    """Sort the routes of one type by their first stops in the order of the problem, unused vehicles last."""
    for (before, kind), (after, other_kind) in pairwise(zip(model.fleet, model.type_of, strict=True)):
        if kind != other_kind:
            continue
        model.cp.add_implication(after.used, before.used)
        for position, node in enumerate(after.network.stops):
            earlier = [before.visits[n] for n in before.network.stops[:position]]
            model.cp.add_bool_or(*earlier, after.visits[node].negated())

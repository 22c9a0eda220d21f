"""Breaks under way: aboard between casting off and docking, and on land between the sailings of a chain."""

from router.solver.kernel.compiled import compiled
from router.solver.kernel.model import (
    ASHORE,
    BOARDS,
    BREAK_0,
    BREAK_N,
    CASTS_OFF,
    CLOSES,
    DOCKS,
    NONE,
    OPENS,
    REST,
    SAILING_0,
    TRANSFER,
    Model,
)


@compiled
def _begin(model: Model, b: int, free: int, until: int) -> int:
    """Return when break ``b`` begins where it fits between two instants, or NONE."""
    begin = max(free, model.rest[b, OPENS])
    return begin if begin <= model.rest[b, CLOSES] and begin + model.rest[b, REST] <= until else NONE


@compiled
def rested_under_way(model: Model, v: int, x: int, rested: int) -> int:
    """Return ``rested`` with the breaks that fit, one after the other, into crossing ``x``."""
    first, last = model.vehicle[v, BREAK_0], model.vehicle[v, BREAK_N]
    for leg in range(3):
        if model.crossing[x, SAILING_0 + leg] == NONE:
            break
        free = model.leg[x, leg, CASTS_OFF]
        for b in range(first, last):
            begin = _begin(model, b, free, model.leg[x, leg, DOCKS])
            if begin != NONE and not rested & (1 << (b - first)):
                rested |= 1 << (b - first)
                free = begin + model.rest[b, REST]
        boards, road = model.leg[x, leg, BOARDS], model.leg[x, leg, TRANSFER]
        if boards == NONE:
            break
        free = model.leg[x, leg, ASHORE]
        for b in range(first, last):
            if rested & (1 << (b - first)):
                continue
            begin = _begin(model, b, free, boards - road)
            if begin == NONE and road > 0:
                # Not before the road to the next port, but perhaps behind it.
                begin = _begin(model, b, free + road, boards)
                road = 0 if begin != NONE else road
            if begin != NONE:
                rested |= 1 << (b - first)
                free = begin + model.rest[b, REST]
    return rested

"""Which ferry lines a plan can have a use for at all."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from itertools import product

from router.domain.ids import IslandId

MOST_LINES = 3
"""So many lines in a row make a crossing at most."""

Crossing = tuple[IslandId, IslandId]
"""The road networks that a line leads from and to."""


def useful(crossings: Sequence[Crossing], lands: Collection[IslandId]) -> list[bool]:
    """Return for every line whether it is part of a way from one of the ``lands`` to another.

    A way takes at most ``MOST_LINES`` lines in a row; between them it goes by road.
    """
    away = {land: _lines_from(land, crossings) for land in lands}
    back = {land: _lines_from(land, [(there, here) for here, there in crossings]) for land in lands}
    spans = [(away[one], back[other]) for one, other in product(lands, lands) if one != other]
    worth: dict[Crossing, bool] = {}
    for crossing in set(crossings):
        here, there = crossing
        worth[crossing] = here != there and any(_joins(here, there, *span) for span in spans)
    return [worth[crossing] for crossing in crossings]


def _joins(
    here: IslandId, there: IslandId, before: Mapping[IslandId, int], after: Mapping[IslandId, int]
) -> bool:
    return here in before and there in after and before[here] + 1 + after[there] <= MOST_LINES


def _lines_from(land: IslandId, crossings: Iterable[Crossing]) -> dict[IslandId, int]:
    """Return how many lines it takes at least to every land that fewer than ``MOST_LINES`` lead to."""
    onward = defaultdict(set)
    for here, there in crossings:
        onward[here].add(there)
    lines, edge = {land: 0}, {land}
    for count in range(1, MOST_LINES):
        edge = {there for here in edge for there in onward[here]} - lines.keys()
        lines |= dict.fromkeys(edge, count)
    return lines

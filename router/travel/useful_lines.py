"""Which ferry lines a plan can have a use for at all."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence

from router.domain.ids import IslandId

MOST_LINES = 3
"""So many lines in a row make a crossing at most."""

Crossing = tuple[IslandId, IslandId]
"""The road networks that a line leads from and to."""


def useful(crossings: Sequence[Crossing], lands: Collection[IslandId]) -> list[bool]:
    """Return for every line whether it is part of a way from one of the ``lands`` to another.

    A way takes at most ``MOST_LINES`` lines in a row; between them it goes by road. Takes time in proportion to
    the number of lines, however many lands there are: of all lands before and after a line the two nearest are
    enough to tell, since one of them is another than the nearest at the other end.
    """
    before = _nearest_two(lands, crossings)
    after = _nearest_two(lands, [(there, here) for here, there in crossings])
    return [here != there and _joins(before[here], after[there]) for here, there in crossings]


_Nearest = dict[IslandId, int]
"""Lands, and how many lines it takes from or to each."""


def _joins(before: _Nearest, after: _Nearest) -> bool:
    return any(
        one != other and lines + 1 + more <= MOST_LINES
        for one, lines in before.items()
        for other, more in after.items()
    )


def _nearest_two(lands: Iterable[IslandId], crossings: Iterable[Crossing]) -> Mapping[IslandId, _Nearest]:
    """Return for every place the two lands from which fewest lines lead there, as far as fewer than three do."""
    nearest: defaultdict[IslandId, _Nearest] = defaultdict(dict)
    for land in lands:
        nearest[land][land] = 0
    lines = set(crossings)
    for count in range(1, MOST_LINES):
        reached = [
            (there, land)
            for here, there in lines
            for land, so_far in list(nearest[here].items())
            if so_far == count - 1
        ]
        for there, land in reached:
            if len(nearest[there]) < 2:
                nearest[there].setdefault(land, count)
    return nearest

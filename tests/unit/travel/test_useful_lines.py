"""Which lines are of use, against the dullest search for ways there is."""

from itertools import pairwise, permutations

from hypothesis import given, settings
from hypothesis import strategies as st

from router.domain.ids import IslandId
from router.travel.useful_lines import MOST_LINES, Crossing, useful

ISLANDS = tuple(map(IslandId, "abcdef"))
ends = st.sampled_from(ISLANDS)


def on_a_way(crossing: Crossing, crossings: list[Crossing], lands: set[IslandId]) -> bool:
    """Return whether some walk of at most three lines between two different lands takes the crossing."""
    ways: list[list[Crossing]] = [[one] for one in crossings if one[0] in lands]
    for _ in range(MOST_LINES):
        if any(crossing in way and way[-1][1] in lands and way[-1][1] != way[0][0] for way in ways):
            return crossing[0] != crossing[1]
        ways = [
            [*way, one] for way in ways if len(way) < MOST_LINES for one in crossings if way[-1][1] == one[0]
        ]
    return False


@settings(max_examples=300, deadline=None)
@given(
    crossings=st.lists(st.tuples(ends, ends).filter(lambda each: each[0] != each[1]), max_size=10),
    lands=st.sets(ends, max_size=4),
)
def test_a_line_is_of_use_where_it_is_on_some_way(crossings: list[Crossing], lands: set[IslandId]) -> None:
    assert useful(crossings, lands) == [on_a_way(each, crossings, lands) for each in crossings]


def test_many_lands_take_no_longer_than_many_lines() -> None:
    """A thousand lands in a ring: looking at every two of them would be a million ways."""
    ring = [IslandId(f"island {n}") for n in range(1000)]
    crossings = [*pairwise(ring), *((there, here) for here, there in pairwise(ring))]
    assert all(useful(crossings, ring))
    assert useful(list(permutations(ISLANDS, 2)), set()) == [False] * 30

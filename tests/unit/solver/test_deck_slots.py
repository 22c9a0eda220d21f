"""What the search keeps beside its routes, so that it need not walk them, is what a walk finds."""

import pytest

from benchmarks.archipelagos import Decks, Shape, archipelago
from benchmarks.reading import read
from router.solver.encode import Encoding, encode
from router.solver.full_chain import FullChain
from router.solver.kernel import model as m
from router.solver.kernel.recreate import WHOLE_ROUTES

ROUNDS = 1_500


def a_chain(stops: int) -> tuple[Encoding, FullChain]:
    """Return a chain over narrow decks after some rounds, hot enough for many to be undone and many kept."""
    instance = read(archipelago(Shape(stops=stops, vehicles=40, decks=Decks.TIGHT), 1))
    encoding = encode(instance.problem, instance.travel)
    chain = FullChain(encoding, 1)
    chain.construct()
    chain.run(ROUNDS, chain.arc_cost(), chain.arc_cost())
    return encoding, chain


@pytest.mark.parametrize("stops", [200, WHOLE_ROUTES + 100], ids=["whole routes", "beside neighbours"])
def test_slots_left_are_those_that_no_crossing_of_the_plan_takes(stops: int) -> None:
    encoding, chain = a_chain(stops)
    left = encoding.decks.copy()
    for route in chain.current():
        for crossing in route.crossings:
            if crossing != m.NONE:
                sailings = encoding.model.crossing[crossing, m.SAILING_0 : m.SAILING_2 + 1]
                left[sailings[sailings > 0]] -= encoding.model.vehicle[route.vehicle, m.DECK]
    assert (left < encoding.decks).any(), "somebody crosses"
    assert (left >= 0).all()
    assert (left == chain._state.deck_free).all()

"""An unused vehicle whose depots lie on two islands once gave back deck slots that it had never taken."""

import pytest

from tests.builders import depot, dropoff, line, port, problem, van
from tests.solving import left_out, solve


@pytest.mark.parametrize("seed", range(1, 6))
def test_a_vehicle_that_moves_between_depots_takes_room_only_when_used(seed: int) -> None:
    """Two one-way vans, two full loads, a single slot on the only deck: one van goes."""
    question = problem(
        depots=(depot("bali"), depot("penida", island="penida")),
        stops=tuple(dropoff(f"s-{n}", island="penida", km=n, load=(10,)) for n in (1, 2)),
        vehicles=tuple(van(f"van-{n}", start="bali", end="penida") for n in (1, 2)),
        ports=(port("sanur", island="bali"), port("toya", island="penida")),
        lines=(line("out", "sanur", "toya", ("08:00",), deck_slots=1),),
    )
    assert len(left_out(solve(question, seed=seed))) == 1

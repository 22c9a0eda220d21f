"""A ferry's deck carries as many vehicles as it has room for."""

from collections.abc import Sequence

import pytest

from router.domain.problem import Problem
from tests.builders import dropoff, line, port, problem, van
from tests.solving import left_out, sailings, solve, used


def two_full_vans(sailings_out: Sequence[str], slots: int | None, *, takes: int = 1) -> Problem:
    """Two stops on an island, each a whole van's load."""
    return problem(
        stops=tuple(dropoff(f"s-{n}", island="penida", km=n, load=(10,)) for n in (1, 2)),
        vehicles=tuple(van(f"van-{n}", deck_slots=takes) for n in (1, 2)),
        ports=(port("sanur", island="bali"), port("toya", island="penida")),
        lines=(
            line("out", "sanur", "toya", sailings_out, deck_slots=slots),
            line("back", "toya", "sanur", ("15:00", "17:00")),
        ),
    )


@pytest.mark.parametrize("seed", range(1, 6))
def test_a_deck_with_one_slot_carries_one_of_two_vehicles(seed: int) -> None:
    plan = solve(two_full_vans(("08:00",), 1), seed=seed)
    assert len(used(plan)) == 1
    assert len(left_out(plan)) == 1


@pytest.mark.parametrize(("slots", "takes"), [(2, 1), (4, 2), (None, 3)])
def test_a_deck_with_room_for_both_carries_both(slots: int | None, takes: int) -> None:
    plan = solve(two_full_vans(("08:00",), slots, takes=takes))
    assert left_out(plan) == set()


@pytest.mark.parametrize("seed", range(1, 6))
def test_two_decks_with_one_slot_carry_one_vehicle_each(seed: int) -> None:
    plan = solve(two_full_vans(("08:00", "09:00"), 1), seed=seed)
    assert left_out(plan) == set()
    assert {sailings(plan, "van-1")[0], sailings(plan, "van-2")[0]} == {"out 08:00", "out 09:00"}


def test_a_vehicle_longer_than_the_deck_stays_ashore() -> None:
    assert len(left_out(solve(two_full_vans(("08:00",), 1, takes=2)))) == 2

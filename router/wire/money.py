"""Money as it is shown: two decimals, and parts that still add up."""

import math
from collections.abc import Sequence

CENTS = 100


def cents_that_add_up(amounts: Sequence[float], total: float) -> list[float]:
    """Return the amounts rounded to two decimals so that their sum is ``total`` rounded to two decimals.

    Each is rounded up or down, never farther; those with the largest remainders are rounded up (Hamilton's
    method). Where the amounts do not add up to the total in the first place, each is rounded for itself.
    """
    floors = [math.floor(amount * CENTS) for amount in amounts]
    missing = round(total * CENTS) - sum(floors)
    if not math.isclose(sum(amounts), total, rel_tol=1e-12, abs_tol=2 / CENTS) or not 0 <= missing <= len(
        floors
    ):
        return [round(amount, 2) for amount in amounts]
    by_remainder = sorted(range(len(amounts)), key=lambda i: floors[i] - amounts[i] * CENTS)
    for index in by_remainder[:missing]:
        floors[index] += 1
    return [cents / CENTS for cents in floors]

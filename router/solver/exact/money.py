"""Money as whole numbers, fine enough that rounding cannot hide a hundredth of the currency."""

from collections.abc import Sequence
from dataclasses import dataclass

from router.domain.fleet import VehicleCosts
from router.domain.units import METERS_PER_KM, SECONDS_PER_HOUR

LARGEST = float(2**52)
"""No objective comes near: CP-SAT adds in int64, and its linear relaxation in floats."""

GOOD_ENOUGH = 0.001
"""A scale by which no plan is misjudged by more than this is not made finer."""

SCALES = tuple(float(SECONDS_PER_HOUR * 10**digits) for digits in range(6))
"""Whole units per unit of the currency, the coarsest first.

Multiples of the seconds in an hour, so that an hour's pay with few decimals is not rounded at all.
"""


@dataclass(frozen=True, slots=True)
class Scale:
    """Turns money into whole numbers.

    Attributes:
        factor: Whole units per unit of the currency.
        error: By how much of the currency a plan may be misjudged at most.
    """

    factor: float
    error: float

    def units(self, amount: float) -> int:
        """Return an amount of money in whole units."""
        return round(amount * self.factor)


def of_meters(costs: VehicleCosts, meters: int) -> float:
    """Return what driving so far costs."""
    return costs.per_km * meters / METERS_PER_KM


def per_second(costs: VehicleCosts) -> float:
    """Return what a second out costs."""
    return costs.per_hour / SECONDS_PER_HOUR


def scale_for(parts: Sequence[tuple[float, int]], dearest: float) -> Scale:
    """Return the coarsest scale that is good enough, or the finest whose numbers are not too large.

    Args:
        parts: All amounts that the cost of a plan may be summed up from, and how often each at most.
        dearest: More than any plan costs.
    """
    best = _scale(parts, SCALES[0])
    for factor in SCALES[1:]:
        if best.error <= GOOD_ENOUGH or dearest * factor > LARGEST:
            break
        best = _scale(parts, factor)
    return best


def _scale(parts: Sequence[tuple[float, int]], factor: float) -> Scale:
    error = sum(abs(round(amount * factor) - amount * factor) * times for amount, times in parts)
    return Scale(factor, error / factor)

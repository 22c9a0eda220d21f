"""Money as whole numbers, since the routing model counts in int64."""

from dataclasses import dataclass

from router.domain.problem import Problem

LARGEST = float(2**52)
"""No objective comes near; well inside int64 even when the search adds penalties of its own."""

FINEST = 10_000.0
"""A ten-thousandth of the currency is fine enough."""


@dataclass(frozen=True, slots=True)
class Scale:
    """Turns money into whole numbers.

    Attributes:
        factor: Whole units per unit of the currency.
        required: What leaving out a required stop weighs: more than anything else could.
    """

    factor: float
    required: int

    def units(self, amount: float) -> int:
        """Return an amount of money in whole units."""
        return round(amount * self.factor)


def scale_for(problem: Problem, dearest_arc: float, nodes: int) -> Scale:
    """Return a scale that holds the dearest plan imaginable with every required stop left out.

    Args:
        problem: Its vehicles and penalties.
        dearest_arc: What the dearest road costs with its fare and hours.
        nodes: How many nodes a plan can visit.
    """
    fleet = sum(vehicle.costs.fixed for vehicle in problem.vehicles)
    penalties = sum(stop.penalty or 0.0 for stop in problem.stops)
    dearest = 1.0 + fleet + penalties + dearest_arc * (nodes + len(problem.vehicles))
    required = sum(stop.required for stop in problem.stops)
    factor = min(FINEST, LARGEST / (dearest * (required + 1)))
    return Scale(factor, round(dearest * factor) + 1)

"""One chain of ruin and recreate, whichever kernel drives it: the full one, or the faster one for plain days."""

from typing import Protocol

from router.solver.decode import KernelRoute


class Chain(Protocol):
    """A plan that is ruined and recreated, and the best one seen."""

    hot: float
    """Temperature at which it begins, in mean costs of an arc."""

    cold: float
    """Temperature at which it ends."""

    @property
    def iterations(self) -> int:
        """Rounds of ruin and recreate so far."""
        ...

    @property
    def best_missing(self) -> int:
        """Required stops that the best plan leaves out."""
        ...

    @property
    def best_absent(self) -> int:
        """Stops that the best plan leaves out."""
        ...

    @property
    def best_cost(self) -> float:
        """Return what the best plan costs, required stops left out not counted."""
        ...

    @property
    def missing(self) -> int:
        """Required stops that the current plan leaves out."""
        ...

    @property
    def cost(self) -> float:
        """Return what the current plan costs, required stops left out not counted."""
        ...

    def construct(self) -> None:
        """Begin anew from a plan built greedily; the best plan is kept."""
        ...

    def fill(self) -> None:
        """Insert the stops that are left out greedily."""
        ...

    def arc_cost(self) -> float:
        """Return what the current plan costs on average from stop to stop."""
        ...

    def run(self, iterations: int, temperature: float, arc: float) -> None:
        """Ruin and recreate at a temperature; ``arc`` is what an arc costs on average."""
        ...

    def fleet_weighs(self) -> bool:
        """Return whether vehicles cost more than all that they do, so that fewer of them are worth looking for."""
        ...

    def spare(self) -> bool:
        """Stand at the best plan without the route whose stops are easiest to place elsewhere, and keep vehicles home.

        Return ``False`` where that makes no sense or does not hold. ``open`` ends it.
        """
        ...

    def place_all(self, iterations: int, temperature: float) -> bool:
        """Look for a place for every required stop, whatever it costs; return whether all have one."""
        ...

    def open(self) -> None:
        """Let every vehicle go out again."""
        ...

    def best(self) -> list[KernelRoute]:
        """Return the routes of the best plan."""
        ...

    def current(self) -> list[KernelRoute]:
        """Return the routes of the plan that the chain stands at."""
        ...

    def load(self, routes: list[KernelRoute]) -> bool:
        """Stand at these routes; return ``False`` where one of them does not hold."""
        ...

"""Which problems are small enough to be solved whole."""

from router.domain.problem import Problem

MOST_STOPS = 12
"""A dozen stops are mostly proven within ten seconds; from there on the time doubles with each stop."""

MOST_VEHICLES = 10

MOST_RELOADS = 4
"""Reloads of the whole fleet; each is a node more for its vehicle."""


def is_small(problem: Problem) -> bool:
    """Return whether there is hope of a proof. The model knows every constraint: only size is looked at.

    That a vehicle loads again elsewhere than where it starts is for replans only, and not modelled.
    """
    return (
        len(problem.stops) <= MOST_STOPS
        and len(problem.vehicles) <= MOST_VEHICLES
        and sum(vehicle.max_trips - 1 for vehicle in problem.vehicles) <= MOST_RELOADS
        and all(vehicle.reload_depot is None for vehicle in problem.vehicles)
    )

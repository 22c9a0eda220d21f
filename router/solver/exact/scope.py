"""Which problems are small enough to be solved whole."""

from router.domain.fleet import Vehicle, VehicleLimits
from router.domain.problem import Problem

MOST_STOPS = 10
MOST_VEHICLES = 10


def is_small(problem: Problem) -> bool:
    """Return whether there is hope of a proof, and nothing in the problem that the model does not know."""
    return (
        len(problem.stops) <= MOST_STOPS
        and len(problem.vehicles) <= MOST_VEHICLES
        and not problem.locks
        and not problem.shipments
        and all(stop.cash == 0.0 and stop.ready_at is None for stop in problem.stops)
        and all(_is_plain(vehicle) for vehicle in problem.vehicles)
    )


def _is_plain(vehicle: Vehicle) -> bool:
    return vehicle.limits == VehicleLimits() and vehicle.max_trips == 1 and not vehicle.breaks

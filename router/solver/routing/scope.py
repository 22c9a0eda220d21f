"""What the routing model does not know. It is refused, never left out of account."""

from router.domain.problem import Problem
from router.errors import SolverError


def require_in_scope(problem: Problem) -> None:
    """Raise ``SolverError`` where a problem asks for something that the model would pass over."""
    vehicles, stops = problem.vehicles, problem.stops
    limits = [vehicle.limits for vehicle in vehicles]
    asked = {
        "breaks": any(vehicle.breaks for vehicle in vehicles),
        "tickets": any(vehicle.tickets for vehicle in vehicles),
        "max_cash": any(limit.cash is not None for limit in limits),
        "max_distance_meters": any(limit.distance is not None for limit in limits),
        "max_duration_seconds": any(limit.duration is not None for limit in limits),
        "max_stops": any(limit.stops is not None for limit in limits),
        "ready_at": any(stop.ready_at is not None for stop in stops),
        "shipments": bool(problem.shipments),
        "locks": bool(problem.locks),
    }
    unknown = [name for name, is_asked in asked.items() if is_asked]
    if unknown:
        raise SolverError(f"the routing engine does not know {', '.join(unknown)}: use the search engine")

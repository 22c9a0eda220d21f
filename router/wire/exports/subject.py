"""What is exported: a plan with its question, and what only the request says of it."""

from collections.abc import Mapping
from dataclasses import dataclass

from router.domain.ids import PlaceId, StopId, VehicleId
from router.domain.places import Location
from router.domain.plan import Plan, Route
from router.domain.problem import Problem
from router.domain.units import Instant, local_time
from router.wire import shapes


@dataclass(frozen=True, slots=True, kw_only=True)
class Subject:
    """A plan of ours with its question.

    Attributes:
        landmarks: What helps to find a stop, where the request says it.
        plates: Number plates, where the request says them.
    """

    problem: Problem
    plan: Plan
    landmarks: Mapping[StopId, str]
    plates: Mapping[VehicleId, str]

    def location(self, place: PlaceId) -> Location:
        """Return where a place is."""
        return self.problem.location(place)

    def clock(self, instant: Instant, place: PlaceId) -> str:
        """Return an instant in the local time of a place, RFC 3339."""
        return local_time(instant, self.location(place).time_zone).isoformat()

    def route_of(self, vehicle_id: str) -> Route | None:
        """Return the route of a vehicle; ``None`` where it has none."""
        return next((route for route in self.plan.routes if route.vehicle_id == vehicle_id), None)


def subject_of(request: shapes.PlanRequest, problem: Problem, plan: Plan) -> Subject:
    """Return a plan with its question and what only the request says."""
    return Subject(
        problem=problem,
        plan=plan,
        landmarks={StopId(stop.id): stop.landmark for stop in request.stops if stop.landmark},
        plates={VehicleId(vehicle.id): vehicle.plate for vehicle in request.vehicles if vehicle.plate},
    )

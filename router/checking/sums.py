"""What a route adds up to, from the matrix, the stops, the timetable and the vehicle."""

from dataclasses import dataclass

from router.checking.case import Case
from router.checking.fares import fare_of
from router.checking.steps import arrives_at, leaves_at
from router.domain.fleet import Vehicle
from router.domain.plan import BreakStep, FerryStep, ReloadStep, Route, StopStep
from router.domain.units import METERS_PER_KM, SECONDS_PER_HOUR


@dataclass(frozen=True, slots=True, kw_only=True)
class RouteSums:
    """Seconds, metres and money of one route; ``cost`` of the route is the sum of the four costs.

    ``service`` counts loading for another trip too, ``ferry`` no break that is taken aboard.
    """

    distance: int
    driving: int
    service: int
    ferry: int
    breaks: int
    duration: int
    fixed_cost: float
    distance_cost: float
    time_cost: float
    fares: float

    @property
    def cost(self) -> float:
        """What the route costs in all."""
        return self.fixed_cost + self.distance_cost + self.time_cost + self.fares

    @property
    def waiting(self) -> int:
        """The time in which the vehicle neither drives, serves, sails nor breaks."""
        return self.duration - self.driving - self.service - self.ferry - self.breaks


def route_sums(case: Case, route: Route, vehicle: Vehicle) -> RouteSums:
    """Add up one route; what the problem does not know counts as the plan tells it."""
    legs = list(case.legs_of(route, vehicle))
    duration = leaves_at(route.steps[-1]) - arrives_at(route.steps[0]) if route.steps else 0
    distance = sum(leg.meters for leg in legs)
    return RouteSums(
        distance=distance,
        driving=sum(leg.seconds for leg in legs),
        service=_service(case, route, vehicle),
        ferry=_aboard(case, route, vehicle),
        breaks=sum(_rest(vehicle, step) for step in route.steps if isinstance(step, BreakStep)),
        duration=duration,
        fixed_cost=vehicle.costs.fixed,
        distance_cost=vehicle.costs.per_km * distance / METERS_PER_KM,
        time_cost=vehicle.costs.per_hour * duration / SECONDS_PER_HOUR,
        fares=_fares(case, route, vehicle),
    )


def _service(case: Case, route: Route, vehicle: Vehicle) -> int:
    reloads = sum(isinstance(step, ReloadStep) for step in route.steps)
    return reloads * vehicle.reload + sum(
        case.problem.stop(step.stop_id).service
        if case.problem.has_stop(step.stop_id)
        else step.departs_at - step.starts_at
        for step in route.steps
        if isinstance(step, StopStep)
    )


def _aboard(case: Case, route: Route, vehicle: Vehicle) -> int:
    sailed = sum(_sailed(case, step) for step in route.steps if isinstance(step, FerryStep))
    rested = sum(
        _rest(vehicle, step)
        for step in route.steps
        if isinstance(step, BreakStep) and step.aboard is not None
    )
    return sailed - rested


def _sailed(case: Case, step: FerryStep) -> int:
    if case.problem.timetable.has_sailing(step.sailing_id):
        sailing = case.problem.timetable.sailing(step.sailing_id)
        return sailing.crossing + sailing.unload
    return step.rolls_off_at - step.departs_at


def _rest(vehicle: Vehicle, step: BreakStep) -> int:
    known = {rest.id: rest.duration for rest in vehicle.breaks}
    return known.get(step.break_id, step.ends_at - step.starts_at)


def _fares(case: Case, route: Route, vehicle: Vehicle) -> float:
    known = {b.index: fare for b in case.boardings_of(route, vehicle) if (fare := fare_of(b)) is not None}
    return sum(
        known.get(index, step.fare) for index, step in enumerate(route.steps) if isinstance(step, FerryStep)
    )

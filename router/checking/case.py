"""The case before the referee: what was asked, the roads, and the plan, read step by step.

A plan may come from any program and name things that do not exist. The iterators here skip what cannot be
looked up, since the rule ``references`` reports it; no rule has to guard against it again.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from router.checking.steps import Placed, Reached, leaves_at, place_after, place_before
from router.checking.under_way import UnderWay, under_way
from router.domain.ferries import Line, Sailing
from router.domain.fleet import Vehicle
from router.domain.ids import PlaceId, SailingId, VehicleId
from router.domain.places import Location
from router.domain.plan import BreakStep, FerryStep, Plan, Route, StartStep, StopStep
from router.domain.problem import Depot, Problem, Stop
from router.domain.replans import History
from router.domain.units import Instant, Meters, Seconds
from router.travel.matrix import Drive, TravelMatrix


@dataclass(frozen=True, slots=True)
class Finding:
    """What a rule found: a ``Violation`` that does not yet carry the rule's name."""

    vehicle_id: VehicleId | None
    step: int | None
    expected: str
    actual: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Rested:
    """A break step on land; ``place`` is where the step before it left the vehicle."""

    vehicle: Vehicle
    index: int
    step: BreakStep
    place: PlaceId


@dataclass(frozen=True, slots=True, kw_only=True)
class Leg:
    """The road to one step, from where the last step with a place left the vehicle.

    Attributes:
        leaves_at: When that step was over.
        rests: The breaks on land in between, taken before the drive or after it.
        road: What the matrix says, or ``None`` where it knows no road between the two places.
        driven: How much of the road was driven before ``leaves_at``, when a replan sent the vehicle elsewhere.
        arrived_at: When the vehicle was there already, or would be, when the day was planned anew.
    """

    vehicle: Vehicle
    index: int
    step: Reached
    origin: PlaceId
    destination: PlaceId
    leaves_at: Instant
    rests: tuple[Rested, ...]
    road: Drive | None
    driven: Seconds = Seconds(0)
    arrived_at: Instant | None = None

    def arrivals(self) -> Iterator[tuple[Instant, Instant]]:
        """Yield when the vehicle may arrive, and when it is then ready for the step, all breaks taken.

        It drives as soon as the step before is over, or as soon as one of the breaks is.
        """
        if self.arrived_at is not None:
            yield self.arrived_at, self.rests[-1].step.ends_at if self.rests else self.arrived_at
        leaves = self.leaves_at
        for taken in range(len(self.rests) + 1):
            there, left = Instant(leaves + self.seconds - self.driven), self.rests[taken:]
            if not left:
                yield there, there
            elif there <= left[0].step.starts_at:
                yield there, left[-1].step.ends_at
            if left:
                leaves = max(leaves, left[0].step.ends_at)

    @property
    def seconds(self) -> Seconds:
        """Driving time by the matrix; the plan's own where the matrix has none."""
        return self.step.drive if self.road is None else self.road.seconds

    @property
    def meters(self) -> Meters:
        """Distance by the matrix; the plan's own where the matrix has none."""
        return self.step.distance if self.road is None else self.road.meters


@dataclass(frozen=True, slots=True, kw_only=True)
class Visited:
    """A stop step whose stop exists."""

    vehicle: Vehicle
    index: int
    step: StopStep
    stop: Stop


@dataclass(frozen=True, slots=True, kw_only=True)
class Boarded:
    """A ferry step whose sailing exists; ``line`` is the sailing's own, whatever the step calls it."""

    vehicle: Vehicle
    index: int
    step: FerryStep
    sailing: Sailing
    line: Line


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """All that a rule may look at; ``history`` is what a replan may not change, ``None`` for other plans."""

    problem: Problem
    matrix: TravelMatrix
    plan: Plan
    history: History | None = None

    def routes(self) -> Iterator[tuple[Route, Vehicle]]:
        """Yield every route whose vehicle exists."""
        for route in self.plan.routes:
            if self.problem.has_vehicle(route.vehicle_id):
                yield route, self.problem.vehicle(route.vehicle_id)

    def legs(self) -> Iterator[Leg]:
        """Yield the road to every step of every route that another step comes before."""
        for route, vehicle in self.routes():
            yield from self.legs_of(route, vehicle)

    def legs_of(self, route: Route, vehicle: Vehicle) -> Iterator[Leg]:
        """Yield the road to every step of one route that another step comes before."""
        before: Placed | None = None
        rests: list[Rested] = []
        now = self.under_way(vehicle)
        for index, step in enumerate(route.steps):
            if isinstance(step, BreakStep):
                if before is not None and step.aboard is None:
                    rests.append(Rested(vehicle=vehicle, index=index, step=step, place=place_after(before)))
                continue
            if now is not None and now.past <= index and now.goes_on and not isinstance(step, StartStep):
                yield self._leg_from(
                    now, vehicle, index, tuple(r for r in rests if r.index >= now.past), step
                )
                now = None
            elif before is not None and not isinstance(step, StartStep):
                yield self._leg(vehicle, index, before, tuple(rests), step)
            before, rests = step, []

    def asked_for(self) -> Iterator[Stop]:
        """Yield every stop but those that were withdrawn when the day was planned anew."""
        withdrawn = frozenset() if self.history is None else self.history.withdrawn
        return (stop for stop in self.problem.stops if stop.id not in withdrawn)

    def under_way(self, vehicle: Vehicle) -> UnderWay | None:
        """Return where a vehicle was when the day was planned anew, if it was out then."""
        return None if self.history is None else under_way(self.history, vehicle)

    def visits(self) -> Iterator[Visited]:
        """Yield every service of a stop that exists, in all routes."""
        for route, vehicle in self.routes():
            yield from self.visits_of(route, vehicle)

    def visits_of(self, route: Route, vehicle: Vehicle) -> Iterator[Visited]:
        """Yield every service of a stop that exists, in one route."""
        for index, step in enumerate(route.steps):
            if isinstance(step, StopStep) and self.problem.has_stop(step.stop_id):
                yield Visited(vehicle=vehicle, index=index, step=step, stop=self.problem.stop(step.stop_id))

    def boardings(self) -> Iterator[Boarded]:
        """Yield every use of a sailing that exists, in all routes."""
        for route, vehicle in self.routes():
            yield from self.boardings_of(route, vehicle)

    def boardings_of(self, route: Route, vehicle: Vehicle) -> Iterator[Boarded]:
        """Yield every use of a sailing that exists, in one route."""
        for index, step in enumerate(route.steps):
            if isinstance(step, FerryStep) and self.problem.timetable.has_sailing(step.sailing_id):
                sailing = self.problem.timetable.sailing(SailingId(step.sailing_id))
                line = self.problem.timetable.line(sailing.line_id)
                yield Boarded(vehicle=vehicle, index=index, step=step, sailing=sailing, line=line)

    def location(self, place: PlaceId) -> Location | None:
        """Return where a place is, or ``None`` where there is no such place."""
        try:
            return self.problem.location(place)
        except KeyError:
            return None

    def depot(self, place: PlaceId) -> Depot | None:
        """Return the depot of this id, or ``None`` where there is none."""
        return next((depot for depot in self.problem.depots if depot.id == place), None)

    def _leg(
        self, vehicle: Vehicle, index: int, before: Placed, rests: tuple[Rested, ...], step: Reached
    ) -> Leg:
        origin, destination = place_after(before), place_before(step)
        return Leg(
            vehicle=vehicle,
            index=index,
            step=step,
            origin=origin,
            destination=destination,
            leaves_at=leaves_at(before),
            rests=rests,
            road=self._road(vehicle, origin, destination),
        )

    def _leg_from(
        self, now: UnderWay, vehicle: Vehicle, index: int, rests: tuple[Rested, ...], step: Reached
    ) -> Leg:
        """Return the first leg after the day was planned anew; the road on which the vehicle was is part of it."""
        destination = place_before(step)
        onward = self._road(vehicle, now.place, destination)
        return Leg(
            vehicle=vehicle,
            index=index,
            step=step,
            origin=now.place,
            destination=destination,
            leaves_at=now.free_at,
            rests=rests,
            road=None
            if onward is None
            else Drive(
                Seconds(now.driven.seconds + onward.seconds), Meters(now.driven.meters + onward.meters)
            ),
            driven=now.driven.seconds,
            arrived_at=now.arrived_at if destination == now.place else None,
        )

    def _road(self, vehicle: Vehicle, origin: PlaceId, destination: PlaceId) -> Drive | None:
        try:
            return self.matrix.drive(vehicle.profile, origin, destination)
        except KeyError:
            return None


Rule = Callable[[Case], Iterator[Finding]]
"""A rule reads the case and yields whatever breaks it. It never raises, whatever the plan says."""

ReplanRule = Callable[[Case, History], Iterator[Finding]]
"""A rule that looks at what the plan was not to change as well."""

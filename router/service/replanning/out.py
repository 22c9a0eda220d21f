"""A vehicle that is out, as one that starts where it is free, with what is left to it of its limits and breaks."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from router.domain.fleet import Break, Load, Vehicle, VehicleLimits
from router.domain.ids import DepotId, StopId, VehicleId
from router.domain.places import TimeWindow
from router.domain.plan import BreakStep, FerryStep, StartStep, StopStep
from router.domain.problem import Depot, Stop, StopKind
from router.domain.units import Instant, Meters, Money, Seconds
from router.service.replanning.day import Day
from router.service.replanning.standing import Standing


@dataclass(frozen=True, slots=True, kw_only=True)
class Terms:
    """How free the rest of the day is.

    Attributes:
        kept: Stops that stay with a vehicle, and with which.
        stranded: Vehicles that end wherever they are.
    """

    kept: Mapping[StopId, VehicleId]
    stranded: frozenset[VehicleId] = frozenset()


class Out:
    """A vehicle that is out.

    ``is_last_trip`` says whether it will not load again, ``name`` what its depot is called.
    """

    def __init__(self, day: Day, terms: Terms, vehicle_id: VehicleId, where: Standing) -> None:
        """Take the vehicle as it stands."""
        self._day, self._terms = day, terms
        self._whole = day.problem.vehicle(vehicle_id)
        self.is_last_trip = where.trip + 1 >= self._whole.max_trips
        self.where = where
        self.name = DepotId(f"{vehicle_id} under way")
        # Whoever comes back to load again leaves before anything that is not on board can be ready (see ``_ready``).
        self._leaves_at = where.free_at if self.is_last_trip else day.history.at

    def depot(self) -> Depot:
        """Return the depot that it starts at: it leaves at once, so that no waiting is for nothing."""
        location = self._day.problem.location(self.where.place)
        return Depot(id=self.name, location=location, windows=(TimeWindow(self._leaves_at, self._leaves_at),))

    def hold(self) -> Stop:
        """Return the stop that it serves first, when it is free."""
        free_at = self.where.free_at
        return Stop(
            id=StopId(f"{self._whole.id} held"),
            kind=StopKind.PICKUP,
            location=self._day.problem.location(self.where.place),
            load=self._stays_aboard(),
            windows=(TimeWindow(free_at, free_at),),
            allowed_vehicles=frozenset({self._whole.id}),
            cash=self._day.cash_aboard(self._whole.id),
        )

    def vehicle(self) -> Vehicle:
        """Return the vehicle for the rest of the day."""
        whole, where = self._whole, self.where
        return replace(
            whole,
            start=self.name,
            end=None if whole.id in self._terms.stranded else whole.end,
            reload_depot=whole.start,
            shift=TimeWindow(self._leaves_at, max(whole.shift.end, where.free_at)),
            costs=replace(whole.costs, fixed=Money(0.0)),
            limits=self._limits(),
            max_trips=max(whole.max_trips - where.trip, 1),
            breaks=tuple(sorted(self._breaks(), key=lambda rest: rest.window)),
        )

    def _breaks(self) -> Iterator[Break]:
        """Yield the breaks still due: as soon as the vehicle is free, since it is out already."""
        taken = {step.break_id for step in self.where.done if isinstance(step, BreakStep)}
        for rest in self._whole.breaks:
            was_due = self._left_at() < rest.window.start + rest.duration
            if rest.id not in taken and was_due and self.where.free_at <= rest.window.end:
                start = max(rest.window.start, self.where.free_at)
                yield replace(rest, window=TimeWindow(start, rest.window.end))

    def _left_at(self) -> Instant:
        start = self.where.done[0]
        return start.departs_at if isinstance(start, StartStep) else self._day.history.at

    def _limits(self) -> VehicleLimits:
        limits, done = self._whole.limits, self.where.done
        driven = self.where.driven.meters + sum(
            step.distance for step in done if not isinstance(step, StartStep | BreakStep)
        )
        out_for = self._leaves_at - self._left_at()
        served = sum(isinstance(step, StopStep) for step in done)
        return VehicleLimits(
            cash=limits.cash,
            distance=None if limits.distance is None else Meters(max(limits.distance - driven, 0)),
            duration=None if limits.duration is None else Seconds(max(limits.duration - out_for, 0)),
            # The hold is a stop too.
            stops=None if limits.stops is None else max(limits.stops - served, 0) + 1,
        )

    def _stays_aboard(self) -> Load:
        """Return what is on board until the end of the trip: picked up before, or not asked for any more."""
        day, trip = self._day, set[StopId]()
        for step in self.where.done:
            if isinstance(step, StopStep):
                trip.add(step.stop_id)
            elif not isinstance(step, FerryStep | BreakStep):
                trip.clear()
        stops = [day.problem.stop(stop_id) for stop_id in trip]
        kept = [stop for stop in stops if stop.kind is StopKind.PICKUP and stop.shipment is None]
        for stop_id, vehicle_id in day.aboard.items():
            if vehicle_id == self._whole.id and stop_id in day.history.withdrawn:
                kept.append(day.problem.stop(stop_id))
        return tuple(sum(amounts) for amounts in zip(*(stop.load for stop in kept), strict=True)) or (
            (0,) * len(day.problem.dimensions)
        )

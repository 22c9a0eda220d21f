"""A route of the plan as a lane: when its vehicle is free after each step, and by when it must be at the next.

Arriving earlier never hurts, so that one more stop fits between two steps exactly when the way from where the first
is over leads over it to the second by the latest arrival there. Breaks are not looked at.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from router.domain.fleet import Load, Vehicle
from router.domain.ids import PlaceId, SailingId, StopId
from router.domain.problem import Problem, Stop, StopKind
from router.domain.proposal import Boarding, Reload, RouteProposal, Visit
from router.domain.units import Instant, Meters, Money
from router.solver.legs import earliest, latest
from router.solver.timeline import departure, first_within, last_return, last_within
from router.travel.travel import Journey, Travel

Step = Visit | Reload


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Lane:
    """A vehicle with what it does already, nothing perhaps. Gap ``g`` lies between ``places[g]`` and ``places[g + 1]``.

    Attributes:
        steps: Stops and reloads, in order.
        places: Where it starts, where each step is, where it ends; ``None`` means anywhere.
        free: When it can leave each place but the last.
        due: When it must be at each place but the first; entry ``g`` belongs to ``places[g + 1]``.
        loads: What is on board when it leaves each place but the last.
        cash: The cash on board then.
        trips: For each gap, all gaps of its trip.
        journeys: From each place to the next, as early as possible; none where there are no steps.
        full: The sailings on which the others leave no room for it.
    """

    vehicle: Vehicle
    steps: tuple[Step, ...]
    places: tuple[PlaceId | None, ...]
    free: tuple[Instant, ...]
    due: tuple[Instant, ...]
    loads: tuple[Load, ...]
    cash: tuple[Money, ...]
    trips: tuple[range, ...]
    journeys: tuple[Journey, ...]
    full: frozenset[SailingId]

    @property
    def stop_ids(self) -> tuple[StopId, ...]:
        """The stops in order."""
        return tuple(step.stop_id for step in self.steps if isinstance(step, Visit))

    @property
    def meters(self) -> Meters:
        """The road of the whole route."""
        return Meters(sum(journey.meters for journey in self.journeys))


def steps_of(route: RouteProposal) -> tuple[Step, ...]:
    """Return the stops and reloads of a route."""
    return tuple(action for action in route.actions if not isinstance(action, Boarding))


class Lanes:
    """Makes lanes."""

    def __init__(self, problem: Problem, travel: Travel) -> None:
        """Keep the question."""
        self._problem, self._travel = problem, travel

    def lane(self, vehicle: Vehicle, steps: Sequence[Step], full: frozenset[SailingId]) -> Lane | None:
        """Return the lane of a vehicle that does these things, or ``None`` where clocks or ferries do not let it."""
        places = (vehicle.start, *(_place(vehicle, step) for step in steps), vehicle.end)
        begin, end = departure(self._problem, vehicle), last_return(self._problem, vehicle)
        if begin is None or end is None:
            return None
        went = self._forwards(vehicle, steps, places, full)
        due = self.due(vehicle, steps, end, full) if went is not None or not steps else None
        if due is None:
            return None
        journeys, free = ((), (begin,)) if went is None else went
        return Lane(
            vehicle=vehicle,
            steps=tuple(steps),
            places=places,
            free=tuple(free),
            due=due,
            loads=self._loads(steps),
            cash=self._cash(steps),
            trips=_gaps_of_trips(steps),
            journeys=tuple(journeys),
            full=full,
        )

    def free_from(
        self, lane: Lane, first: int, gap: int, leaves: Instant
    ) -> tuple[Instant, PlaceId | None, int]:
        """Return when the place before a gap can be left if that of gap ``first`` is left at ``leaves`` only.

        Also returned are the first place on the way that is reached too late then, and by how many seconds.
        """
        free = leaves
        for k in range(first, gap):
            journey = earliest(self._travel, lane.vehicle.conveyance, lane.places[k : k + 2], free, lane.full)  # type: ignore[arg-type]
            if journey is None or journey.arrives_at > lane.due[k]:
                late = 0 if journey is None else journey.arrives_at - lane.due[k]
                return free, lane.places[k + 1], late
            over = self._over(lane.vehicle, lane.steps, k, journey.arrives_at)
            free = over if over is not None else lane.free[k + 1]
        return free, None, 0

    def release(self, steps: Sequence[Step], reload: int | None) -> Instant | None:
        """Return when the load of a trip is ready: of that behind step ``reload``, or of the first one."""
        ready = None
        for step in steps[0 if reload is None else reload + 1 :]:
            if isinstance(step, Reload):
                break
            stop = self._problem.stop(step.stop_id)
            if stop.ready_at is not None and is_loaded(stop):
                ready = stop.ready_at if ready is None else max(ready, stop.ready_at)
        return ready

    def _forwards(
        self,
        vehicle: Vehicle,
        steps: Sequence[Step],
        places: Sequence[PlaceId | None],
        full: frozenset[SailingId],
    ) -> tuple[list[Journey], list[Instant]] | None:
        """Return the earliest journeys and when each place can be left; ``None`` where something is too late."""
        ready = max(vehicle.shift.start, self.release(steps, None) or vehicle.shift.start)
        begin = first_within(self._problem.hours(vehicle.start), ready)
        if begin is None or not steps:
            return None
        journeys: list[Journey] = []
        free = [begin]
        for k, leg in enumerate(pairwise(places)):
            journey = earliest(self._travel, vehicle.conveyance, leg, free[-1], full)
            if journey is None:
                return None
            journeys.append(journey)
            if k < len(steps):
                over = self._over(vehicle, steps, k, journey.arrives_at)
                if over is None:
                    return None
                free.append(over)
        return journeys, free

    def _over(self, vehicle: Vehicle, steps: Sequence[Step], k: int, arrives: Instant) -> Instant | None:
        """Return when step ``k`` is over for a vehicle that comes to it then, or ``None`` where it is too late."""
        step = steps[k]
        if isinstance(step, Visit):
            stop = self._problem.stop(step.stop_id)
            starts = first_within(stop.windows, arrives)
            return None if starts is None else Instant(starts + stop.service)
        starts = first_within(self._problem.hours(vehicle.loads_at), arrives)
        if starts is None:
            return None
        done = Instant(starts + vehicle.reload)
        return max(done, self.release(steps, k) or done)

    def due(
        self, vehicle: Vehicle, steps: Sequence[Step], end: Instant, full: frozenset[SailingId]
    ) -> tuple[Instant, ...] | None:
        """Return when each place but the first must be reached to be back by ``end``; ``None`` where that cannot be."""
        places = (vehicle.start, *(_place(vehicle, step) for step in steps), vehicle.end)
        due = [end]
        for k in range(len(steps) - 1, -1, -1):
            leg = places[k + 1], places[k + 2]
            journey = latest(self._travel, vehicle.conveyance, leg, due[-1], full)
            if journey is None:
                return None
            step = steps[k]
            stop = self._problem.stop(step.stop_id) if isinstance(step, Visit) else None
            takes = vehicle.reload if stop is None else stop.service
            hours = self._problem.hours(vehicle.loads_at) if stop is None else stop.windows
            starts = last_within(hours, Instant(journey.departs_at - takes))
            if starts is None:
                return None
            due.append(starts)
        return tuple(due[::-1])

    def _loads(self, steps: Sequence[Step]) -> tuple[Load, ...]:
        """Return what is on board when the start and then each step is left."""
        shipped = [0] * len(self._problem.dimensions)
        loads: list[Load] = []
        for trip in _trips(steps):
            stops = [self._problem.stop(step.stop_id) for step in trip]
            load = list(shipped)
            for stop in filter(is_loaded, stops):
                load = [have + amount for have, amount in zip(load, stop.load, strict=True)]
            loads.append(tuple(load))
            for stop in stops:
                sign = -1 if stop.kind is StopKind.DROPOFF else 1
                load = [have + sign * amount for have, amount in zip(load, stop.load, strict=True)]
                if stop.shipment is not None:
                    shipped = [have + sign * amount for have, amount in zip(shipped, stop.load, strict=True)]
                loads.append(tuple(load))
        return tuple(loads)

    def _cash(self, steps: Sequence[Step]) -> tuple[Money, ...]:
        cash = [Money(0.0)]
        for step in steps:
            collected = None if isinstance(step, Reload) else self._problem.stop(step.stop_id).cash
            cash.append(Money(0.0 if collected is None else cash[-1] + collected))
        return tuple(cash)


def _place(vehicle: Vehicle, step: Step) -> PlaceId | None:
    return vehicle.loads_at if isinstance(step, Reload) else step.stop_id


def is_loaded(stop: Stop) -> bool:
    """Return whether a stop's load is taken at the depot."""
    return stop.kind is StopKind.DROPOFF and stop.shipment is None


def _gaps_of_trips(steps: Sequence[Step]) -> tuple[range, ...]:
    reloads = [k for k, step in enumerate(steps, 1) if isinstance(step, Reload)]
    spans = [range(first, last) for first, last in pairwise((0, *reloads, len(steps) + 1))]
    return tuple(span for span in spans for _ in span)


def _trips(steps: Sequence[Step]) -> list[list[Visit]]:
    trips: list[list[Visit]] = [[]]
    for step in steps:
        if isinstance(step, Visit):
            trips[-1].append(step)
        else:
            trips.append([])
    return trips

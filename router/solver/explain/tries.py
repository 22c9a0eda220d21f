"""Tries a stop in the gaps of a lane, and says what each would break and by how much."""

from collections.abc import Iterator
from dataclasses import replace

from router.domain.ids import PlaceId
from router.domain.locks import LockKind
from router.domain.problem import Problem, Stop, StopKind
from router.domain.proposal import Visit
from router.domain.units import METERS_PER_KM, Instant, Meters, Money, Seconds
from router.solver.explain.lanes import Lane, Lanes, is_loaded
from router.solver.explain.misses import FAR, Attempt, Miss, Rule
from router.solver.explain.prices import time_out
from router.solver.explain.sea import Sea
from router.solver.explain.wording import amount, clock, spell
from router.solver.legs import earliest, fare_of
from router.solver.timeline import first_within
from router.travel.travel import Journey, Travel

HOUR = 3600


class Tries:
    """Tries stops beside what vehicles do already."""

    def __init__(self, problem: Problem, travel: Travel) -> None:
        """Keep the question."""
        self._problem, self._travel = problem, travel
        self._lanes, self._sea = Lanes(problem, travel), Sea(problem, travel)
        self._pickup_of = {shipment.dropoff: shipment.pickup for shipment in problem.shipments}

    def attempts(self, lane: Lane, stop: Stop) -> Iterator[Attempt]:
        """Yield the stop tried in every gap of a lane."""
        for gap in range(len(lane.steps) + 1):
            yield self._attempt(lane, gap, stop, where(lane, gap))

    def pair_attempts(self, lane: Lane, pickup: Stop, dropoff: Stop) -> Iterator[Attempt]:
        """Yield a shipment tried with each place of its pick-up and, where that goes, each of its drop-off behind."""
        for gap in range(len(lane.steps) + 1):
            attempt = self._attempt(lane, gap, pickup, where(lane, gap))
            longer = self.with_stop(lane, gap, pickup) if not attempt.misses else None
            if longer is None:
                yield attempt
                continue
            for later in range(gap + 1, len(longer.steps) + 1):
                behind = f"{attempt.where} and dropped off behind {longer.places[later]}"
                second = self._attempt(longer, later, dropoff, behind)
                yield replace(second, extra=Money(attempt.extra + second.extra))

    def with_stop(self, lane: Lane, gap: int, stop: Stop) -> Lane | None:
        """Return the lane with a stop in a gap, or ``None`` where it does not go."""
        steps = (*lane.steps[:gap], Visit(stop.id), *lane.steps[gap:])
        return self._lanes.lane(lane.vehicle, steps, lane.full)

    def _attempt(self, lane: Lane, gap: int, stop: Stop, place: str) -> Attempt:
        misses, extra = list(self._untimed(lane, gap, stop)), Money(0.0)
        if not misses:
            misses, extra = self._timed(lane, gap, stop)
        if not misses and lane.vehicle.limits.duration is not None:
            misses += self._too_long(lane.vehicle.limits.duration, self.with_stop(lane, gap, stop))
        return Attempt(misses=tuple(misses), lane=lane, gap=gap, where=place, extra=extra)

    def _too_long(self, limit: Seconds, longer: Lane | None) -> Iterator[Miss]:
        if longer is not None and (over := time_out(self._problem, self._travel, longer) - limit) > 0:
            yield Miss(Rule.DURATION, over / HOUR, f"it is out {spell(over)} longer than it may")

    def _untimed(self, lane: Lane, gap: int, stop: Stop) -> Iterator[Miss]:
        """Yield what is missed whatever the clocks say: stops, loads, cash and locked orders."""
        vehicle, limits = lane.vehicle, lane.vehicle.limits
        served = len(lane.stop_ids)
        if limits.stops is not None and served >= limits.stops:
            yield Miss(Rule.STOPS, 1.0, f"it serves {served} of at most {limits.stops} stops already")
        yield from self._overload(lane, gap, stop)
        trip = lane.trips[gap]
        if limits.cash is not None and (over := lane.cash[trip[-1]] + stop.cash - limits.cash) > 0:
            words = f"{amount(over)} in cash over the {amount(limits.cash)} that {vehicle.id} may hold"
            yield Miss(Rule.CASH, over / max(limits.cash, 1.0), words)
        if not self._in_order(lane, gap, stop):
            yield Miss(Rule.ORDER, FAR, "a lock has it served elsewhere in the order")

    def _overload(self, lane: Lane, gap: int, stop: Stop) -> Iterator[Miss]:
        burdened = self._burdened(lane, gap, stop)
        # What a shipment weighs is on board of the lane already when its drop-off is tried.
        adds = stop.shipment is None or stop.kind is StopKind.PICKUP
        limited = zip(self._problem.dimensions, lane.vehicle.capacity, stop.load, strict=True)
        for dimension, (name, limit, load) in enumerate(limited):
            most = max(lane.loads[k][dimension] for k in burdened) + (load if adds else 0)
            over = 0 if limit is None else most - limit
            if limit is not None and over > 0:
                words = f"{over} {name} over beside what it carries"
                yield Miss(Rule.LOAD, over / max(limit, 1), words)

    def _burdened(self, lane: Lane, gap: int, stop: Stop) -> range:
        """Return where a stop in the gap would be on board: the places behind which the load grows."""
        trip = lane.trips[gap]
        if stop.kind is StopKind.DROPOFF:
            pickup = self._pickup_of.get(stop.id)
            picked_up = trip[0] if pickup is None else lane.places.index(pickup)
            return range(picked_up, gap + 1)
        return range(gap, gap + 1) if stop.shipment is not None else range(gap, trip[-1] + 1)

    def _in_order(self, lane: Lane, gap: int, stop: Stop) -> bool:
        """Return whether the gap lies between the stops that locked sequences put before and after this one."""
        if not self._problem.locks:
            return True
        place = {stop_id: k for k, stop_id in enumerate(lane.places[1:-1], 1)}
        for lock in self._problem.locks:
            if lock.kind is LockKind.SEQUENCE and stop.id in lock.stop_ids:
                rank = lock.stop_ids.index(stop.id)
                before = [place[other] for other in lock.stop_ids[:rank] if other in place]
                after = [place[other] for other in lock.stop_ids[rank + 1 :] if other in place]
                if any(k > gap for k in before) or any(k <= gap for k in after):
                    return False
        return True

    def _timed(self, lane: Lane, gap: int, stop: Stop) -> tuple[list[Miss], Money]:
        """Return what is missed by the clock or on the road, and about what the detour costs."""
        free, late = self._free(lane, gap, stop)
        if late is not None:
            return [late], Money(0.0)
        conveyance = lane.vehicle.conveyance
        before, behind = lane.places[gap], lane.places[gap + 1]
        there = earliest(self._travel, conveyance, (before, stop.id), free, lane.full)
        starts = None if there is None else first_within(stop.windows, there.arrives_at)
        if there is None or starts is None:
            closes = stop.windows[-1].end if stop.windows else lane.vehicle.shift.end
            return [self._sea.why_late(lane, (before, stop.id), free, closes, there)], Money(0.0)
        leaves = Instant(starts + stop.service)
        onward = earliest(self._travel, conveyance, (stop.id, behind), leaves, lane.full)
        if onward is None or onward.arrives_at > lane.due[gap]:
            return [self._sea.why_late(lane, (stop.id, behind), leaves, lane.due[gap], onward)], Money(0.0)
        return self._detour(lane, gap, stop, (there, onward))

    def _free(self, lane: Lane, gap: int, stop: Stop) -> tuple[Instant, Miss | None]:
        """Return when the place before the gap can be left, where the trip has to wait for the stop's load perhaps."""
        first = lane.trips[gap][0]
        if stop.ready_at is None or not is_loaded(stop) or stop.ready_at <= lane.free[first]:
            return lane.free[gap], None
        leaves = (
            first_within(self._problem.hours(lane.vehicle.start), stop.ready_at)
            if first == 0
            else stop.ready_at
        )
        ready = clock(stop.ready_at, stop.location)
        if leaves is None or leaves > lane.vehicle.shift.end:
            words = f"it is ready at {ready}, too late to leave with it"
            return lane.free[gap], Miss(Rule.RELEASE, 1.0, words)
        free, place, late = self._lanes.free_from(lane, first, gap, leaves)
        if place is None:
            return free, None
        words = f"waiting until {ready}, when it is ready, makes it {spell(late)} late for {place}"
        return free, Miss(Rule.RELEASE, late / HOUR, words)

    def _detour(
        self, lane: Lane, gap: int, stop: Stop, ways: tuple[Journey, Journey]
    ) -> tuple[list[Miss], Money]:
        """Return what a detour that is in time breaks on the road, and about what it costs."""
        vehicle = lane.vehicle
        known = lane.journeys[gap] if lane.steps else None
        meters = sum(way.meters for way in ways) - (known.meters if known else 0)
        fares = sum(map(fare_of, ways)) - (fare_of(known) if known else 0.0)
        drive = sum(way.drive for way in ways) - (known.drive if known else 0) + stop.service
        costs, limit = vehicle.costs, vehicle.limits.distance
        extra = costs.of_distance(Meters(meters)) + fares + costs.of_time(Seconds(drive))
        misses = []
        if limit is not None and (over := lane.meters + meters - limit) > 0:
            words = f"{over / METERS_PER_KM:.1f} km over the {limit / METERS_PER_KM:.1f} km that it may drive"
            misses.append(Miss(Rule.DISTANCE, over / max(limit, 1), words))
        return misses, Money(extra + (0.0 if lane.steps else costs.fixed))


def where(lane: Lane, gap: int) -> str:
    """Return a gap in words."""
    before: PlaceId | None = lane.places[gap]
    if not lane.steps:
        return f"in {lane.vehicle.id}, which has nothing else to do"
    return (
        f"in {lane.vehicle.id} behind {before}"
        if before is not None
        else f"in {lane.vehicle.id}, first of all"
    )

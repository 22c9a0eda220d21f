"""Whether a stop that some vehicle could serve alone fits among the routes as they are, and at what cost."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from router.domain.fleet import Vehicle
from router.domain.ids import VehicleId
from router.domain.plan import ReasonCode
from router.domain.problem import Problem, Stop
from router.domain.proposal import Proposal
from router.domain.units import Money
from router.solver.explain.finding import Finding
from router.solver.explain.lanes import Lane, Lanes, steps_of
from router.solver.explain.misses import Attempt, nearest
from router.solver.explain.prices import price_of
from router.solver.explain.tries import Tries
from router.solver.explain.wording import amount
from router.solver.legs import NOTHING_FULL, Decks, boarded
from router.travel.travel import Travel

ROUTES_MOST = 40
"""Most routes that a stop is tried in: those that pass nearest by."""

TRIALS_MOST = 8_000
"""After so many trials the routes are looked through no more: a second or two."""

PRICED_MOST = 5
"""Of so many places that would do, the cheapest by the roads, the cost is worked out with hours and waiting."""

Ends = tuple[Stop] | tuple[Stop, Stop]
"""A stop, or both ends of a shipment."""


class Beside:
    """Looks for places among the routes of a plan."""

    def __init__(self, problem: Problem, travel: Travel, proposal: Proposal) -> None:
        """Put the vehicles of a plan on its decks; their routes are timed when first needed."""
        self._problem, self._travel = problem, travel
        self._lanes, self._tries = Lanes(problem, travel), Tries(problem, travel)
        self._routes = {route.vehicle_id: route for route in proposal.routes}
        self._decks = Decks(problem)
        for route in proposal.routes:
            slots = problem.vehicle(route.vehicle_id).conveyance.deck_slots
            self._decks.take(boarded(route), slots)
        self._known: dict[VehicleId | Vehicle, Lane | None] = {}
        self._trials = 0

    @property
    def is_tired(self) -> bool:
        """Whether so much was tried that no more should be."""
        return self._trials >= TRIALS_MOST

    def why_not(self, ends: Ends, able: Sequence[Vehicle]) -> list[tuple[Vehicle, Finding]]:
        """Return, for the vehicles that could serve a stop alone, why they do not beside the others."""
        near = self._nearest(ends[0], able)
        best: dict[Vehicle | VehicleId, Attempt | None] = {}
        fitting: list[Attempt] = []
        for vehicle in near:
            key = self._key(vehicle)
            if key not in best:
                attempts = list(self._attempts(vehicle, ends))
                self._trials += len(attempts)
                best[key] = nearest(attempts)
                fitting += (attempt for attempt in attempts if not attempt.misses)
        if fitting:
            finding = self._not_worth_it(ends, fitting)
            return [(vehicle, finding) for vehicle in able]
        tried = {vehicle.id for vehicle in near}
        return [(v, self._finding(best[self._key(v)]) if v.id in tried else self._far(near)) for v in able]

    def _finding(self, attempt: Attempt | None) -> Finding:
        if attempt is None:
            return Finding(
                ReasonCode.FLEET_FULL, 100.0, "its route leaves no place for anything", kind="none"
            )
        return attempt.finding()

    def _far(self, near: Sequence[Vehicle]) -> Finding:
        words = f"none of the {len(near)} routes that pass nearest has a place; the others were not tried"
        return Finding(ReasonCode.FLEET_FULL, 1000.0, words, kind="far")

    def _attempts(self, vehicle: Vehicle, ends: Ends) -> Iterator[Attempt]:
        lane = self._lane(vehicle)
        if lane is None:
            return
        if len(ends) == 1:
            yield from self._tries.attempts(lane, ends[0])
        else:
            yield from self._tries.pair_attempts(lane, *ends)

    def _key(self, vehicle: Vehicle) -> VehicleId | Vehicle:
        """Return what has one lane only: a route, or all idle vehicles that are alike but for their names."""
        return vehicle.id if vehicle.id in self._routes else replace(vehicle, id=VehicleId(""))

    def _lane(self, vehicle: Vehicle) -> Lane | None:
        key = self._key(vehicle)
        if key not in self._known:
            route = self._routes.get(vehicle.id)
            own = boarded(route) if route is not None else NOTHING_FULL
            full = self._decks.full_for(vehicle.conveyance.deck_slots, own)
            steps = steps_of(route) if route is not None else ()
            self._known[key] = self._lanes.lane(vehicle, steps, full)
        return self._known[key]

    def _nearest(self, stop: Stop, able: Sequence[Vehicle]) -> list[Vehicle]:
        """Return the idle vehicles, and of those with a route the ones that pass nearest by."""
        busy = [vehicle for vehicle in able if vehicle.id in self._routes]
        if len(busy) > ROUTES_MOST:
            busy = sorted(busy, key=lambda vehicle: self._away(stop, vehicle))[:ROUTES_MOST]
        return [*busy, *(vehicle for vehicle in able if vehicle.id not in self._routes)]

    def _away(self, stop: Stop, vehicle: Vehicle) -> float:
        here = stop.location
        there = (self._problem.location(other) for other in self._routes[vehicle.id].stop_ids())
        return min(abs(place.lat - here.lat) + abs(place.lon - here.lon) for place in there)

    def _not_worth_it(self, ends: Ends, fitting: Sequence[Attempt]) -> Finding:
        """Return that the best place costs more than the penalty, or else that the search overlooked it."""
        cheap = sorted(fitting, key=lambda attempt: attempt.extra)[:PRICED_MOST]
        extra, best = min(
            ((self._extra(attempt, ends[-1]), attempt) for attempt in cheap), key=lambda p: p[0]
        )
        where, penalty = best.where, ends[0].penalty
        if penalty is not None and extra > penalty:
            words = (
                f"would cost {amount(extra)} at the cheapest place found, {where}; penalty {amount(penalty)}"
            )
            return Finding(ReasonCode.PENALTY_CHEAPER, extra - penalty, words)
        words = f"would fit {where} for {amount(extra)}, but the search ended before it placed this stop"
        if best.lane.vehicle.breaks:
            # Breaks are the search's to judge, not this look's.
            words = f"there is time {where}, but with its breaks the search found no place"
        return Finding(ReasonCode.FLEET_FULL, 0, words)

    def _extra(self, attempt: Attempt, last: Stop) -> Money:
        """Return what a route costs more with what was tried in it."""
        longer = self._tries.with_stop(attempt.lane, attempt.gap, last)
        if longer is None:
            return attempt.extra
        route = self._lane(attempt.lane.vehicle)
        before = Money(0.0) if route is None else price_of(self._problem, self._travel, route)
        return Money(price_of(self._problem, self._travel, longer) - before)

"""Whether a stop that some vehicle could serve alone fits among the routes as they are, and at what cost."""

from collections.abc import Callable, Sequence

from router.domain.fleet import Conveyance, Vehicle
from router.domain.ids import DepotId, SailingId
from router.domain.places import TimeWindow
from router.domain.plan import ReasonCode
from router.domain.problem import Problem, Stop
from router.domain.proposal import Proposal
from router.domain.units import Money
from router.solver.explain.finding import Finding
from router.solver.explain.limits import has_rules_unseen
from router.solver.explain.wording import amount, named, spell
from router.solver.insertion import Insertions, Place
from router.solver.timeline import cost_of
from router.travel.travel import Travel

CrossingAlone = Callable[[Vehicle, Stop], frozenset[SailingId]]
"""By which sailings an empty vehicle would serve a stop, were all decks empty."""

_Kind = tuple[Conveyance, DepotId | None, TimeWindow]


class Beside:
    """Looks for places among the routes of a plan."""

    def __init__(
        self, problem: Problem, travel: Travel, proposal: Proposal, crossing_alone: CrossingAlone
    ) -> None:
        """Time the routes."""
        self._problem, self._travel = problem, travel
        self._crossing_alone = crossing_alone
        self._routes = Insertions(problem, travel, proposal)
        self._number = {vehicle.id: number for number, vehicle in enumerate(problem.vehicles)}
        self._costs: dict[int, Money] = {}

    def why_not(self, stop: Stop, able: Sequence[Vehicle]) -> list[tuple[Vehicle, Finding]]:
        """Return, for the vehicles that could serve a stop alone, why they do not beside the others.

        Where no place is left, a vehicle that could serve the stop alone and still has nothing to do can only
        have been stopped by full decks.
        """
        place = self._routes.cheapest(stop)
        if place is not None:
            finding = self._not_worth_it(stop, place)
            return [(vehicle, finding) for vehicle in able]
        busy = [vehicle for vehicle in able if self._is_used(vehicle)]
        full = self._fleet_full(stop, busy) if busy else None
        decks = self._full_decks(stop, [vehicle for vehicle in able if not self._is_used(vehicle)])
        return [
            (v, full if full and self._is_used(v) else decks[v.conveyance, v.start, v.shift]) for v in able
        ]

    def _is_used(self, vehicle: Vehicle) -> bool:
        line = self._routes.timelines.get(self._number[vehicle.id])
        return line is None or bool(line.journeys)

    def _not_worth_it(self, stop: Stop, place: Place) -> Finding:
        """Return that the best place costs more than the penalty, or else that the search overlooked it."""
        route = self._routes.timelines[place.vehicle]
        extra = self._extra(stop, place)
        before = route.stop_ids[place.position - 1] if place.position else route.vehicle.start
        where = f"in {route.vehicle.id} behind {before}"
        if stop.penalty is not None and extra > stop.penalty:
            costs = f"would cost {amount(extra)} at the cheapest place found, {where}"
            return Finding(
                ReasonCode.PENALTY_CHEAPER, extra - stop.penalty, f"{costs}; penalty {amount(stop.penalty)}"
            )
        words = f"would fit {where} for {amount(extra)}, but the search ended before it placed this stop"
        if has_rules_unseen(self._problem):
            # Breaks, trips, limits, locks and shipments are the search's to judge, not this look's.
            words = f"there is time {where}, but with its breaks, trips, limits and locks the search found no place"
        return Finding(ReasonCode.FLEET_FULL, 0, words)

    def _extra(self, stop: Stop, place: Place) -> Money:
        """Return what a route costs more with a stop in it."""
        full = self._routes.full_for(place.vehicle)
        longer = self._routes.with_stop(stop, place)
        if longer is None:
            return place.extra
        if place.vehicle not in self._costs:
            route = self._routes.timelines[place.vehicle]
            self._costs[place.vehicle] = cost_of(self._problem, self._travel, route, full)
        return Money(cost_of(self._problem, self._travel, longer, full) - self._costs[place.vehicle])

    def _full_decks(self, stop: Stop, idle: Sequence[Vehicle]) -> dict[_Kind, Finding]:
        """Return for each kind of idle vehicle which sailings it would have taken and the others fill."""
        found: dict[_Kind, Finding] = {}
        for vehicle in idle:
            kind = vehicle.conveyance, vehicle.start, vehicle.shift
            if kind not in found:
                full = self._routes.full_for(self._number[vehicle.id]) & self._crossing_alone(vehicle, stop)
                taken = sorted(map(self._problem.timetable.sailing, full), key=lambda s: (s.departs, s.id))
                names = " and ".join(named(self._problem, sailing) for sailing in taken)
                words = f"needs {vehicle.conveyance.deck_slots} deck slots, the others fill {names}"
                found[kind] = Finding(ReasonCode.FERRY_DECK_FULL, len(taken), words)
        return found

    def _fleet_full(self, stop: Stop, busy: Sequence[Vehicle]) -> Finding:
        """Return that no route has a place, and by how much at least."""
        seconds, load = self._routes.nearest_miss(stop, [self._number[vehicle.id] for vehicle in busy])
        if seconds is not None and seconds > 0:
            miss = f"the nearest miss is {spell(seconds)}"
        elif load is not None and load > 0:
            miss = f"the nearest miss is a load {load} too large"
        else:
            miss = "none comes near it with time and room to spare"
        who = busy[0].id if len(busy) == 1 else f"the {len(busy)} vehicles that could serve it alone"
        return Finding(ReasonCode.FLEET_FULL, 0, f"no place is left in the routes of {who}: {miss}")

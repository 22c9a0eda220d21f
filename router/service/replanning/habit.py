"""The rest of the day as it was planned, as far as that still holds: where the search begins."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from router.domain.ids import PlaceId, SailingId, StopId, VehicleId
from router.domain.plan import Plan
from router.domain.problem import Problem
from router.domain.proposal import (
    Action,
    Boarding,
    Proposal,
    Reload,
    RouteProposal,
    Visit,
    proposal_of,
)
from router.domain.replans import Disruption, disrupted
from router.domain.units import Instant
from router.scheduling import schedule
from router.service.replanning.day import Day
from router.service.replanning.homecoming import boardings, is_possible, way_home
from router.service.replanning.rest import Rest
from router.travel.travel import Travel


@dataclass(frozen=True, slots=True, kw_only=True)
class Habit:
    """How the rest of the day goes if nobody thinks about it.

    Attributes:
        plan: For the rest of the day.
        lost: Vehicles that are out and find no room on any sailing home.
    """

    plan: Plan
    lost: frozenset[VehicleId]


def as_planned(day: Day, rest: Rest, travel: Travel) -> Habit:
    """Return the plan in which everybody goes on as before, over other sailings where need be.

    Who cannot, serves less or goes straight home. Those who are out are the first to find room on deck.
    """
    orders = {order.vehicle_id: order for order in proposal_of(_to_come(day)).routes}
    decks = _Decks(rest.problem)
    routes: list[RouteProposal] = []
    lost: set[VehicleId] = set()
    for vehicle in sorted(rest.problem.vehicles, key=lambda vehicle: vehicle.id not in rest.holds):
        order = orders.get(vehicle.id)
        left = () if order is None else tuple(_still_its_own(rest, order))
        ways = _possible(rest, travel, vehicle.id, left, decks)
        going_on = next(filter(decks.have_room, ways), None)
        if going_on is not None:
            decks.take(going_on)
            routes.append(going_on)
        elif vehicle.id in rest.holds:
            lost.add(vehicle.id)
    plan = schedule(rest.problem, travel, Proposal(routes=tuple(routes)))
    return Habit(plan=plan, lost=frozenset(lost))


class _Decks:
    """The room that is left on the sailings."""

    def __init__(self, problem: Problem) -> None:
        self._problem = problem
        self._left = {
            sailing.id: sailing.deck_slots
            for sailing in problem.timetable.sailings()
            if sailing.deck_slots is not None
        }

    def have_room(self, order: RouteProposal) -> bool:
        slots = self._problem.vehicle(order.vehicle_id).conveyance.deck_slots
        return all(self._left.get(sailing, slots) >= slots for sailing in _sailings(order))

    def take(self, order: RouteProposal) -> None:
        slots = self._problem.vehicle(order.vehicle_id).conveyance.deck_slots
        for sailing in _sailings(order):
            if sailing in self._left:
                self._left[sailing] -= slots

    def with_room_only(self, vehicle_id: VehicleId) -> Problem:
        """Return the problem without the sailings that have no room left for a vehicle."""
        slots = self._problem.vehicle(vehicle_id).conveyance.deck_slots
        full = frozenset(sailing for sailing, left in self._left.items() if left < slots)
        return disrupted(self._problem, Disruption(cancelled=full)) if full else self._problem


def _sailings(order: RouteProposal) -> Iterator[SailingId]:
    return (action.sailing_id for action in order.actions if isinstance(action, Boarding))


def _possible(
    rest: Rest, travel: Travel, vehicle_id: VehicleId, left: Sequence[Action], decks: _Decks
) -> Iterator[RouteProposal]:
    """Yield what a vehicle may do, best first."""
    hold = rest.holds.get(vehicle_id)
    held = () if hold is None else (Visit(hold),)
    for actions in _ways(rest, travel, vehicle_id, (*held, *left)):
        order = RouteProposal(vehicle_id=vehicle_id, actions=actions)
        if len(order.stop_ids()) > len(held) and is_possible(rest, travel, order):
            yield order
    if hold is None:
        return
    open_ways = Travel(decks.with_room_only(vehicle_id), travel.matrix)
    for home in (way_home(rest, travel, vehicle_id), way_home(rest, open_ways, vehicle_id)):
        if home is not None:
            yield home


def _ways(
    rest: Rest, travel: Travel, vehicle_id: VehicleId, actions: tuple[Action, ...]
) -> Iterator[tuple[Action, ...]]:
    """Yield the actions as they are, then the same visits over other sailings, then fewer and fewer of them."""
    yield actions
    for count in range(len(actions), 0, -1):
        yield tuple(_over_other_sailings(rest, travel, vehicle_id, actions[:count]))


def _to_come(day: Day) -> Plan:
    """Return the plan before without what is done."""
    routes = (
        replace(route, steps=route.steps[_count_of_done(day, route.vehicle_id) :])
        for route in day.history.before.routes
    )
    return replace(day.history.before, routes=tuple(routes))


def _count_of_done(day: Day, vehicle_id: VehicleId) -> int:
    where = day.standings.get(vehicle_id)
    return 0 if where is None else len(where.done)


def _still_its_own(rest: Rest, order: RouteProposal) -> Iterator[Action]:
    """Yield an order without stops that are not asked for any more, or not of this vehicle."""
    vehicle = rest.problem.vehicle(order.vehicle_id)
    for action in order.actions:
        if not isinstance(action, Visit) or (
            rest.problem.has_stop(action.stop_id)
            and rest.problem.may_serve(vehicle, rest.problem.stop(action.stop_id))
        ):
            yield action


def _over_other_sailings(
    rest: Rest, travel: Travel, vehicle_id: VehicleId, actions: Sequence[Action]
) -> Iterator[Action]:
    """Yield the same visits, each reached as early as the timetable allows; as far as it does."""
    vehicle = rest.problem.vehicle(vehicle_id)
    here: PlaceId | None = vehicle.start
    now = vehicle.shift.start
    for action in [a for a in actions if isinstance(a, Visit | Reload)]:
        place = vehicle.loads_at if isinstance(action, Reload) else action.stop_id
        journey = travel.earliest_arrival(vehicle.conveyance, here, place, now)
        if journey is None:
            continue
        yield from boardings(journey.crossing)
        yield action
        here, now = place, _over_at(rest, vehicle_id, action, journey.arrives_at)
    journey = travel.earliest_arrival(vehicle.conveyance, here, vehicle.end, now)
    if journey is not None:
        yield from boardings(journey.crossing)


def _over_at(rest: Rest, vehicle_id: VehicleId, action: Action, arrives: Instant) -> Instant:
    if not isinstance(action, Visit):
        return Instant(arrives + rest.problem.vehicle(vehicle_id).reload)
    stop = rest.problem.stop(StopId(action.stop_id))
    opens = next((max(w.start, arrives) for w in stop.windows if w.end >= arrives), arrives)
    return Instant(opens + stop.service)

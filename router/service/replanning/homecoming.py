"""The way home of a vehicle that is out, with nothing done on it; and who has none."""

from router.domain.ids import VehicleId
from router.domain.proposal import Action, Boarding, Proposal, RouteProposal, Visit
from router.domain.units import Instant
from router.errors import SchedulingError
from router.scheduling import schedule
from router.service.replanning.day import Day
from router.service.replanning.rest import Rest
from router.travel.travel import Crossing, Travel

MOST_TRIES = 40
"""Later crossings are tried where the earliest does not fit, since breaks may want to be taken before."""


def without_a_way_home(day: Day, rest: Rest, travel: Travel) -> frozenset[VehicleId]:
    """Return the vehicles that no sailing brings back within their shift and limits, even alone on the water."""
    return frozenset(
        vehicle_id
        for vehicle_id, _ in day.out()
        if day.problem.vehicle(vehicle_id).end is not None and way_home(rest, travel, vehicle_id) is None
    )


def way_home(rest: Rest, travel: Travel, vehicle_id: VehicleId) -> RouteProposal | None:
    """Return the earliest way straight home, or where the vehicle stays if it may end anywhere."""
    vehicle, hold = rest.problem.vehicle(vehicle_id), rest.holds[vehicle_id]
    leave = rest.problem.stop(hold).windows[0].start
    for _ in range(MOST_TRIES):
        journey = travel.earliest_arrival(vehicle.conveyance, hold, vehicle.end, leave)
        if journey is None or journey.arrives_at > vehicle.shift.end:
            return None
        order = RouteProposal(vehicle_id=vehicle_id, actions=(Visit(hold), *boardings(journey.crossing)))
        if is_possible(rest, travel, order):
            return order
        if journey.crossing is None:
            return None
        to_port = travel.drive(vehicle.profile, hold, journey.crossing.from_port)
        drive = 0 if to_port is None else to_port.seconds
        leave = Instant(journey.crossing.check_in_by - drive + 1)
    return None


def boardings(crossing: Crossing | None) -> tuple[Action, ...]:
    """Return the sailings of a crossing as actions; none where there is no water."""
    return () if crossing is None else tuple(Boarding(sailing.id) for sailing in crossing.sailings)


def is_possible(rest: Rest, travel: Travel, order: RouteProposal) -> bool:
    """Return whether there are times for an order; decks are not looked at."""
    try:
        schedule(rest.problem, travel, Proposal(routes=(order,)))
    except SchedulingError:
        return False
    return True

"""A day that goes on otherwise than planned: what happened until now, and what has changed since."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from types import MappingProxyType

from router.domain.ferries import Line, Sailing, Timetable
from router.domain.fleet import Vehicle
from router.domain.ids import SailingId, StopId, VehicleId
from router.domain.plan import Plan
from router.domain.problem import Problem
from router.domain.units import Instant, local_time

NOTHING_DELAYED: Mapping[SailingId, Instant] = MappingProxyType({})


@dataclass(frozen=True, slots=True, kw_only=True)
class Disruption:
    """Everything that has changed since the request was handed in, by all replans so far.

    Attributes:
        cancelled: Sailings that do not take place; none that had departed when it was said.
        delayed: When sailings depart instead.
        withdrawn: Stops that are no longer asked for.
        dropped: Vehicles that do nothing any more.
    """

    cancelled: frozenset[SailingId] = frozenset()
    delayed: Mapping[SailingId, Instant] = field(default_factory=lambda: NOTHING_DELAYED)
    withdrawn: frozenset[StopId] = frozenset()
    dropped: frozenset[VehicleId] = frozenset()

    def followed_by(self, later: "Disruption") -> "Disruption":
        """Return both; of two times for one sailing the later word holds."""
        return Disruption(
            cancelled=self.cancelled | later.cancelled,
            delayed={**self.delayed, **later.delayed},
            withdrawn=self.withdrawn | later.withdrawn,
            dropped=self.dropped | later.dropped,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Loaded:
    """Drop-offs that were put on board at the depot for a trip of a vehicle; its first trip is number 0."""

    vehicle_id: VehicleId
    trip: int
    stop_ids: frozenset[StopId]


@dataclass(frozen=True, slots=True, kw_only=True)
class History:
    """What a replan may not change.

    Attributes:
        at: What began before is past.
        before: The plan that was followed until then.
        loaded: What earlier replans knew to be on board, beside what ``before`` says itself.
        withdrawn: Stops of the problem that are to be neither served nor listed as left out.
        dropped: Vehicles whose routes end where they are.
    """

    at: Instant
    before: Plan
    loaded: tuple[Loaded, ...] = ()
    withdrawn: frozenset[StopId] = frozenset()
    dropped: frozenset[VehicleId] = frozenset()


def disrupted(problem: Problem, disruption: Disruption) -> Problem:
    """Return the problem with the timetable as it is now.

    Tickets for cancelled sailings bind nobody any more, and neither do locks to dropped vehicles. The stops and
    vehicles are all still there: what has happened may name them.
    """
    timetable = Timetable(
        ports=problem.timetable.ports,
        lines=tuple(_line(line, disruption) for line in problem.timetable.lines),
    )
    return replace(
        problem,
        timetable=timetable,
        vehicles=tuple(_rebooked(vehicle, timetable) for vehicle in problem.vehicles),
        locks=tuple(lock for lock in problem.locks if lock.vehicle_id not in disruption.dropped),
    )


def _line(line: Line, disruption: Disruption) -> Line:
    sailings = (_sailing(sailing, disruption) for sailing in line.sailings)
    return replace(line, sailings=tuple(sorted(sailings, key=lambda sailing: sailing.departs)))


def _sailing(sailing: Sailing, disruption: Disruption) -> Sailing:
    return replace(
        sailing,
        departs=disruption.delayed.get(sailing.id, sailing.departs),
        cancelled=sailing.cancelled or sailing.id in disruption.cancelled,
    )


def _rebooked(vehicle: Vehicle, timetable: Timetable) -> Vehicle:
    """Return the vehicle without tickets for cancelled sailings, and with what the others bar."""
    if not vehicle.tickets:
        return vehicle
    booked = [timetable.sailing(ticket) for ticket in vehicle.tickets]
    kept = [sailing for sailing in booked if not sailing.cancelled]
    barred = {other.id for sailing in kept for other in _same_day(sailing, timetable)}
    tickets = tuple(sailing.id for sailing in kept)
    conveyance = replace(vehicle.conveyance, barred=frozenset(barred - set(tickets)))
    return replace(vehicle, tickets=tickets, conveyance=conveyance)


def _same_day(sailing: Sailing, timetable: Timetable) -> list[Sailing]:
    """Return the sailings of its line on its day, by the clocks of the port of departure."""
    line = timetable.line(sailing.line_id)
    zone = timetable.port(line.from_port).location.time_zone
    day = local_time(sailing.departs, zone).date()
    return [other for other in line.sailings if local_time(other.departs, zone).date() == day]

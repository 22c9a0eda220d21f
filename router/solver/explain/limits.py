"""What keeps a vehicle from a stop even when it has nothing else to do: cash, limits, releases and locks.

Distances, durations and releases are looked at where a road leads to the stop; over water the timetable speaks.
"""

from router.domain.fleet import Vehicle
from router.domain.plan import ReasonCode
from router.domain.problem import Problem, Stop, StopKind
from router.domain.units import METERS_PER_KM, local_time
from router.solver.explain.finding import Finding
from router.solver.explain.wording import amount
from router.travel.travel import Travel

SECONDS_PER_MINUTE = 60


def beyond_limits(problem: Problem, travel: Travel, vehicle: Vehicle, stop: Stop) -> Finding | None:
    """Return the first limit of the vehicle that this stop alone breaks, with by how much; or ``None``."""
    return _by_itself(problem, vehicle, stop) or _by_road(travel, vehicle, stop)


def _by_itself(problem: Problem, vehicle: Vehicle, stop: Stop) -> Finding | None:
    cash, stops = vehicle.limits.cash, vehicle.limits.stops
    if cash is not None and stop.cash > cash:
        detail = f"{amount(stop.cash)} to collect, and {vehicle.id} may hold {amount(cash)}"
        return Finding(ReasonCode.CASH_LIMIT, stop.cash - cash, detail)
    if stops == 0:
        return Finding(ReasonCode.MAX_STOPS, 1, f"{vehicle.id} may serve no stop")
    if _is_released(stop) and stop.ready_at is not None and stop.ready_at > vehicle.shift.end:
        ready = local_time(stop.ready_at, stop.location.time_zone)
        late = stop.ready_at - vehicle.shift.end
        return Finding(ReasonCode.NOT_READY, late, f"ready at {ready:%H:%M}, after the shift of {vehicle.id}")
    if not problem.may_serve(vehicle, stop):
        return Finding(ReasonCode.VEHICLE_NOT_ALLOWED, 0, "locked to another vehicle")
    return None


def _by_road(travel: Travel, vehicle: Vehicle, stop: Stop) -> Finding | None:
    out = travel.drive(vehicle.profile, vehicle.start, stop.id)
    back = travel.drive(vehicle.profile, stop.id, vehicle.end)
    if out is None or back is None:
        return None
    meters, seconds = out.meters + back.meters, out.seconds + stop.service + back.seconds
    limits = vehicle.limits
    if limits.distance is not None and meters > limits.distance:
        over = (meters - limits.distance) / METERS_PER_KM
        return Finding(ReasonCode.MAX_DISTANCE, over, f"{over:.1f} km over for there and back alone")
    if limits.duration is not None and seconds > limits.duration:
        over = (seconds - limits.duration) / SECONDS_PER_MINUTE
        return Finding(ReasonCode.MAX_DURATION, over, f"{over:.0f} min over for there and back alone")
    if _is_released(stop) and stop.ready_at is not None and stop.windows:
        late = (stop.ready_at + out.seconds - stop.windows[-1].end) / SECONDS_PER_MINUTE
        if late > 0:
            return Finding(
                ReasonCode.NOT_READY, late, f"ready too late: there {late:.0f} min after its last window"
            )
    return None


def _is_released(stop: Stop) -> bool:
    return stop.kind is StopKind.DROPOFF and stop.shipment is None

"""Several trips without a depot to load again at."""

from router.errors import Fault
from router.wire.document import Json, matches
from router.wire.faults import FaultCode, fault


def trip_faults(request: Json) -> list[Fault]:
    """Return a fault for every vehicle that may make several trips and starts anywhere."""
    return [
        fault(
            (*path, "max_trips"),
            FaultCode.TRIPS_WITHOUT_START,
            f"{trips} trips, and no `start` to load again at",
        )
        for path, vehicle in matches(request, "/vehicles/*")
        if isinstance(vehicle, dict) and vehicle.get("start") is None
        for trips in [vehicle.get("max_trips")]
        if isinstance(trips, int) and trips > 1
    ]

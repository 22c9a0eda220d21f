"""What dispatchers have decided before the search begins."""

from dataclasses import dataclass
from enum import StrEnum

from router.domain.ids import StopId, VehicleId
from router.errors import DomainError


class LockKind(StrEnum):
    """How far a lock binds.

    ``VEHICLE``: where served, the stops are served by this vehicle. ``SEQUENCE``: in this order too; other stops
    may come in between.
    """

    SEQUENCE = "sequence"
    VEHICLE = "vehicle"


@dataclass(frozen=True, slots=True, kw_only=True)
class Lock:
    """Stops bound to a vehicle."""

    vehicle_id: VehicleId
    stop_ids: tuple[StopId, ...]
    kind: LockKind

    def __post_init__(self) -> None:
        if len(set(self.stop_ids)) != len(self.stop_ids):
            raise DomainError(f"a lock on vehicle {self.vehicle_id} names a stop twice")

"""What a replan has changed, told stop by stop, and whom it could not bring home."""

from dataclasses import dataclass
from enum import StrEnum

from router.domain.ids import PlaceId, StopId, VehicleId
from router.domain.units import Instant, Money


class ChangeReason(StrEnum):
    """Why a stop changed hands; the list is closed and stands in ``docs/errors.md``."""

    STOP_ADDED = "STOP_ADDED"
    STOP_REMOVED = "STOP_REMOVED"
    VEHICLE_DROPPED = "VEHICLE_DROPPED"
    SAILING_CANCELLED = "SAILING_CANCELLED"
    SAILING_DELAYED = "SAILING_DELAYED"
    BETTER_PLAN = "BETTER_PLAN"


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """A stop that another vehicle serves than before; ``None`` where nobody did, or nobody does.

    Attributes:
        detail: What happened, for people, with the names it is about.
    """

    stop_id: StopId
    from_vehicle: VehicleId | None
    to_vehicle: VehicleId | None
    reason: ChangeReason
    detail: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Stranded:
    """A vehicle that no open sailing brings back to its end depot in time.

    Attributes:
        place: Where its route ends instead.
        since: When it is there.
    """

    vehicle_id: VehicleId
    place: PlaceId
    since: Instant
    detail: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ReplanReport:
    """How a plan differs from the one that it was made from.

    Attributes:
        of: The id of the plan that was changed.
        at: What happened before this instant is as it was.
        change_cost: What each stop moved to another vehicle was weighed as; no part of the plan's cost.
        moved: How many stops, served by one vehicle before, are served by another now.
    """

    of: str
    at: Instant
    change_cost: Money
    moved: int
    changes: tuple[Change, ...] = ()
    stranded: tuple[Stranded, ...] = ()

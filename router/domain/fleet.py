"""Vehicles: what carries the parcels, what it costs and what it may do."""

from dataclasses import dataclass

from router.domain.ids import DepotId, FerryClass, Profile, VehicleId
from router.domain.places import TimeWindow
from router.domain.units import METERS_PER_KM, SECONDS_PER_HOUR, Meters, Money, Seconds
from router.errors import DomainError

Load = tuple[int, ...]
"""Amounts, one per entry of ``Problem.dimensions``."""

Capacity = tuple[int | None, ...]
"""Limits, one per entry of ``Problem.dimensions``; ``None`` means unlimited."""


@dataclass(frozen=True, slots=True, kw_only=True)
class VehicleCosts:
    """What a used vehicle costs: a fixed sum, each kilometre driven, each hour from departure to return."""

    fixed: Money = Money(0.0)
    per_km: Money = Money(0.0)
    per_hour: Money = Money(0.0)

    def __post_init__(self) -> None:
        if self.fixed < 0 or self.per_km < 0 or self.per_hour < 0:
            raise DomainError("costs must not be negative")

    def of_distance(self, meters: Meters) -> Money:
        """Return the cost of driving so far."""
        return Money(self.per_km * meters / METERS_PER_KM)

    def of_time(self, seconds: Seconds) -> Money:
        """Return the cost of being out so long."""
        return Money(self.per_hour * seconds / SECONDS_PER_HOUR)


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class Conveyance:
    """What roads and ferries see of a vehicle; vehicles with equal conveyances travel alike."""

    profile: Profile
    ferry_class: FerryClass | None
    deck_slots: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Vehicle:
    """A vehicle with its driver for one shift.

    Attributes:
        shift: It departs from ``start`` and returns to ``end`` within it.
        capacity: One limit per load dimension.
        deck_slots: Room it takes on a ferry's deck.
        provides: Skills it offers to stops that require them.
    """

    id: VehicleId
    conveyance: Conveyance
    start: DepotId
    end: DepotId
    shift: TimeWindow
    capacity: Capacity
    provides: frozenset[str] = frozenset()
    costs: VehicleCosts = VehicleCosts()

    def __post_init__(self) -> None:
        if self.conveyance.deck_slots < 0:
            raise DomainError(f"vehicle {self.id}: deck_slots must not be negative")
        if any(limit is not None and limit < 0 for limit in self.capacity):
            raise DomainError(f"vehicle {self.id}: capacity must not be negative")

    @property
    def profile(self) -> Profile:
        """The profile of its road matrix."""
        return self.conveyance.profile

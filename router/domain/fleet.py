"""Vehicles: what carries the parcels, what it costs and what it may do."""

from dataclasses import dataclass
from itertools import pairwise

from router.domain.ids import BreakId, DepotId, FerryClass, Profile, SailingId, VehicleId
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


@dataclass(frozen=True, slots=True, kw_only=True)
class Conveyance:
    """What roads and ferries see of a vehicle; vehicles with equal conveyances travel alike.

    ``barred`` holds the sailings that it may not take, because its tickets are for others of the same line and day.
    """

    profile: Profile
    ferry_class: FerryClass | None
    deck_slots: int
    barred: frozenset[SailingId] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class Break:
    """A rest of ``duration`` that begins within ``window``, on land between two steps or wholly aboard a ferry.

    It is due where the vehicle is out for all of it: not where the vehicle leaves its start depot at
    ``window.start + duration`` or later, nor where it is back by ``window.end``.
    """

    id: BreakId
    window: TimeWindow
    duration: Seconds

    def __post_init__(self) -> None:
        if self.duration <= 0:
            raise DomainError(f"break {self.id} must take some time")


@dataclass(frozen=True, slots=True, kw_only=True)
class VehicleLimits:
    """What a vehicle may do in its shift; ``None`` means no limit.

    Attributes:
        cash: Most cash on board at any time; it is handed in at a depot.
        distance: Most road driven in all.
        duration: Longest time from departure to return.
        stops: Most stops served in all.
    """

    cash: Money | None = None
    distance: Meters | None = None
    duration: Seconds | None = None
    stops: int | None = None

    def __post_init__(self) -> None:
        if any(
            limit is not None and limit < 0 for limit in (self.cash, self.distance, self.duration, self.stops)
        ):
            raise DomainError("limits must not be negative")


@dataclass(frozen=True, slots=True, kw_only=True)
class Vehicle:
    """A vehicle with its driver for one shift.

    Attributes:
        start: Where it leaves from; ``None``: anywhere, its route begins at its first stop.
        end: Where it comes back to; ``None``: anywhere, its route ends at its last stop.
        shift: It departs and returns within it.
        capacity: One limit per load dimension.
        provides: Skills it offers to stops that require them.
        max_trips: How often it may leave its start depot with a new load.
        reload: How long loading for another trip takes.
        breaks: Rests of its driver, in order of their windows.
        tickets: Sailings that it is booked on; of their lines it takes no other on the same day.
        reload_depot: Where it loads again, if that is not where it starts: a vehicle that is under way already.
    """

    id: VehicleId
    conveyance: Conveyance
    start: DepotId | None
    end: DepotId | None
    shift: TimeWindow
    capacity: Capacity
    provides: frozenset[str] = frozenset()
    costs: VehicleCosts = VehicleCosts()
    limits: VehicleLimits = VehicleLimits()
    max_trips: int = 1
    reload: Seconds = Seconds(0)
    breaks: tuple[Break, ...] = ()
    tickets: tuple[SailingId, ...] = ()
    reload_depot: DepotId | None = None

    def __post_init__(self) -> None:
        if self.max_trips < 1 or self.reload < 0:
            raise DomainError(f"vehicle {self.id}: at least one trip, and a reload time that is not negative")
        if self.start is None and self.max_trips > 1:
            raise DomainError(f"vehicle {self.id}: several trips need a start depot to load again at")
        if any(later.window.start < earlier.window.start for earlier, later in pairwise(self.breaks)):
            raise DomainError(f"vehicle {self.id}: breaks are out of order")
        if self.conveyance.deck_slots < 0:
            raise DomainError(f"vehicle {self.id}: deck_slots must not be negative")
        if any(limit is not None and limit < 0 for limit in self.capacity):
            raise DomainError(f"vehicle {self.id}: capacity must not be negative")

    @property
    def loads_at(self) -> DepotId | None:
        """The depot at which it loads for another trip."""
        return self.start if self.reload_depot is None else self.reload_depot

    @property
    def profile(self) -> Profile:
        """The profile of its road matrix."""
        return self.conveyance.profile

"""The answer: timed steps of every used vehicle, what is left out and why, and what it costs."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from router.domain.changes import ReplanReport
from router.domain.fleet import Load
from router.domain.ids import BreakId, LineId, PlaceId, PortId, SailingId, StopId, VehicleId
from router.domain.units import Instant, Meters, Money, Seconds


@dataclass(frozen=True, slots=True, kw_only=True)
class StartStep:
    """The vehicle leaves ``place`` with ``load`` on board: its start depot, or its first stop where it has none."""

    place: PlaceId
    departs_at: Instant
    load: Load


@dataclass(frozen=True, slots=True, kw_only=True)
class StopStep:
    """A stop is served. ``drive`` is the road from the step before; ``load`` and ``cash`` are on board afterwards."""

    stop_id: StopId
    drive: Seconds
    distance: Meters
    arrives_at: Instant
    starts_at: Instant
    departs_at: Instant
    load: Load
    cash: Money = Money(0.0)


@dataclass(frozen=True, slots=True, kw_only=True)
class FerryStep:
    """A sailing is taken. ``drive_*`` is the road to the port; ``arrives_at`` is at the port of departure."""

    line_id: LineId
    sailing_id: SailingId
    from_port: PortId
    to_port: PortId
    drive: Seconds
    distance: Meters
    arrives_at: Instant
    check_in_by: Instant
    departs_at: Instant
    docks_at: Instant
    rolls_off_at: Instant
    fare: Money


@dataclass(frozen=True, slots=True, kw_only=True)
class BreakStep:
    """The driver rests where the step before ended, or aboard the sailing of the ferry step before it."""

    break_id: BreakId
    starts_at: Instant
    ends_at: Instant
    aboard: SailingId | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ReloadStep:
    """The vehicle is back at its start depot and loads for another trip; ``load`` is on board when it leaves."""

    place: PlaceId
    drive: Seconds
    distance: Meters
    arrives_at: Instant
    starts_at: Instant
    departs_at: Instant
    load: Load


@dataclass(frozen=True, slots=True, kw_only=True)
class EndStep:
    """The vehicle is back at ``place``: its end depot, or its last stop where it has none."""

    place: PlaceId
    drive: Seconds
    distance: Meters
    arrives_at: Instant


Step = StartStep | StopStep | FerryStep | BreakStep | ReloadStep | EndStep


@dataclass(frozen=True, slots=True, kw_only=True)
class Route:
    """The day of one used vehicle. ``cost`` holds fixed, distance, time and fares."""

    vehicle_id: VehicleId
    steps: tuple[Step, ...]
    cost: Money
    distance: Meters
    duration: Seconds


class ReasonCode(StrEnum):
    """Why a stop is left out; the list is closed and stands in ``docs/errors.md``."""

    CAPACITY = "CAPACITY"
    SKILL = "SKILL"
    VEHICLE_NOT_ALLOWED = "VEHICLE_NOT_ALLOWED"
    TIME_WINDOW = "TIME_WINDOW"
    SHIFT = "SHIFT"
    MAX_DISTANCE = "MAX_DISTANCE"
    MAX_DURATION = "MAX_DURATION"
    MAX_STOPS = "MAX_STOPS"
    CASH_LIMIT = "CASH_LIMIT"
    NOT_READY = "NOT_READY"
    UNREACHABLE = "UNREACHABLE"
    FERRY_NO_SAILING = "FERRY_NO_SAILING"
    FERRY_CUTOFF_MISSED = "FERRY_CUTOFF_MISSED"
    FERRY_DECK_FULL = "FERRY_DECK_FULL"
    FERRY_CLASS_NOT_CARRIED = "FERRY_CLASS_NOT_CARRIED"
    FERRY_CANCELLED = "FERRY_CANCELLED"
    FLEET_FULL = "FLEET_FULL"
    PENALTY_CHEAPER = "PENALTY_CHEAPER"


@dataclass(frozen=True, slots=True, kw_only=True)
class Reason:
    """One reason, for the vehicles it holds for, with the numbers that show it."""

    code: ReasonCode
    vehicle_ids: tuple[VehicleId, ...]
    detail: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Unserved:
    """A stop left out; ``penalty`` is ``None`` for a required one."""

    stop_id: StopId
    penalty: Money | None
    reasons: tuple[Reason, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanCost:
    """The cost of a plan by its parts; ``unserved`` is the sum of penalties."""

    fixed: Money = Money(0.0)
    distance: Money = Money(0.0)
    time: Money = Money(0.0)
    fares: Money = Money(0.0)
    unserved: Money = Money(0.0)

    @property
    def total(self) -> Money:
        """The sum of all parts."""
        return Money(self.fixed + self.distance + self.time + self.fares + self.unserved)


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanTotals:
    """Counts and sums over all routes.

    ``ferry`` counts from casting off to rolling off. ``waiting`` is all time in which the vehicle neither
    drives, serves, sails nor breaks, check-in included, so that the five add up to ``duration``.
    """

    served: int = 0
    unserved: int = 0
    vehicles_used: int = 0
    distance: Meters = Meters(0)
    driving: Seconds = Seconds(0)
    service: Seconds = Seconds(0)
    waiting: Seconds = Seconds(0)
    ferry: Seconds = Seconds(0)
    breaks: Seconds = Seconds(0)
    duration: Seconds = Seconds(0)
    crossings: int = 0


class StoppedBy(StrEnum):
    """Why the search ended."""

    TIME_LIMIT = "time_limit"
    ITERATION_LIMIT = "iteration_limit"
    OPTIMAL = "optimal"
    CANCELLED = "cancelled"


@dataclass(frozen=True, slots=True, kw_only=True)
class SolverReport:
    """How the plan was found; with the same seed and iterations it is found again."""

    seed: int
    iterations: int
    stopped_by: StoppedBy
    engine: str
    version: str
    lower_bound: Money | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """A whole plan. ``solver`` is ``None`` for plans from elsewhere, ``replan`` for those that change no other."""

    routes: tuple[Route, ...]
    unserved: tuple[Unserved, ...]
    cost: PlanCost
    totals: PlanTotals
    solver: SolverReport | None = None
    replan: ReplanReport | None = None

    def crossings(self) -> Iterable[FerryStep]:
        """Yield every ferry step of every route."""
        return (step for route in self.routes for step in route.steps if isinstance(step, FerryStep))

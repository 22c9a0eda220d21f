"""Leave A at t: at B when, by which sailings? (interface; see ferries.py)"""

from dataclasses import dataclass

from router.domain.ferries import Sailing
from router.domain.fleet import Conveyance
from router.domain.ids import IslandId, PlaceId, PortId
from router.domain.problem import Problem
from router.domain.units import Instant, Meters, Money, Seconds
from router.travel.matrix import TravelMatrix


@dataclass(frozen=True, slots=True, kw_only=True)
class Crossing:
    """One way over the water: one to three sailings in a row, with the roads between their ports.

    Attributes:
        check_in_by: Latest instant at ``from_port``.
        rolls_off_at: On the road again at ``to_port``.
        fare: Sum over the sailings for the conveyance.
        meters: Road driven on the islands in between.
    """

    from_port: PortId
    to_port: PortId
    sailings: tuple[Sailing, ...]
    check_in_by: Instant
    rolls_off_at: Instant
    fare: Money
    meters: Meters


@dataclass(frozen=True, slots=True, kw_only=True)
class Journey:
    """A way from place to place.

    Attributes:
        departs_at: When it leaves the origin (for a latest departure: the latest such instant).
        arrives_at: When it is at the destination.
        crossing: The water crossed, or ``None`` for a drive.
        drive: Road seconds in all, to, between and from the ports.
        meters: Road metres in all.
    """

    departs_at: Instant
    arrives_at: Instant
    crossing: Crossing | None
    drive: Seconds
    meters: Meters


class Travel:
    def __init__(self, problem: Problem, matrix: TravelMatrix) -> None: ...

    matrix: TravelMatrix

    def crossings(
        self, conveyance: Conveyance, origin: IslandId, destination: IslandId
    ) -> tuple[Crossing, ...]: ...

    def earliest_arrival(
        self, conveyance: Conveyance, origin: PlaceId, destination: PlaceId, leave: Instant
    ) -> Journey | None: ...

    def latest_departure(
        self, conveyance: Conveyance, origin: PlaceId, destination: PlaceId, arrive_by: Instant
    ) -> Journey | None: ...

"""Leave A at t: at B when, by which sailings? And backwards: to be at B by t, leave A when?"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import accumulate, groupby

from router.domain.fleet import Conveyance
from router.domain.ids import IslandId, PlaceId, PortId, Profile
from router.domain.problem import Problem
from router.domain.units import Instant, Meters, Seconds
from router.travel.ferries import Crossing, FerryNetwork
from router.travel.matrix import Drive, TravelMatrix

__all__ = ["Crossing", "Journey", "Travel"]

NO_WAY_TO_GO = Drive(Seconds(0), Meters(0))


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
    """All ways of a problem, by road and by ferry.

    Places of one land mass are joined by road only, places of two only by crossings. What is asked for is
    worked out once and kept in the instance. Whether a deck has room left is not looked at here: a sailing
    is refused only where its deck could not take the vehicle even when empty.

    ``None`` as a place means anywhere, which is right where the other place is: nothing is driven.
    """

    def __init__(self, problem: Problem, matrix: TravelMatrix) -> None:
        """Join the timetable of ``problem`` with the roads of ``matrix``; no work is done yet."""
        self.problem = problem
        self.matrix = matrix
        self._masses: dict[Profile, dict[IslandId, IslandId]] = {}
        self._networks: dict[Conveyance, FerryNetwork] = {}
        self._straits: dict[tuple[Conveyance, IslandId, IslandId], _Strait] = {}

    def drive(self, profile: Profile, origin: PlaceId | None, destination: PlaceId | None) -> Drive | None:
        """Return the road, or ``None`` where no road joins the two places.

        Raises:
            KeyError: a place is unknown for this profile.
        """
        if origin is None or destination is None:
            return NO_WAY_TO_GO
        return self.matrix.drive(profile, origin, destination)

    def land_mass(self, profile: Profile, place: PlaceId) -> IslandId:
        """Return the road network that a place belongs to; raise ``KeyError`` for an unknown place."""
        masses = self._masses.get(profile)
        if masses is None:
            masses = self._masses[profile] = self.problem.land_masses(profile)
        return masses[self.problem.location(place).island]

    def crossings(
        self, conveyance: Conveyance, origin: IslandId, destination: IslandId
    ) -> tuple[Crossing, ...]:
        """Return all useful crossings from land mass to land mass, by from_port, to_port and check_in_by.

        The names are those of ``problem.land_masses(conveyance.profile)``. What useful means, and how far
        chains of sailings that may be full are followed, stands in ``ferries.py``.
        """
        return self._strait(conveyance, origin, destination).crossings

    def earliest_arrival(
        self, conveyance: Conveyance, origin: PlaceId | None, destination: PlaceId | None, leave: Instant
    ) -> Journey | None:
        """Return the journey that arrives first when leaving at ``leave``, or ``None`` where there is none.

        Leaving later never arrives earlier. Of equal arrivals the cheapest is returned, then the shortest.
        """
        if origin is None or destination is None or self._by_road(conveyance, origin, destination):
            road = self.drive(conveyance.profile, origin, destination)
            return None if road is None else _drive_only(road, leave)
        journeys = (
            _journey(leave, to_port, crossing, from_port)
            for channel, to_port, from_port in self._channels(conveyance, origin, destination)
            if (crossing := channel.earliest(Instant(leave + to_port.seconds))) is not None
        )
        return min(journeys, key=_arrival_then_price, default=None)

    def latest_departure(
        self, conveyance: Conveyance, origin: PlaceId | None, destination: PlaceId | None, arrive_by: Instant
    ) -> Journey | None:
        """Return the journey that leaves last and arrives by ``arrive_by``, or ``None`` where there is none.

        The inverse of ``earliest_arrival``: whoever leaves a second later arrives too late.
        """
        if origin is None or destination is None or self._by_road(conveyance, origin, destination):
            road = self.drive(conveyance.profile, origin, destination)
            return None if road is None else _drive_only(road, Instant(arrive_by - road.seconds))
        journeys = (
            _journey(Instant(crossing.check_in_by - to_port.seconds), to_port, crossing, from_port)
            for channel, to_port, from_port in self._channels(conveyance, origin, destination)
            if (crossing := channel.latest(Instant(arrive_by - from_port.seconds))) is not None
        )
        return min(journeys, key=lambda j: (-j.departs_at, *_arrival_then_price(j)), default=None)

    def _by_road(self, conveyance: Conveyance, origin: PlaceId, destination: PlaceId) -> bool:
        profile = conveyance.profile
        return self.land_mass(profile, origin) == self.land_mass(profile, destination)

    def _strait(self, conveyance: Conveyance, origin: IslandId, destination: IslandId) -> "_Strait":
        key = (conveyance, origin, destination)
        strait = self._straits.get(key)
        if strait is None:
            crossings = (
                () if origin == destination else self._network(conveyance).crossings(origin, destination)
            )
            strait = self._straits[key] = _Strait(crossings)
        return strait

    def _network(self, conveyance: Conveyance) -> FerryNetwork:
        network = self._networks.get(conveyance)
        if network is None:
            network = FerryNetwork(self.problem, self.matrix, conveyance)
            self._networks[conveyance] = network
        return network

    def _channels(
        self, conveyance: Conveyance, origin: PlaceId, destination: PlaceId
    ) -> Iterator[tuple["_Channel", Drive, Drive]]:
        """Yield the pairs of ports between two places, each with the road before and the road after."""
        profile = conveyance.profile
        masses = (self.land_mass(profile, origin), self.land_mass(profile, destination))
        for channel in self._strait(conveyance, *masses).channels:
            to_port = self.drive(profile, origin, channel.from_port)
            from_port = self.drive(profile, channel.to_port, destination)
            if to_port is not None and from_port is not None:
                yield channel, to_port, from_port


class _Strait:
    """The crossings between two land masses, for one conveyance, by pairs of ports."""

    __slots__ = ("channels", "crossings")

    def __init__(self, crossings: tuple[Crossing, ...]) -> None:
        """Index crossings that are sorted by from_port, to_port and check_in_by."""
        self.crossings = crossings
        pairs = groupby(crossings, key=lambda crossing: (crossing.from_port, crossing.to_port))
        self.channels = tuple(_Channel(*ports, tuple(group)) for ports, group in pairs)


class _Channel:
    """The crossings between two ports, ready to be searched from either end.

    ``_soonest_from[i]`` is the crossing that rolls off first among those that check in no earlier than the
    i-th by check-in; ``_last_until[i]`` the one that checks in last among the first i + 1 by roll-off.
    """

    __slots__ = ("_check_ins", "_last_until", "_roll_offs", "_soonest_from", "from_port", "to_port")

    def __init__(self, from_port: PortId, to_port: PortId, by_check_in: tuple[Crossing, ...]) -> None:
        """Index crossings that are sorted by check-in."""
        self.from_port, self.to_port = from_port, to_port
        self._check_ins = [crossing.check_in_by for crossing in by_check_in]
        self._soonest_from = list(accumulate(reversed(by_check_in), _sooner))[::-1]
        by_roll_off = sorted(by_check_in, key=lambda crossing: crossing.rolls_off_at)
        self._roll_offs = [crossing.rolls_off_at for crossing in by_roll_off]
        self._last_until = list(accumulate(by_roll_off, _later))

    def earliest(self, ready: Instant) -> Crossing | None:
        """Return the crossing that rolls off first, for a vehicle at the port from ``ready`` on."""
        index = bisect_left(self._check_ins, ready)
        return self._soonest_from[index] if index < len(self._soonest_from) else None

    def latest(self, roll_off_by: Instant) -> Crossing | None:
        """Return the crossing that checks in last of those that roll off by then."""
        index = bisect_right(self._roll_offs, roll_off_by)
        return self._last_until[index - 1] if index else None


def _sooner(a: Crossing, b: Crossing) -> Crossing:
    return min(a, b, key=lambda crossing: (crossing.rolls_off_at, crossing.fare, crossing.meters))


def _later(a: Crossing, b: Crossing) -> Crossing:
    return min(a, b, key=lambda c: (-c.check_in_by, c.rolls_off_at, c.fare, c.meters))


def _journey(departs_at: Instant, to_port: Drive, crossing: Crossing, from_port: Drive) -> Journey:
    return Journey(
        departs_at=departs_at,
        arrives_at=Instant(crossing.rolls_off_at + from_port.seconds),
        crossing=crossing,
        drive=Seconds(to_port.seconds + crossing.drive + from_port.seconds),
        meters=Meters(to_port.meters + crossing.meters + from_port.meters),
    )


def _drive_only(road: Drive, leave: Instant) -> Journey:
    return Journey(
        departs_at=leave,
        arrives_at=Instant(leave + road.seconds),
        crossing=None,
        drive=road.seconds,
        meters=road.meters,
    )


def _arrival_then_price(journey: Journey) -> tuple[float, ...]:
    fare = journey.crossing.fare if journey.crossing else 0.0
    return journey.arrives_at, fare, journey.meters

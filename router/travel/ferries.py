"""Ways over the water: which sailings, alone or in a row, are worth taking from one land mass to another."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import takewhile

from router.domain.ferries import Sailing
from router.domain.fleet import Conveyance
from router.domain.ids import IslandId, PortId, Profile, SailingId
from router.domain.problem import Problem
from router.domain.units import Instant, Meters, Money, Seconds
from router.travel.matrix import Drive, TravelMatrix
from router.travel.open_lines import OpenLine, open_line

LONGEST_CHAIN = 3
"""A crossing takes at most so many lines in a row."""

ALTERNATIVES = 4
"""A crossing is dropped when so many others are better in everything and share no contested sailing.

All of them would have to be full before it were needed.
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Crossing:
    """One way over the water: one to three sailings in a row, with the roads between their ports.

    Attributes:
        check_in_by: Latest instant at ``from_port``.
        rolls_off_at: On the road again at ``to_port``.
        fare: Sum over the sailings for the conveyance.
        drive: Road time on the islands in between.
        meters: Road driven on the islands in between.
    """

    from_port: PortId
    to_port: PortId
    sailings: tuple[Sailing, ...]
    check_in_by: Instant
    rolls_off_at: Instant
    fare: Money
    drive: Seconds
    meters: Meters


class FerryNetwork:
    """The lines that carry one conveyance, and the crossings that they make."""

    def __init__(self, problem: Problem, matrix: TravelMatrix, conveyance: Conveyance) -> None:
        """Keep of the timetable what carries ``conveyance``."""
        self._matrix = matrix
        self._profile: Profile = conveyance.profile
        self._lines_from: dict[IslandId, list[OpenLine]] = {}
        masses = problem.land_masses(conveyance.profile)
        for line in problem.timetable.lines:
            origin = masses[problem.location(line.from_port).island]
            destination = masses[problem.location(line.to_port).island]
            carrier = open_line(line, destination, conveyance, problem)
            if carrier is not None and origin != destination:
                self._lines_from.setdefault(origin, []).append(carrier)

    def crossings(self, origin: IslandId, destination: IslandId) -> tuple[Crossing, ...]:
        """Return all useful crossings between two land masses, by from_port, to_port and check_in_by.

        A crossing is useless where another between the same ports checks in no earlier, rolls off no
        later, costs no more, drives no farther and needs no contested sailing that the first does not.
        How far contested sailings are followed is bounded by ``ALTERNATIVES`` and ``CONTESTED_PER_TRANSFER``.
        """
        by_ports: dict[tuple[PortId, PortId], list[Crossing]] = {}
        contested: set[SailingId] = set()
        for relay in self._relays(_Relay((), (), frozenset()), origin, destination):
            ports = (relay.lines[0].from_port, relay.lines[-1].to_port)
            by_ports.setdefault(ports, []).extend(relay.crossings())
            contested.update(*(line.contested_ids for line in relay.lines))
        return tuple(
            crossing for ports in sorted(by_ports) for crossing in _useful(by_ports[ports], contested)
        )

    def _relays(self, so_far: "_Relay", here: IslandId, destination: IslandId) -> Iterator["_Relay"]:
        """Yield every row of lines that goes on from ``here`` and touches no land mass twice."""
        if here == destination:
            yield so_far
            return
        if len(so_far.lines) == LONGEST_CHAIN:
            return
        for line in self._lines_from.get(here, ()):
            road = self._road(so_far, line)
            if road is not None and line.destination not in so_far.left and line.destination != here:
                relay = _Relay((*so_far.lines, line), (*so_far.roads, road), so_far.left | {here})
                yield from self._relays(relay, line.destination, destination)

    def _road(self, so_far: "_Relay", line: OpenLine) -> Drive | None:
        if not so_far.lines:
            return Drive(Seconds(0), Meters(0))
        return self._matrix.drive(self._profile, so_far.lines[-1].to_port, line.from_port)


@dataclass(frozen=True, slots=True)
class _Relay:
    """Lines in a row. Fare and metres are the same whichever of their sailings are taken.

    Attributes:
        roads: ``roads[i]`` leads to the port of ``lines[i]``; the first is no road at all.
        left: The land masses left behind.
    """

    lines: tuple[OpenLine, ...]
    roads: tuple[Drive, ...]
    left: frozenset[IslandId]

    def crossings(self) -> Iterator[Crossing]:
        """Yield the crossings by these lines: for each sailing of the first, the onward ones worth taking."""
        fare = Money(sum(line.fare for line in self.lines))
        drive = Seconds(sum(road.seconds for road in self.roads))
        meters = Meters(sum(road.meters for road in self.roads))
        for first in (*self.lines[0].sure, *self.lines[0].contested):
            for sailings in self._onward((first,)):
                yield Crossing(
                    from_port=self.lines[0].from_port,
                    to_port=self.lines[-1].to_port,
                    sailings=sailings,
                    check_in_by=first.check_in_by,
                    rolls_off_at=sailings[-1].rolls_off_at,
                    fare=fare,
                    drive=drive,
                    meters=meters,
                )

    def _onward(self, taken: tuple[Sailing, ...]) -> Iterator[tuple[Sailing, ...]]:
        done = len(taken)
        if done == len(self.lines):
            yield taken
            return
        ready = Instant(taken[-1].rolls_off_at + self.roads[done].seconds)
        for sailing in self.lines[done].following(ready):
            yield from self._onward((*taken, sailing))


def _useful(crossings: Sequence[Crossing], contested: set[SailingId]) -> list[Crossing]:
    """Return, by check-in, the crossings between two ports that the others do not make useless.

    Met from the last check-in backwards, a crossing can only be outdone by one met before it that checks
    in before it rolls off. What outdid a crossing that was dropped also outdoes all that this one would have.
    """
    needs = {id(c): frozenset(s.id for s in c.sailings if s.id in contested) for c in crossings}

    def best_first(crossing: Crossing) -> tuple[float, ...]:
        price = (crossing.fare, crossing.meters, len(needs[id(crossing)]), len(crossing.sailings))
        return -crossing.check_in_by, crossing.rolls_off_at, *price

    useful: list[Crossing] = []
    for crossing in sorted(crossings, key=best_first):
        better = (needs[id(c)] for c in _met_under_way(useful, crossing) if _no_worse(c, crossing))
        if not _dispensable(needs[id(crossing)], better):
            useful.append(crossing)
    return useful[::-1]


def _met_under_way(met: Sequence[Crossing], crossing: Crossing) -> Iterator[Crossing]:
    return takewhile(lambda other: other.check_in_by < crossing.rolls_off_at, reversed(met))


def _no_worse(other: Crossing, crossing: Crossing) -> bool:
    """Return whether ``other``, which checks in no earlier, is as good in everything else too."""
    return (
        other.rolls_off_at <= crossing.rolls_off_at
        and other.fare <= crossing.fare
        and other.meters <= crossing.meters
    )


def _dispensable(needs: frozenset[SailingId], better: Iterable[frozenset[SailingId]]) -> bool:
    """Return whether a better crossing has room whenever this one has, or enough better ones are apart."""
    seen: set[SailingId] = set()
    apart = 0
    for others in better:
        if others <= needs:
            return True
        if seen.isdisjoint(others):
            seen |= others
            apart += 1
        if apart == ALTERNATIVES:
            return True
    return False

"""Ferries as nodes: a berth is a chance to board that one vehicle may take and every vehicle may leave.

The routing model cannot make travel depend on the time of departure. It can give a node instants at which
alone it may be visited: a berth is visited at the last instant of check-in, and the way on from it begins
where and when the ferry is rolled off. A chain of lines is a row of berths.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import groupby

from router.domain.ferries import Line, Sailing
from router.domain.fleet import Vehicle
from router.domain.ids import SailingId
from router.domain.problem import Problem
from router.domain.units import Seconds
from router.travel.travel import Travel

SPARE_BERTHS = 3
"""How many vehicles more than in the first plan may take the sailings of a line that has room for all."""


@dataclass(frozen=True, slots=True)
class Berth:
    """A chance to board.

    Attributes:
        line: The line boarded.
        sailings: Its sailings to choose from: one, or several that are under way for the same time.
        carriers: Indices of the vehicles that may take it.
        limited: Whether the fleet could overfill its one sailing.
    """

    line: Line
    sailings: tuple[Sailing, ...]
    carriers: tuple[int, ...]
    limited: bool

    @property
    def hold(self) -> Seconds:
        """From the last instant of check-in until the vehicle is on the road again."""
        return _hold(self.sailings[0])


def berths(problem: Problem, travel: Travel, boardings: Mapping[SailingId, int]) -> list[Berth]:
    """Return the berths of all sailings, enough of them for a plan that boards each sailing so often.

    A sailing whose deck the fleet could overfill has one berth for each vehicle that finds room on it. The
    others share berths, of which there are a few more than the plan takes: each is a node that the search
    has to look at.
    """
    found: list[Berth] = []
    for line in problem.timetable.lines:
        carriers = {
            number: vehicle.conveyance.deck_slots
            for number, vehicle in enumerate(problem.vehicles)
            if _carries(travel, line, vehicle)
        }
        found.extend(_of_line(line, carriers, boardings))
    return found


def _of_line(line: Line, carriers: Mapping[int, int], boardings: Mapping[SailingId, int]) -> Iterator[Berth]:
    """Yield the berths of a line for its carriers, given with the deck slots that each takes."""
    slots = carriers.values()
    roomy = []
    for sailing in line.sailings:
        if sailing.cancelled:
            continue
        if sailing.deck_slots is None or sailing.deck_slots >= sum(slots):
            roomy.append(sailing)
        else:
            fitting = tuple(number for number, size in carriers.items() if size <= sailing.deck_slots)
            for _ in range(_most_aboard(sailing.deck_slots, slots)):
                yield Berth(line, (sailing,), fitting, limited=True)
    for _, alike in groupby(sorted(roomy, key=_hold), key=_hold):
        sailings = tuple(alike)
        taken = sum(boardings.get(sailing.id, 0) for sailing in sailings)
        for _ in range(max(taken, min(len(carriers), taken + SPARE_BERTHS))):
            yield Berth(line, sailings, tuple(carriers), limited=False)


def _carries(travel: Travel, line: Line, vehicle: Vehicle) -> bool:
    """Return whether a line takes a vehicle from one of its land masses to another."""
    ends = (travel.land_mass(vehicle.profile, port) for port in (line.from_port, line.to_port))
    return len(set(ends)) == 2 and line.fare(vehicle.conveyance.ferry_class) is not None


def _most_aboard(room: int, slots: Iterable[int]) -> int:
    """Return how many of the vehicles fit on a deck at most."""
    aboard = 0
    for size in sorted(slots):
        room -= size
        if room < 0:
            break
        aboard += 1
    return aboard


def _hold(sailing: Sailing) -> Seconds:
    return Seconds(sailing.rolls_off_at - sailing.check_in_by)

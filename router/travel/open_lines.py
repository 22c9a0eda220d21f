"""A ferry line as one conveyance sees it: what it pays, and which sailings it may and should take."""

from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass, field

from router.domain.ferries import Line, Sailing
from router.domain.fleet import Conveyance
from router.domain.ids import IslandId, PortId, SailingId
from router.domain.problem import Problem
from router.domain.units import Instant, Money

CONTESTED_PER_TRANSFER = 2
"""At a transfer, so many contested sailings of one line are followed: those that roll off first.

A chain is lost by it only when every one of these is full, and even then only if its vehicle waits at the
transfer while a later sailing of the line before comes in: otherwise it is found with that sailing.
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenLine:
    """A line that carries the conveyance, without the sailings that do not or that a surer one overtakes.

    A sailing is *contested* where its deck is too small for the whole fleet: it may turn out full, so
    it makes no other sailing useless. A deck that takes the whole fleet at once is as good as unlimited.

    Attributes:
        destination: The land mass that it leads to.
        fare: What the conveyance pays.
        sure: Sailings that are not contested; a later one checks in later and rolls off later.
        contested: The other ones, by roll-off.
        contested_ids: Their ids.
    """

    from_port: PortId
    to_port: PortId
    destination: IslandId
    fare: Money
    sure: tuple[Sailing, ...]
    contested: tuple[Sailing, ...]
    contested_ids: frozenset[SailingId] = field(init=False)
    _sure_check_ins: tuple[Instant, ...] = field(init=False, repr=False)
    _contested_roll_offs: tuple[Instant, ...] = field(init=False, repr=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "contested_ids", frozenset(s.id for s in self.contested))
        object.__setattr__(self, "_sure_check_ins", tuple(s.check_in_by for s in self.sure))
        object.__setattr__(self, "_contested_roll_offs", tuple(s.rolls_off_at for s in self.contested))

    def following(self, ready: Instant) -> Iterator[Sailing]:
        """Yield the sailings worth taking by a vehicle that is at the port from ``ready`` on.

        That is the first that is sure to have room, and the few that roll off before it if they have.
        """
        index = bisect_left(self._sure_check_ins, ready)
        first_sure = self.sure[index] if index < len(self.sure) else None
        found = 0
        for sailing in self.contested[bisect_left(self._contested_roll_offs, ready) :]:
            overtaken = first_sure is not None and sailing.rolls_off_at >= first_sure.rolls_off_at
            if overtaken or found == CONTESTED_PER_TRANSFER:
                break
            if sailing.check_in_by >= ready:
                found += 1
                yield sailing
        if first_sure is not None:
            yield first_sure


def open_line(line: Line, destination: IslandId, conveyance: Conveyance, problem: Problem) -> OpenLine | None:
    """Return the line as the conveyance sees it, or ``None`` where it never carries it.

    Sailings that a ticket bars stand on no list: to this conveyance they are as good as cancelled.
    Sailings that lie in no shift of the fleet are left out: a stored timetable may reach over weeks.
    """
    fare = line.fare(conveyance.ferry_class)
    if fare is None or not problem.vehicles:
        return None
    first, last = min(v.shift.start for v in problem.vehicles), max(v.shift.end for v in problem.vehicles)
    usable = [
        sailing
        for sailing in line.sailings
        if _carries(sailing, conveyance) and first <= sailing.check_in_by and sailing.rolls_off_at <= last
    ]
    if not usable:
        return None
    sure, contested = _not_overtaken(usable, sum(v.conveyance.deck_slots for v in problem.vehicles))
    return OpenLine(
        from_port=line.from_port,
        to_port=line.to_port,
        destination=destination,
        fare=fare,
        sure=sure,
        contested=contested,
    )


def _carries(sailing: Sailing, conveyance: Conveyance) -> bool:
    roomy = sailing.deck_slots is None or sailing.deck_slots >= conveyance.deck_slots
    return roomy and not sailing.cancelled and sailing.id not in conveyance.barred


def _not_overtaken(
    sailings: list[Sailing], fleet_slots: int
) -> tuple[tuple[Sailing, ...], tuple[Sailing, ...]]:
    """Part the sailings into sure and contested ones, without those that a sure one overtakes.

    To overtake is to check in no earlier and to roll off no later. ``fleet_slots`` is the room that all
    vehicles take together.
    """
    sure: list[Sailing] = []
    contested: list[Sailing] = []

    def is_contested(sailing: Sailing) -> bool:
        return sailing.deck_slots is not None and sailing.deck_slots < fleet_slots

    for sailing in sorted(sailings, key=lambda s: (-s.check_in_by, s.rolls_off_at, is_contested(s))):
        if not sure or sailing.rolls_off_at < sure[-1].rolls_off_at:
            (contested if is_contested(sailing) else sure).append(sailing)
    return tuple(sure[::-1]), tuple(sorted(contested, key=lambda s: s.rolls_off_at))

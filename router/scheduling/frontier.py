"""All useful ways through a route, from task to task, for every set of breaks taken so far."""

from collections.abc import Iterable, Iterator
from typing import TypeAlias

from router.domain.ferries import Sailing
from router.domain.fleet import Break
from router.domain.units import Instant, Seconds
from router.scheduling.itinerary import Itinerary, Task
from router.scheduling.rests import Rest, Rested, due_before
from router.scheduling.ways import Way, worthwhile

Frontier: TypeAlias = dict[int, list[Way]]
"""The useful ways, by the set of breaks taken: bit ``i`` of the key stands for ``itinerary.breaks[i]``."""


def frontier(itinerary: Itinerary) -> Frontier:
    """Return the ways on which the vehicle can be back; empty where there is none.

    Being ready earlier never hurts, since it may wait anywhere. So of the ways with the same breaks taken, only
    those matter that are ready first for some departure, and the work grows with the tasks, not with the
    placements of the breaks.
    """
    if not itinerary.departures:
        return {}
    first, last = itinerary.departures[0].start, itinerary.departures[-1].end
    ways: Frontier = {0: [Way(first, first, last)]}
    if itinerary.breaks:
        for index in range(len(itinerary.tasks)):
            ways = _rested_and_done(itinerary, ways, index)
    else:
        for task in itinerary.tasks:
            ways = _done(ways, task, first, task.drive)
    return ways


def _rested_and_done(itinerary: Itinerary, ways: Frontier, index: int) -> Frontier:
    """Return the ways on from a task, with all the rests that may be taken around it."""
    task = itinerary.tasks[index]
    ways = _with_rests(itinerary, ways, index, Rested.BEFORE_THE_ROAD)
    ways = {taken: [way.after(task.drive) for way in some] for taken, some in ways.items()}
    ways = _with_rests(itinerary, ways, index, Rested.ON_ARRIVAL)
    ways = _done(ways, task, itinerary.departures[0].start)
    if task.sailing is not None:
        ways = _with_rests_aboard(itinerary, ways, index, task.sailing)
    return _without_missed_breaks(itinerary, ways)


def _done(ways: Frontier, task: Task, first: Instant, drive: Seconds = Seconds(0)) -> Frontier:
    """Return the ways on from a task after a drive, for departures from ``first`` on."""
    done: Frontier = {}
    for taken, some in ways.items():
        found: list[Way] = []
        for before in some:
            for window in task.windows:
                way = before.through(window, drive=drive, stay=task.stay)
                if way is None or way.latest < first:
                    continue
                found.append(way if task.leaves_from is None else way.not_before(task.leaves_from))
                if way.latest == before.latest:
                    break  # whenever it departs it is in time here, so that a later window is never earlier
        if found:
            grown = len(found) > len(some) or (task.leaves_from is not None and len(found) > 1)
            done[taken] = worthwhile(found, first) if grown else found
    return done


def _with_rests(itinerary: Itinerary, ways: Frontier, index: int, where: Rested) -> Frontier:
    """Return the ways with and without any breaks taken here, in any order.

    A break more makes a larger key, so that going up through the keys leads to every order.
    """
    first = itinerary.departures[0].start
    rested = dict(ways)
    for taken in range(1 << len(itinerary.breaks)):
        for bit, pause in _still_to_take(itinerary.breaks, taken) if taken in rested else ():
            found = [
                way._replace(rests=Rest(pause, index, where, way.rests))
                for before in rested[taken]
                if not _gets_farther(itinerary, before, index, where, pause.window.start)
                and (way := before.through(pause.window, drive=Seconds(0), stay=pause.duration)) is not None
            ]
            if found:
                rested[taken | bit] = worthwhile([*rested.get(taken | bit, ()), *found], first)
    return rested


def _gets_farther(itinerary: Itinerary, way: Way, index: int, where: Rested, opens: Instant) -> bool:
    """Return whether a break that ``opens`` then can wait: on every departure the next place to rest is reached.

    Whoever rests there instead is as soon ready, and farther.
    """
    task = itinerary.tasks[index]
    last = way.ready_when_leaving(way.latest)
    if where is Rested.BEFORE_THE_ROAD:
        return last + task.drive <= opens
    if index == len(itinerary.tasks) - 1 or last > opens:
        return False
    window = next((window for window in task.windows if window.end >= way.ready), None)
    return window is not None and last <= window.end and task.free_at(max(last, window.start)) <= opens


def _with_rests_aboard(itinerary: Itinerary, ways: Frontier, index: int, sailing: Sailing) -> Frontier:
    """Return the ways with and without any breaks taken between casting off and docking."""

    def resting(way: Way, taken: int, clock: Instant) -> Iterator[tuple[int, Way]]:
        yield taken, way
        for bit, pause in _still_to_take(itinerary.breaks, taken):
            begins = max(clock, pause.window.start)
            ends = Instant(begins + pause.duration)
            if begins <= pause.window.end and ends <= sailing.docks_at:
                rest = Rest(pause, index, Rested.ABOARD, way.rests)
                yield from resting(way._replace(rests=rest), taken | bit, ends)

    rested: Frontier = {}
    for taken, some in ways.items():
        for way in some:
            for now_taken, rested_way in resting(way, taken, sailing.departs):
                rested.setdefault(now_taken, []).append(rested_way)
    first = itinerary.departures[0].start
    return {taken: worthwhile(some, first) for taken, some in rested.items()}


def _without_missed_breaks(itinerary: Itinerary, ways: Frontier) -> Frontier:
    """Leave out the ways that are ready too late for a break which every departure of theirs makes due."""
    kept: Frontier = {}
    for taken, some in ways.items():
        missing = [pause for _, pause in _still_to_take(itinerary.breaks, taken)]
        on_time = [way for way in some if not any(_misses(way, pause) for pause in missing)]
        if on_time:
            kept[taken] = on_time
    return kept


def _misses(way: Way, pause: Break) -> bool:
    return way.ready > pause.window.end and way.latest < due_before(pause)


def _still_to_take(breaks: Iterable[Break], taken: int) -> Iterator[tuple[int, Break]]:
    for place, pause in enumerate(breaks):
        if not taken >> place & 1:
            yield 1 << place, pause

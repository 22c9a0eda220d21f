"""Breaks: taken where they are due, on land between two steps or wholly aboard."""

from collections.abc import Iterator
from itertools import combinations, pairwise

from ortools.sat.python import cp_model

from router.domain.fleet import Break
from router.solver.exact.model import Driver, Linear, Literal, Model, begins, leaves
from router.travel.travel import Crossing

Activity = tuple[Linear, Linear, Literal]
"""When something begins and ends during which nobody rests, and whether it is done at all."""


def take_breaks(model: Model) -> None:
    """Let drivers take each break that is due, while they neither drive, serve, load nor board."""
    for driver in model.fleet:
        pauses = [(pause, *_pause(model, driver, pause)) for pause in driver.vehicle.breaks]
        if not pauses:
            continue
        activities = list(_activities(model, driver))
        drives = _drives(model, driver)
        for pause, begin, taken in pauses:
            for activity in activities:
                _apart(model, begin, pause, taken, activity)
            for node, sets_off in drives.items():
                _apart_from_drive(model, driver, (begin, pause, taken), node, sets_off)
        for (one, begin, taken), (other, other_begin, other_taken) in combinations(pauses, 2):
            _apart(model, begin, one, taken, (other_begin, other_begin + other.duration, other_taken))


def _pause(model: Model, driver: Driver, pause: Break) -> tuple[cp_model.IntVar, Literal]:
    """Return when a break begins and whether it is taken, which it is where it is due."""
    cp, window = model.cp, pause.window
    opens, closes = window.start - model.origin, window.end - model.origin
    begin, taken = cp.new_int_var(opens, closes, ""), cp.new_bool_var("")
    late, early = cp.new_bool_var(""), cp.new_bool_var("")
    cp.add(driver.leaves >= opens + pause.duration).only_enforce_if(late)
    cp.add(driver.returns <= closes).only_enforce_if(early)
    cp.add_bool_or(taken, late, early, driver.used.negated())
    cp.add_implication(taken, driver.used)
    cp.add(begin >= driver.leaves).only_enforce_if(taken)
    cp.add(begin + pause.duration <= driver.returns).only_enforce_if(taken)
    return begin, taken


def _activities(model: Model, driver: Driver) -> Iterator[Activity]:
    for node in driver.network.stops:
        yield begins(model, driver, node), leaves(model, driver, node), driver.visits[node]
    for node in driver.network.reloads:
        loads = begins(model, driver, node)
        yield loads, loads + driver.vehicle.reload, driver.visits[node]
    for node, crossing in driver.network.crossings.items():
        for sailing in crossing.sailings:
            boards, departs = sailing.check_in_by - model.origin, sailing.departs - model.origin
            docks, rolls_off = sailing.docks_at - model.origin, sailing.rolls_off_at - model.origin
            yield boards, departs, driver.visits[node]
            yield docks, rolls_off, driver.visits[node]
        yield from _between_sailings(model, driver, node, crossing)


def _between_sailings(model: Model, driver: Driver, node: int, crossing: Crossing) -> Iterator[Activity]:
    """Yield the roads between the sailings of a chain, driven at any time in between."""
    roads = driver.network.transfers[node]
    for (before, after), road in zip(pairwise(crossing.sailings), roads, strict=True):
        rolls_off, boards = before.rolls_off_at - model.origin, after.check_in_by - model.origin
        sets_off = model.cp.new_int_var(rolls_off, boards - road, "")
        yield sets_off, sets_off + road, driver.visits[node]


def _drives(model: Model, driver: Driver) -> dict[int, cp_model.IntVar]:
    """Return for each node the instant when the vehicle sets off from it."""
    reach = driver.network.reach
    sets_off = {
        node: model.cp.new_int_var(reach.leaves - model.origin, reach.returns - model.origin, "")
        for node in driver.visits
    }
    for node, instant in sets_off.items():
        model.cp.add(instant >= leaves(model, driver, node)).only_enforce_if(driver.visits[node])
    for arc, taken in driver.takes.items():
        arrival = sets_off[arc.tail] + arc.seconds
        model.cp.add(begins(model, driver, arc.head) >= arrival).only_enforce_if(taken)
    return sets_off


def _apart(model: Model, begin: cp_model.IntVar, pause: Break, taken: Literal, activity: Activity) -> None:
    starts, ends, done = activity
    before = model.cp.new_bool_var("")
    model.cp.add(begin + pause.duration <= starts).only_enforce_if([taken, done, before])
    model.cp.add(begin >= ends).only_enforce_if([taken, done, before.negated()])


def _apart_from_drive(
    model: Model,
    driver: Driver,
    rest: tuple[cp_model.IntVar, Break, Literal],
    node: int,
    sets_off: cp_model.IntVar,
) -> None:
    begin, pause, taken = rest
    before = model.cp.new_bool_var("")
    present = [taken, driver.visits[node]]
    model.cp.add(begin + pause.duration <= sets_off).only_enforce_if([*present, before])
    for arc, driven in driver.takes.items():
        if arc.tail == node:
            arrival = sets_off + arc.seconds
            model.cp.add(begin >= arrival).only_enforce_if([*present, driven, before.negated()])

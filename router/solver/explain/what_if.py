"""The same travel under other conditions: nothing cancelled, decks without limit, every class carried."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import cached_property
from math import inf

from router.domain.ferries import Line, Sailing
from router.domain.fleet import Conveyance
from router.domain.places import TimeWindow
from router.domain.plan import ReasonCode
from router.domain.problem import Problem
from router.travel.travel import Travel


class WhatIf:
    """Travel as it would be if one thing about the ferries were otherwise. Each is made when first needed."""

    def __init__(self, problem: Problem, travel: Travel) -> None:
        """Keep what is; nothing is changed in it."""
        self._problem, self._travel = problem, travel

    def one_by_one(self, conveyance: Conveyance) -> Iterator[tuple[ReasonCode, Travel]]:
        """Yield each single change that could help a conveyance, as the reason that it would take away."""
        timetable, ferry_class = self._problem.timetable, conveyance.ferry_class
        if self._any_cancelled:
            yield ReasonCode.FERRY_CANCELLED, self.nothing_cancelled
        if self._smallest_deck < conveyance.deck_slots:
            yield ReasonCode.FERRY_DECK_FULL, self.decks_without_limit
        if any(line.fare(ferry_class) is None for line in timetable.lines):
            yield ReasonCode.FERRY_CLASS_NOT_CARRIED, self.every_class_carried

    @cached_property
    def _any_cancelled(self) -> bool:
        return any(sailing.cancelled for sailing in self._problem.timetable.sailings())

    @cached_property
    def _smallest_deck(self) -> float:
        decks = (sailing.deck_slots for sailing in self._problem.timetable.sailings())
        return min((deck for deck in decks if deck is not None), default=inf)

    @cached_property
    def nothing_cancelled(self) -> Travel:
        """All cancelled sailings sail."""
        return self._with(_sailings_with(cancelled=False))

    @cached_property
    def decks_without_limit(self) -> Travel:
        """All decks hold any number of vehicles."""
        return self._with(_sailings_with(deck_slots=None))

    @cached_property
    def every_class_carried(self) -> Travel:
        """All lines carry every vehicle."""
        return self._with(lambda line: replace(line, fares=None))

    @cached_property
    def at_any_time(self) -> Travel:
        """The sailings outside all shifts, which travel leaves out, are looked at too."""
        return Travel(self._around_the_clock, self._travel.matrix)

    @cached_property
    def everything(self) -> Travel:
        """All of these at once."""
        change = _sailings_with(cancelled=False, deck_slots=None)
        return self._with(lambda line: replace(change(line), fares=None), self._around_the_clock)

    @cached_property
    def _around_the_clock(self) -> Problem:
        sailings = list(self._problem.timetable.sailings())
        if not sailings:
            return self._problem
        always = TimeWindow(min(s.check_in_by for s in sailings), max(s.rolls_off_at for s in sailings))
        fleet = (replace(vehicle, shift=always) for vehicle in self._problem.vehicles)
        return replace(self._problem, vehicles=tuple(fleet))

    def _with(self, change: Callable[[Line], Line], problem: Problem | None = None) -> Travel:
        timetable = self._problem.timetable
        changed = replace(timetable, lines=tuple(change(line) for line in timetable.lines))
        return Travel(replace(problem or self._problem, timetable=changed), self._travel.matrix)


def _sailings_with(**changes: object) -> Callable[[Line], Line]:
    def sailing_with(sailing: Sailing) -> Sailing:
        return replace(sailing, **changes)  # type: ignore[arg-type]

    return lambda line: replace(line, sailings=tuple(sailing_with(sailing) for sailing in line.sailings))

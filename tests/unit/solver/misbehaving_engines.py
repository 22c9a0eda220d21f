"""Engines that do what no engine should; each is run in a real child process."""

import itertools
import os
import re
from collections.abc import Callable
from pathlib import Path
from typing import NoReturn

from router.domain.ids import StopId, VehicleId
from router.domain.plan import StoppedBy
from router.domain.problem import Problem
from router.domain.proposal import Proposal, RouteProposal, Visit
from router.domain.search import Budget, Incumbent, Outcome
from router.domain.units import Money
from router.travel.travel import Travel

Tell = Callable[[Incumbent], None]
MustStop = Callable[[], bool]


def incumbent(number: int) -> Incumbent:
    """Return the incumbent that these engines tell of."""
    route = RouteProposal(vehicle_id=VehicleId("v"), actions=(Visit(StopId("s")),))
    return Incumbent(
        proposal=Proposal(routes=(route,)),
        cost=Money(1000.0 - number),
        served=1,
        iterations=number,
        elapsed_seconds=0.0,
    )


def polite(_p: Problem, _t: Travel, _b: Budget, tell: Tell, must_stop: MustStop) -> Outcome:
    """Improve all the time and stop when told."""
    for number in itertools.count():
        tell(incumbent(number))
        if must_stop():
            return Outcome(
                proposal=incumbent(number).proposal,
                iterations=number,
                stopped_by=StoppedBy.CANCELLED,
                engine="polite",
            )
    raise AssertionError


def prompt(_p: Problem, _t: Travel, budget: Budget, _tell: Tell, _m: MustStop) -> Outcome:
    """Answer at once; the iterations are the milliseconds of the budget."""
    return Outcome(
        proposal=Proposal(),
        iterations=round(budget.time_limit * 1000),
        stopped_by=StoppedBy.OPTIMAL,
        engine="prompt",
    )


def quiet_after_one(_p: Problem, _t: Travel, _b: Budget, tell: Tell, must_stop: MustStop) -> Outcome:
    """Tell of two incumbents in one second, then only look at the stop flag."""
    tell(incumbent(1))
    tell(incumbent(2))
    while not must_stop():
        pass
    return Outcome(proposal=Proposal(), iterations=2, stopped_by=StoppedBy.CANCELLED, engine="quiet")


def deaf(_p: Problem, _t: Travel, _b: Budget, tell: Tell, _m: MustStop) -> NoReturn:
    """Tell of one plan, then never look at the stop flag again."""
    tell(incumbent(7))
    while True:
        pass


def holds_the_interpreter_lock(_p: Problem, _t: Travel, _b: Budget, tell: Tell, _m: MustStop) -> NoReturn:
    """Never let go of the interpreter lock: a regular expression that takes for ever runs in one C call."""
    tell(incumbent(7))
    re.match(r"(a+)+$", "a" * 64 + "b")
    raise AssertionError


def finds_nothing(_p: Problem, _t: Travel, _b: Budget, _tell: Tell, _m: MustStop) -> NoReturn:
    """Run for ever with nothing to show."""
    while True:
        pass


def allocates(_p: Problem, _t: Travel, _b: Budget, tell: Tell, _m: MustStop) -> NoReturn:
    """Allocate, and touch, without end."""
    tell(incumbent(7))
    hoard = []
    while True:
        hoard.append(bytearray(os.urandom(1)) * (16 << 20))


def aborts(_p: Problem, _t: Travel, _b: Budget, _tell: Tell, _m: MustStop) -> NoReturn:
    """Abort, as native code does when its allocation fails."""
    os.abort()


def raises(_p: Problem, _t: Travel, _b: Budget, _tell: Tell, _m: MustStop) -> NoReturn:
    """Raise what nobody expects."""
    raise ZeroDivisionError("a slip in the engine")


def leaves(_p: Problem, _t: Travel, _b: Budget, _tell: Tell, _m: MustStop) -> NoReturn:
    """Exit behind everybody's back."""
    os._exit(3)


def writes_its_pid_then_spins(problem: Problem, _t: Travel, _b: Budget, tell: Tell, _m: MustStop) -> NoReturn:
    """Leave the process id in the file that the problem is named for, then hold the interpreter lock."""
    Path(problem.name).write_text(str(os.getpid()), encoding="ascii")
    tell(incumbent(7))
    re.match(r"(a+)+$", "a" * 64 + "b")
    raise AssertionError

"""What a worker observes arrives in the other process, whole and in order."""

import asyncio
import os
from collections.abc import Callable
from typing import cast

from router.domain.plan import Plan, PlanCost, PlanTotals
from router.domain.records import SolveSummary
from router.ports import Observer
from router.worker.reports import ReportingObserver, pass_on

SOLVE = SolveSummary(plan_id="P1", outcome="succeeded", engine="search", seconds=1.5, iterations=100)
EMPTY = Plan(routes=(), unserved=(), cost=PlanCost(), totals=PlanTotals())


class Diary:
    """An observer that writes down what it is told."""

    def __init__(self) -> None:
        """Begin empty."""
        self.lines: list[tuple[object, ...]] = []

    def __getattr__(self, told: str) -> Callable[..., None]:
        """Write down the name of what was told, and what was said."""
        return lambda *said: self.lines.append((told, *said))


async def test_everything_that_is_observed_is_passed_on() -> None:
    """And where the worker ends, so do its solvers."""
    receiving, sending = os.pipe()
    reader, diary = asyncio.StreamReader(), Diary()
    with os.fdopen(receiving, "rb") as pipe:
        loop = asyncio.get_running_loop()
        await loop.connect_read_pipe(lambda: asyncio.StreamReaderProtocol(reader), pipe)
        worker = ReportingObserver(sending)
        worker.plan_accepted(3)
        worker.solve_ended(SOLVE)
        worker.plan_finished(EMPTY, 2)
        worker.check_failed(["capacity"])
        os.close(sending)
        await pass_on(reader, cast("Observer", diary))
    assert diary.lines == [
        ("plan_accepted", 3),
        ("solve_ended", SOLVE),
        ("plan_finished", EMPTY, 2),
        ("check_failed", ("capacity",)),
        ("solvers_seen", 0, 0.0, ()),
    ]


def test_a_worker_whose_listener_is_gone_goes_on() -> None:
    receiving, sending = os.pipe()
    os.close(receiving)
    ReportingObserver(sending).plan_accepted(1)
    os.close(sending)

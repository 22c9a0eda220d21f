"""Solving in the foreground: progress while it runs, the routes at the end."""

import contextlib
import signal
import threading
from collections.abc import Iterator
from pathlib import Path

from rich.console import Console

from router.cli.progress import Progress, shown_progress
from router.cli.tables import print_plan
from router.service.plan_routes import PlanOutcome, plan_routes
from router.service.workshop import Workshop
from router.wire.response import plan_bytes


def solve_and_show(request: bytes, workshop: Workshop, output: Path | None) -> None:
    """Solve a request, show the search and the plan, and write the plan where that is wanted."""
    with shown_progress(Console(stderr=True)) as progress:
        outcome = _solve(request, workshop, progress)
    if output is not None:
        output.write_bytes(plan_bytes(outcome.plan, outcome.problem) + b"\n")
    console = Console()
    for warning in (*outcome.warnings, *outcome.road_warnings):
        console.print(f"{warning.pointer}: {warning.detail}", markup=False, highlight=False)
    print_plan(console, outcome.plan, outcome.problem)


def _solve(request: bytes, workshop: Workshop, progress: Progress) -> PlanOutcome:
    with _ctrl_c() as pressed:

        def must_stop() -> bool:
            progress.tick()
            return pressed.is_set()

        return plan_routes(request, workshop, progress.offer, must_stop)


@contextlib.contextmanager
def _ctrl_c() -> Iterator[threading.Event]:
    """Give an event that Ctrl-C sets: it stops the search and keeps its best. A second Ctrl-C ends it all."""
    pressed = threading.Event()

    def press(_signal: int, _frame: object) -> None:
        if pressed.is_set():
            raise KeyboardInterrupt
        pressed.set()

    before = signal.signal(signal.SIGINT, press)
    try:
        yield pressed
    finally:
        signal.signal(signal.SIGINT, before)

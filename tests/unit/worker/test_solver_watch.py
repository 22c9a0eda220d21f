"""What solver processes use is seen from outside, while they live and after."""

import multiprocessing
import sys
from collections.abc import Sequence
from multiprocessing.synchronize import Event
from typing import cast

import pytest

from router.ports import Observer
from router.worker.solver_watch import SolverWatch

pytestmark = pytest.mark.skipif(
    sys.platform != "linux", reason="only Linux tells of other processes in /proc"
)

MIB = 1 << 20
HAD = 150 * MIB
WORKED_SECONDS = 0.3


class Sums:
    """An observer that adds up."""

    def __init__(self) -> None:
        """Begin with nothing."""
        self.alive, self.cpu_seconds, self.peaks = 0, 0.0, list[int]()

    def solvers_seen(self, alive: int, cpu_seconds: float, peaks: Sequence[int]) -> None:
        """Take it in."""
        self.alive = alive
        self.cpu_seconds += cpu_seconds
        self.peaks += peaks


def work_hard(done: Event, may_go: Event) -> None:
    """Take memory and time, then wait to be seen."""
    import time  # noqa: PLC0415  (it runs in a process of its own)

    taken = bytearray(HAD)
    taken[::4096] = b"x" * len(taken[::4096])
    while time.process_time() < WORKED_SECONDS:
        pass
    done.set()
    may_go.wait()


def test_processor_time_and_memory_of_a_solver_are_seen_and_counted_once() -> None:
    context = multiprocessing.get_context("forkserver")
    done, may_go = context.Event(), context.Event()
    sums = Sums()
    watch = SolverWatch(cast("Observer", sums))
    watch.look()
    before = sums.cpu_seconds
    process = context.Process(target=work_hard, args=(done, may_go))
    process.start()
    assert done.wait(60)
    watch.look()
    assert sums.alive == 1
    while_alive = sums.cpu_seconds - before
    assert while_alive >= WORKED_SECONDS - 0.02
    may_go.set()
    process.join()
    watch.look()
    assert sums.alive == 0
    assert sums.cpu_seconds - before == pytest.approx(while_alive, abs=0.1)
    assert [peak >= HAD for peak in sums.peaks] == [True]

"""Reading request bodies beside the event loop: short ones in a thread, long ones in a process.

Validating holds the interpreter lock from the first byte to the last. For a body of 10 MB that can be seconds,
in which nobody else would be answered.
"""

import asyncio
import gc
import multiprocessing
from collections.abc import Callable
from concurrent.futures import Executor, ProcessPoolExecutor, ThreadPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextvars import ContextVar
from types import TracebackType
from typing import Self, TypeVar

from router.errors import Overloaded
from router.service.workshop import Workshop
from router.solver.leash import leave_with_parent

LONG_BODY_BYTES = 256 * 1024
THREADS = 2
PROCESSES = 1
"""Few of each: every body that is being read may need much memory."""

OBJECTS_BETWEEN_COLLECTIONS = 1_000_000

Read = TypeVar("Read")

_WORKSHOP: ContextVar[Workshop] = ContextVar("workshop of a reading process")


class Intake:
    """Runs a function of a body and a workshop, and returns or raises what it does; use it as ``with``."""

    def __init__(self, workshop: Workshop, *, at_the_ready: bool = True) -> None:
        """Take the workshop that the functions work with; ``at_the_ready`` says whether long bodies are likely."""
        self._workshop = workshop
        self._at_the_ready = at_the_ready
        self._threads = ThreadPoolExecutor(THREADS, thread_name_prefix="intake")
        self._processes = self._new_processes()

    def __enter__(self) -> Self:
        """Start the process beside, so that the first long body does not wait for it."""
        if self._at_the_ready:
            self._processes.submit(_nothing)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Give up what has not been begun and end."""
        for executor in (self._threads, self._processes):
            executor.shutdown(cancel_futures=True)

    async def read(
        self, body: bytes, reader: Callable[[bytes, Workshop], Read], *, beside: bool = False
    ) -> Read:
        """Return what ``reader`` makes of the body; it must be a function of a module, or a partial of one.

        ``beside`` takes even a short body to the process: what it unpacks to may be long.

        Raises:
            Overloaded: the process that read it has died, for want of memory or killed by somebody.
        """
        if len(body) < LONG_BODY_BYTES and not beside:
            return await self._in(self._threads, reader, body, self._workshop)
        pool = self._processes
        try:
            return await self._in(pool, _read_with_own_workshop, body, reader)
        except BrokenProcessPool:
            if self._processes is pool:  # others whose bodies were waiting for it come here as well
                self._processes = self._new_processes()
            raise Overloaded("the body could not be read at the moment") from None

    async def _in(self, executor: Executor, function: Callable[..., Read], *arguments: object) -> Read:
        return await asyncio.get_running_loop().run_in_executor(executor, function, *arguments)

    def _new_processes(self) -> ProcessPoolExecutor:
        spawn = multiprocessing.get_context("spawn")
        return ProcessPoolExecutor(PROCESSES, spawn, initializer=_move_in, initargs=(self._workshop,))


def _move_in(workshop: Workshop) -> None:
    """Begin a reading process: the workshop is handed over once, and warms up as it is used."""
    leave_with_parent()
    _WORKSHOP.set(workshop)
    # Requests hold no cycles: looking for some while one is being built takes a quarter of its time, and minutes
    # where a hostile one is millions of lists.
    gc.freeze()
    gc.set_threshold(OBJECTS_BETWEEN_COLLECTIONS)


def _read_with_own_workshop(body: bytes, reader: Callable[[bytes, Workshop], Read]) -> Read:
    return reader(body, _WORKSHOP.get())


def _nothing() -> None:
    """Be run, so that there is a process to run things."""

"""Keeps a worker process running beside this one."""

import asyncio
import contextlib
import sys
from collections.abc import AsyncIterator, Mapping

import structlog

from router.ports import Observer
from router.worker.reports import pass_on

COMMAND = (sys.executable, "-m", "router", "work", "--supervised")

FIRST_PAUSE_SECONDS = 0.2
LONGEST_PAUSE_SECONDS = 5.0
LAST_REPORTS_SECONDS = 1.0


@contextlib.asynccontextmanager
async def supervised_worker(
    environment: Mapping[str, str], observer: Observer, stop_seconds: float
) -> AsyncIterator[None]:
    """Run a worker process as long as the block lasts, and start it again whenever it dies.

    The worker reads its end from us: when the pipe to its standard input closes, because the block is left or
    because this process dies, it hands back what it has in hand and goes.
    """
    supervisor = _Supervisor(environment, observer, stop_seconds)
    task = asyncio.create_task(supervisor.run(), name="worker supervisor")
    try:
        yield
    finally:
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)
        await supervisor.stop()


class _Supervisor:
    def __init__(self, environment: Mapping[str, str], observer: Observer, stop_seconds: float) -> None:
        self._environment = dict(environment)
        self._observer = observer
        self._stop_seconds = stop_seconds
        self._process: asyncio.subprocess.Process | None = None
        self._listening: asyncio.Task[None] | None = None

    async def run(self) -> None:
        """Start a worker, and another one after each, with longer pauses while they die early."""
        log = structlog.get_logger(__name__)
        clock = asyncio.get_running_loop().time
        pause = FIRST_PAUSE_SECONDS
        while True:
            began = clock()
            process = await self._start()
            log.info("worker_started", pid=process.pid)
            code = await process.wait()
            log.warning("worker_died", exit_code=code)
            early = clock() - began < LONGEST_PAUSE_SECONDS
            pause = min(2 * pause, LONGEST_PAUSE_SECONDS) if early else FIRST_PAUSE_SECONDS
            await asyncio.sleep(pause)

    async def stop(self) -> None:
        """Close the worker's standard input; kill the worker where it does not go in time."""
        process, listening = self._process, self._listening
        if process is None or listening is None or process.stdin is None:
            return
        process.stdin.close()
        try:
            async with asyncio.timeout(self._stop_seconds):
                await process.wait()
        except TimeoutError:
            process.kill()
            await process.wait()
        # What it has reported is in the pipe by now; its end may be held up by an orphan of the worker.
        await asyncio.wait([listening], timeout=LAST_REPORTS_SECONDS)
        listening.cancel()

    async def _start(self) -> asyncio.subprocess.Process:
        process = await asyncio.create_subprocess_exec(
            *COMMAND,
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.PIPE,
            env=self._environment,
            start_new_session=True,  # Ctrl-C on the terminal is ours to pass on
        )
        assert process.stdout is not None, "asked for above"  # noqa: S101
        self._listening = asyncio.create_task(pass_on(process.stdout, self._observer), name="worker reports")
        self._process = process
        return process

"""The slots of a worker: each claims a plan, sees it through, and claims the next."""

import asyncio

import structlog

from router.errors import StoreUnavailable
from router.service.run_job import Bench, run_job

SECONDS_BETWEEN_LOOKS = 2.0
"""How long an idle slot waits at most before it looks for itself."""

SECONDS_AFTER_TROUBLE = 1.0


async def work(bench: Bench, slots: int, worker: str, shutdown: asyncio.Event) -> None:
    """Solve plans in so many slots side by side until ``shutdown`` is set; then hand back what is in hand."""
    async with asyncio.TaskGroup() as group:
        for _ in range(slots):
            group.create_task(_slot(bench, worker, shutdown))


async def _slot(bench: Bench, worker: str, shutdown: asyncio.Event) -> None:
    log = structlog.get_logger(__name__)
    while not shutdown.is_set():
        try:
            await _one_turn(bench, worker, shutdown)
        except StoreUnavailable as error:
            log.warning("queue_unavailable", error=str(error))
            await _until(shutdown, SECONDS_AFTER_TROUBLE)
        except Exception:
            log.exception("slot_broke")
            await _until(shutdown, SECONDS_AFTER_TROUBLE)


async def _one_turn(bench: Bench, worker: str, shutdown: asyncio.Event) -> None:
    lease = await bench.queue.claim(worker)
    if lease is not None:
        await run_job(lease, bench, shutdown)
        return
    waits = [
        asyncio.create_task(bench.queue.wait_for_work(SECONDS_BETWEEN_LOOKS)),
        asyncio.create_task(shutdown.wait()),
    ]
    try:
        done, _ = await asyncio.wait(waits, return_when=asyncio.FIRST_COMPLETED)
        for each in done:
            each.result()
    finally:
        for each in waits:
            each.cancel()


async def _until(shutdown: asyncio.Event, seconds: float) -> None:
    """Wait so many seconds, or until ``shutdown``."""
    try:
        async with asyncio.timeout(seconds):
            await shutdown.wait()
    except TimeoutError:
        return

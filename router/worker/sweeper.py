"""Erases plans that ended long ago, from time to time."""

import asyncio
from datetime import timedelta

import structlog

from router.errors import StoreUnavailable
from router.ports import JobQueue

SECONDS_BETWEEN_SWEEPS = 600.0


async def keep_swept(queue: JobQueue, keep: timedelta, shutdown: asyncio.Event) -> None:
    """Erase what ended longer ago than ``keep``, now and every ten minutes, until ``shutdown``."""
    log = structlog.get_logger(__name__)
    while not shutdown.is_set():
        try:
            if swept := await queue.sweep(keep):
                log.info("plans_swept", plans=swept)
        except StoreUnavailable as error:
            log.warning("not_swept", error=str(error))
        try:
            async with asyncio.timeout(SECONDS_BETWEEN_SWEEPS):
                await shutdown.wait()
        except TimeoutError:
            continue

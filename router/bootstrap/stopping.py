"""When a process is told to stop."""

import asyncio
import signal
from collections.abc import Coroutine
from typing import Any


def stop_event() -> asyncio.Event:
    """Return an event that SIGTERM and Ctrl-C set."""
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for each in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(each, stop.set)
    return stop


async def until(stop: asyncio.Event, guest: Coroutine[Any, Any, None]) -> None:
    """Wait for ``stop`` while the guest does its work; where the guest fails, so does this."""
    working, waiting = asyncio.create_task(guest), asyncio.create_task(stop.wait())
    try:
        await asyncio.wait([working, waiting], return_when=asyncio.FIRST_COMPLETED)
        if working.done():
            working.result()
        await waiting
    finally:
        working.cancel()
        waiting.cancel()


class Leash(asyncio.Protocol):
    """Sets an event when the other end of a pipe is closed."""

    def __init__(self, stop: asyncio.Event) -> None:
        """Take the event."""
        self._stop = stop

    def connection_lost(self, exc: Exception | None) -> None:  # noqa: ARG002  (the protocol's signature)
        """Set the event."""
        self._stop.set()

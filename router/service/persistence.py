"""Writing to a database that may be away for a moment."""

import asyncio
from collections.abc import Awaitable, Callable

from router.errors import StoreUnavailable

SECONDS_TO_RETRY = 1.0
MOST_TRIES = 10


async def persistently(write: Callable[[], Awaitable[bool]]) -> bool:
    """Write, again and again while the database is away; return ``False`` where it stays away or refuses.

    What is not written by then is not lost: the lease runs out and another worker does the work again.
    """
    for _ in range(MOST_TRIES):
        try:
            return await write()
        except StoreUnavailable:
            await asyncio.sleep(SECONDS_TO_RETRY)
    return False

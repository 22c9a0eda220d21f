"""Hears of changed plans through LISTEN."""

import asyncio
import contextlib
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager

import asyncpg
import structlog

CHANNEL = "selat_plan"
CONNECT_SECONDS = 10.0
RECONNECT_SECONDS = 1.0
PROBE_SECONDS = 15.0
BROKEN = (OSError, asyncpg.PostgresError, asyncpg.InterfaceError)


class PlanFeed:
    """Wakes those who wait for a plan to change, over one connection that is made anew when it breaks.

    A notification may be lost while there is no connection. Everybody is woken once it is back, and those
    who wait look for themselves from time to time: the feed makes them fast, not right.
    """

    def __init__(self, dsn: str) -> None:
        """Name the database; ``start`` begins to listen."""
        self._dsn = dsn
        self._waiting: defaultdict[str, set[asyncio.Event]] = defaultdict(set)
        self._heard: dict[str, int] = {}
        self._task: asyncio.Task[None] | None = None

    async def start(self) -> None:
        """Return once listening, and go on in a task of the running loop."""
        connection = await self._connect()
        self._task = asyncio.create_task(self._keep_listening(connection), name="listen for changed plans")

    async def stop(self) -> None:
        """Listen no more."""
        task, self._task = self._task, None
        while task is not None and not task.done():
            task.cancel()  # again, should it be lost: a connection that is just being made may swallow it
            await asyncio.wait([task], timeout=RECONNECT_SECONDS)

    @contextmanager
    def subscribe(self, *words: str) -> Iterator[asyncio.Event]:
        """Give an event that is set whenever a notification has one of ``words`` in it: a plan's id, a status."""
        event = asyncio.Event()
        for word in words:
            self._waiting[word].add(event)
        try:
            yield event
        finally:
            for word in words:
                self._waiting[word].discard(event)
                if not self._waiting[word]:
                    del self._waiting[word]
                    self._heard.pop(word, None)

    def heard(self, word: str) -> int:
        """Return how often a word was heard, since somebody subscribed to it."""
        return self._heard.get(word, 0)

    def _hear(self, _connection: object, _process: int, _channel: str, payload: object) -> None:
        for word in str(payload).split():
            self._wake(word)

    def _wake(self, word: str) -> None:
        if word in self._waiting:
            self._heard[word] = self._heard.get(word, 0) + 1
        for event in self._waiting.get(word, ()):
            event.set()

    async def _connect(self) -> asyncpg.Connection:
        connection = await asyncpg.connect(
            self._dsn, timeout=CONNECT_SECONDS, command_timeout=CONNECT_SECONDS
        )
        await connection.add_listener(CHANNEL, self._hear)
        return connection

    async def _keep_listening(self, connection: asyncpg.Connection) -> None:
        log = structlog.get_logger(__name__)
        while True:
            try:
                await _until_broken(connection)
            except BROKEN as error:
                log.warning("listening_interrupted", error=str(error) or type(error).__name__)
            connection = await self._reconnect()
            for word in tuple(self._waiting):
                self._wake(word)

    async def _reconnect(self) -> asyncpg.Connection:
        while True:
            await asyncio.sleep(RECONNECT_SECONDS)
            with contextlib.suppress(*BROKEN):
                return await self._connect()


async def set_within(seconds: float, event: asyncio.Event) -> bool:
    """Wait for an event and return whether it was set in time.

    Not by ``asyncio.wait_for``: before Python 3.12 it loses a cancellation that comes at the same moment.
    """
    with contextlib.suppress(TimeoutError):
        async with asyncio.timeout(seconds):
            return await event.wait()
    return False


async def _until_broken(connection: asyncpg.Connection) -> None:
    """Return or raise when the connection breaks; a probe finds out where the network does not tell."""
    lost = asyncio.Event()
    connection.add_termination_listener(lambda _: lost.set())
    try:
        while not connection.is_closed():
            await set_within(PROBE_SECONDS, lost)
            await connection.execute("select 1")
    finally:
        connection.terminate()

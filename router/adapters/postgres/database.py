"""The connections to PostgreSQL, and what their failures are called outside."""

from collections.abc import Iterator
from contextlib import contextmanager
from types import TracebackType
from typing import Self

import asyncpg

from router.adapters.postgres.plan_feed import PlanFeed
from router.errors import StoreUnavailable

CONNECT_SECONDS = 10.0
STATEMENT_SECONDS = 30.0

OUT_OF_ORDER = (
    OSError,  # TimeoutError is one
    asyncpg.PostgresConnectionError,
    asyncpg.OperatorInterventionError,  # it shuts down, has crashed or is not ready yet
    asyncpg.InsufficientResourcesError,  # too many connections, no space left
    asyncpg.UndefinedTableError,  # not migrated yet
    asyncpg.InterfaceError,  # the connection was closed under the statement
    asyncpg.InternalClientError,  # what asyncpg says when the server hangs up between two of its messages
)


class Database:
    """A pool of connections, and one more that listens; use it as ``async with``."""

    def __init__(self, dsn: str, *, pool_size: int = 10) -> None:
        """Name the database; nothing is connected before ``async with``."""
        self._dsn = dsn
        self._pool_size = pool_size
        self._pool: asyncpg.Pool | None = None
        self.feed = PlanFeed(dsn)

    async def __aenter__(self) -> Self:
        """Connect.

        Raises:
            StoreUnavailable: the database cannot be reached.
        """
        with _failures():
            self._pool = await asyncpg.create_pool(
                self._dsn,
                min_size=0,  # a floor would be restored, and complained about, while nobody asks
                max_size=self._pool_size,
                timeout=CONNECT_SECONDS,
                command_timeout=STATEMENT_SECONDS,
            )
            try:
                await self.feed.start()
            except BaseException:
                self._pool.terminate()
                raise
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Stop listening and close the connections; statements still running are given up."""
        await self.feed.stop()
        if self._pool is not None:
            self._pool.terminate()
            self._pool = None

    async def row(self, sql: str, *arguments: object) -> asyncpg.Record | None:
        """Run one statement, by itself a transaction, and return its first row.

        Raises:
            StoreUnavailable: the database cannot be reached, or gave no answer in time.
        """
        if self._pool is None:
            raise StoreUnavailable("the database is not connected")
        with _failures():
            return await self._pool.fetchrow(sql, *arguments)


@contextmanager
def _failures() -> Iterator[None]:
    try:
        yield
    except OUT_OF_ORDER as error:
        raise StoreUnavailable(f"the database does not answer: {error or type(error).__name__}") from error

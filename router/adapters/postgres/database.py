"""The connections to PostgreSQL, and what their failures are called outside."""

import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from types import TracebackType
from typing import Self

import asyncpg

from router.adapters.postgres.plan_feed import PlanFeed
from router.adapters.postgres.statements import statement
from router.domain.records import Connections
from router.errors import StoreUnavailable

CONNECT_SECONDS = 10.0
STATEMENT_SECONDS = 15.0
CONNECTION_SECONDS = 10.0
"""How long one may wait for a connection of the pool, and for its way back where a statement was given up."""

EVERY_TENANT = "*"
"""The scope of what the service does for itself; no tenant is named so."""

OUT_OF_ORDER = (
    OSError,  # TimeoutError is one
    asyncpg.PostgresConnectionError,
    asyncpg.OperatorInterventionError,  # it shuts down, has crashed or is not ready yet
    asyncpg.InsufficientResourcesError,  # too many connections, no space left
    asyncpg.UndefinedTableError,  # not migrated yet
    asyncpg.UndefinedColumnError,  # likewise
    asyncpg.InterfaceError,  # the connection was closed under the statement
    asyncpg.InternalClientError,  # what asyncpg says when the server hangs up between two of its messages
)


class Database:
    """A pool of connections, and one more that listens; use it as ``async with``.

    Every statement runs in a scope: the tenant whose rows it sees, or ``EVERY_TENANT``. Row-level security in the
    database holds it to that (``docs/adr/0010-queue-and-tenants.md``).
    """

    def __init__(
        self, dsn: str, *, pool_size: int = 10, on_wait: Callable[[float], None] = lambda _: None
    ) -> None:
        """Name the database; nothing is connected before ``async with``.

        Args:
            dsn: Its address.
            pool_size: Most connections at once.
            on_wait: Is told how many seconds each statement waited for a connection, in vain or not.
        """
        self._dsn = dsn
        self._on_wait = on_wait
        self._pool_size = pool_size
        self._pool: asyncpg.Pool | None = None
        self.feed = PlanFeed(dsn)

    async def __aenter__(self) -> Self:
        """Connect.

        Raises:
            StoreUnavailable: the database cannot be reached, or would not keep tenants apart.
        """
        try:
            self._pool = await asyncpg.create_pool(
                self._dsn,
                min_size=0,  # a floor would be restored, and complained about, while nobody asks
                max_size=self._pool_size,
                timeout=CONNECT_SECONDS,
                command_timeout=STATEMENT_SECONDS,
                init=_bind_to_row_level_security,
                reset=_leave_as_it_is,
            )
            try:
                await self.feed.start()
            except BaseException:
                self._pool.terminate()
                raise
        except OUT_OF_ORDER as error:
            raise _unavailable(error) from error
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Stop listening and close the connections; statements still running are given up."""
        await self.feed.stop()
        if self._pool is not None:
            self._pool.terminate()
            self._pool = None

    @property
    def connections(self) -> Connections:
        """Return how many connections there are at the moment."""
        size, idle = (0, 0) if self._pool is None else (self._pool.get_size(), self._pool.get_idle_size())
        return Connections(idle=idle, used=size - idle, limit=self._pool_size)

    async def row(self, scope: str, sql: str, *arguments: object) -> asyncpg.Record | None:
        """Run one statement, by itself a transaction, and return its first row.

        Raises:
            StoreUnavailable: the database cannot be reached, or gave no answer in time.
        """
        async with self._connection(scope) as connection:
            return await connection.fetchrow(sql, *arguments)

    async def rows(self, scope: str, sql: str, *arguments: object) -> list[asyncpg.Record]:
        """Run one statement and return all of its rows; raises as ``row``."""
        async with self._connection(scope) as connection:
            return list(await connection.fetch(sql, *arguments))

    @asynccontextmanager
    async def _connection(self, scope: str) -> AsyncIterator[asyncpg.Connection]:
        """Give a connection that sees the rows of one scope."""
        if self._pool is None:
            raise StoreUnavailable("the database is not connected")
        began = time.monotonic()
        try:
            try:
                connection = await self._pool.acquire(timeout=CONNECTION_SECONDS)
            finally:
                self._on_wait(time.monotonic() - began)
            try:
                await connection.execute(ENTER_SCOPE, scope)
                yield connection
            finally:
                await self._pool.release(connection)
        except OUT_OF_ORDER as error:
            raise _unavailable(error) from error


@asynccontextmanager
async def lone_connection(dsn: str, scope: str) -> AsyncIterator[asyncpg.Connection]:
    """Give a connection outside of any pool, for those who run an event loop of their own for a moment.

    Raises:
        StoreUnavailable: the database cannot be reached, or gave no answer in time.
    """
    try:
        connection = await asyncpg.connect(dsn, timeout=CONNECT_SECONDS, command_timeout=STATEMENT_SECONDS)
        try:
            await _bind_to_row_level_security(connection)
            await connection.execute(ENTER_SCOPE, scope)
            yield connection
        finally:
            connection.terminate()
    except OUT_OF_ORDER as error:
        raise _unavailable(error) from error


ENTER_SCOPE = "select set_config('selat.tenant', $1, false)"

ABOVE_POLICIES = "select rolsuper or rolbypassrls from pg_roles where rolname = current_user"


async def _bind_to_row_level_security(connection: asyncpg.Connection) -> None:
    """Take on a role that policies hold for, where the one that logged in is above them."""
    if not await connection.fetchval(ABOVE_POLICIES):
        return
    try:
        await connection.execute(statement("enter_service_role"))
    except (asyncpg.InvalidParameterValueError, asyncpg.InsufficientPrivilegeError) as error:
        raise StoreUnavailable(
            "row-level security does not hold for this account, and it may not act as selat_service: run "
            "`router migrate` with it, or use an ordinary account that owns the database"
        ) from error


async def _leave_as_it_is(_connection: asyncpg.Connection) -> None:
    """Spare a round trip: the scope is all that a statement changes, and the next one enters its own."""


def _unavailable(error: BaseException) -> StoreUnavailable:
    return StoreUnavailable(f"the database does not answer: {error or type(error).__name__}")

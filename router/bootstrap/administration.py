"""What those need who run the service: its database up to date, its tenants and keys."""

import contextlib
from collections.abc import AsyncIterator

from router.adapters.postgres.database import Database
from router.adapters.postgres.migrate import migrate
from router.adapters.postgres.registry import PostgresRegistry
from router.bootstrap.databases import database_url, database_url_beside
from router.ports import Registry
from router.settings import Settings


async def migrate_database(settings: Settings) -> tuple[str, ...]:
    """Bring the database to the schema of this version and return the names of what was applied.

    Raises:
        StoreUnavailable: the database cannot be reached or started.
    """
    async with database_url(settings) as dsn:
        return await migrate(dsn)


@contextlib.asynccontextmanager
async def registry(settings: Settings) -> AsyncIterator[Registry]:
    """Give the tenants and keys of the database, beside a running service or without one.

    Raises:
        StoreUnavailable: the database cannot be reached or started.
    """
    async with database_url_beside(settings) as dsn, Database(dsn) as database:
        yield PostgresRegistry(database)

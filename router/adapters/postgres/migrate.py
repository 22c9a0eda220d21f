"""Brings a database to the schema that this version expects."""

import asyncpg

from router.adapters.postgres.database import ENTER_SCOPE, EVERY_TENANT
from router.adapters.postgres.statements import migrations, statement
from router.errors import StoreUnavailable

OLDEST_SERVER = 15


async def migrate(dsn: str) -> tuple[str, ...]:
    """Apply what is missing and return its names; with nothing missing nothing happens.

    All of it is one transaction under a lock: several services may start at once, and a failure leaves the
    database as it was.

    Raises:
        StoreUnavailable: the database cannot be reached, or its server is too old.
    """
    try:
        connection = await asyncpg.connect(dsn)
    except (OSError, TimeoutError, asyncpg.PostgresError) as error:
        raise StoreUnavailable(f"cannot connect to the database: {error}") from error
    try:
        if connection.get_server_version().major < OLDEST_SERVER:
            raise StoreUnavailable(f"the database needs to be PostgreSQL {OLDEST_SERVER} or newer")
        async with connection.transaction():
            return await _apply_missing(connection)
    finally:
        await connection.close()


async def _apply_missing(connection: asyncpg.Connection) -> tuple[str, ...]:
    await connection.execute(statement("lock_migrations"))
    await connection.execute(ENTER_SCOPE, EVERY_TENANT)
    await connection.execute(statement("create_migration_table"))
    applied = {row["version"] for row in await connection.fetch(statement("applied_migrations"))}
    missing = [each for each in migrations() if each[0] not in applied]
    for version, name, text in missing:
        await connection.execute(text)
        await connection.execute(statement("add_migration"), version, name)
    await connection.execute(statement("allow_service_role"))
    return tuple(name for _, name, _ in missing)

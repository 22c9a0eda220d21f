"""Which database it is, and where."""

import contextlib
from collections.abc import AsyncIterator

from router.adapters.postgres.embedded import EmbeddedPostgres, dsn_of_running
from router.adapters.postgres.migrate import migrate
from router.errors import DataDirectoryInUse
from router.settings import Settings


@contextlib.asynccontextmanager
async def database_url(settings: Settings) -> AsyncIterator[str]:
    """Give the address of the database: that of the settings, or of an embedded one while the block lasts.

    Raises:
        StoreUnavailable: an embedded one does not start.
    """
    if settings.database_url is not None:
        yield settings.database_url
        return
    async with EmbeddedPostgres(settings.data_dir) as embedded:
        yield embedded.dsn


@contextlib.asynccontextmanager
async def database_url_beside(settings: Settings) -> AsyncIterator[str]:
    """As ``database_url``, or the address of the embedded one that a service here runs already; up to date.

    Raises:
        StoreUnavailable: it cannot be reached, and an embedded one does not start.
    """
    async with contextlib.AsyncExitStack() as stack:
        try:
            dsn = await stack.enter_async_context(database_url(settings))
        except DataDirectoryInUse:
            dsn = dsn_of_running(settings.data_dir)
        await migrate(dsn)
        yield dsn

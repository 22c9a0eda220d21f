"""A service that keeps one plan and then waits to be killed: run as ``service_to_kill.py DATA_DIRECTORY``."""

import asyncio
import sys
from datetime import UTC, datetime
from pathlib import Path

from router.adapters.postgres.database import Database
from router.adapters.postgres.embedded import EmbeddedPostgres
from router.adapters.postgres.migrate import migrate
from router.adapters.postgres.plan_store import PostgresPlanStore
from router.domain.records import Submission
from router.domain.tenants import LOCAL


async def main() -> None:
    """Add the plan ``kept``, say so on standard output, and wait."""
    async with EmbeddedPostgres(Path(sys.argv[1])) as server:
        await migrate(server.dsn)
        async with Database(server.dsn) as database:
            await PostgresPlanStore(database).accept(
                Submission(
                    tenant_id=LOCAL,
                    plan_id="kept",
                    name="",
                    request=b"{}",
                    warnings=b"[]",
                    created_at=datetime.now(tz=UTC),
                )
            )
            sys.stdout.write("kept\n")
            sys.stdout.flush()
            await asyncio.Event().wait()


asyncio.run(main())

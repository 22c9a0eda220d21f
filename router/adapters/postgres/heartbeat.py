"""The tenant of the service's own plans, in PostgreSQL."""

from datetime import timedelta

from router.adapters.postgres.database import Database
from router.adapters.postgres.statements import statement
from router.domain.tenants import HEARTBEAT


class PostgresHeartbeatTenancy:
    """A ``HeartbeatTenancy`` over the tables of all tenants; it sees no row of any other."""

    def __init__(self, database: Database) -> None:
        """Use an open database."""
        self._database = database

    async def clear(self, older: timedelta) -> None:
        """Have the tenant, and none of its older plans; see the port."""
        await self._database.row(HEARTBEAT, statement("clear_heartbeats"), HEARTBEAT, older)

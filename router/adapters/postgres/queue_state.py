"""How much there is to do, counted in PostgreSQL."""

from router.adapters.postgres.database import EVERY_TENANT, Database
from router.adapters.postgres.statements import statement
from router.domain.records import QueueState
from router.domain.tenants import HEARTBEAT


class PostgresQueueGauge:
    """A ``QueueGauge`` over the plan table; the service's own plans do not count."""

    def __init__(self, database: Database) -> None:
        """Use an open database."""
        self._database = database

    async def state(self) -> QueueState:
        """Return it as it is now; see the port."""
        row = await self._database.row(EVERY_TENANT, statement("queue_state"), HEARTBEAT)
        assert row is not None, "it has no condition"  # noqa: S101
        return QueueState(**{**row, "oldest_seconds": row["oldest_seconds"] or 0.0})

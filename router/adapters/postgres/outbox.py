"""News for webhooks, kept in PostgreSQL beside the plans that they are about."""

from datetime import timedelta

from router.adapters.postgres.database import EVERY_TENANT, Database
from router.adapters.postgres.plan_feed import set_within
from router.adapters.postgres.statements import statement
from router.domain.records import Delivery, PlanStatus

TURN = timedelta(seconds=30)
"""How long a courier may take; then another may try."""


class PostgresOutbox:
    """An ``Outbox`` that a trigger fills in the transaction that ends a plan."""

    def __init__(self, database: Database, *, turn: timedelta = TURN) -> None:
        """Use an open database; ``turn`` is how long a courier may take."""
        self._database = database
        self._turn = turn

    async def claim(self) -> Delivery | None:
        """Take the next news that are due; see the port."""
        row = await self._database.row(EVERY_TENANT, statement("claim_delivery"), self._turn)
        return None if row is None else Delivery(**{**row, "status": PlanStatus(row["status"])})

    async def delivered(self, delivery: Delivery) -> bool:
        """Forget it; see the port."""
        return await self._settle("delivered", delivery)

    async def put_off(self, delivery: Delivery, seconds: float) -> bool:
        """Have it tried again later; see the port."""
        return await self._settle("put_off_delivery", delivery, timedelta(seconds=seconds))

    async def give_up(self, delivery: Delivery, reason: str) -> bool:
        """Try no more; see the port."""
        return await self._settle("give_up_delivery", delivery, reason)

    async def wait_for_news(self, seconds: float) -> None:
        """Wait for an end, or for news put off to be due; see the port."""
        with self._database.feed.subscribe("webhook") as news:
            row = await self._database.row(EVERY_TENANT, statement("next_delivery"))
            if row is not None and row[0] is not None:
                seconds = max(min(seconds, row[0].total_seconds()), 0)
            await set_within(seconds, news)

    async def _settle(self, name: str, delivery: Delivery, *more: object) -> bool:
        row = await self._database.row(
            delivery.tenant_id, statement(name), delivery.id, delivery.token, *more
        )
        return row is not None

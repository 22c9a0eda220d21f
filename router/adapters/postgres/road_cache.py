"""What road engines said, kept in PostgreSQL for all workers."""

from collections.abc import Mapping, Sequence
from datetime import timedelta

from router.adapters.postgres.database import EVERY_TENANT, lone_connection
from router.adapters.postgres.statements import statement


class PostgresRoadCache:
    """A ``RoadCache`` over the table ``road_tile``.

    Each call has a connection of its own: those who call have event loops of their own, and are few. It holds
    nothing that cannot be handed to another process.
    """

    def __init__(self, dsn: str, *, keep: timedelta, most_bytes: int) -> None:
        """Name the database; what is older than ``keep``, or beyond so many bytes and unused, is forgotten."""
        self._dsn = dsn
        self._keep = keep
        self._most_bytes = most_bytes

    async def get(self, keys: Sequence[bytes]) -> Mapping[bytes, bytes]:
        """Return what is remembered; see the port."""
        async with lone_connection(self._dsn, EVERY_TENANT) as connection:
            rows = await connection.fetch(statement("get_road_tiles"), list(keys), self._keep)
        return {row["key"]: row["tile"] for row in rows}

    async def put(self, values: Mapping[bytes, bytes]) -> None:
        """Remember, and forget others; see the port."""
        keys = sorted(values)
        async with lone_connection(self._dsn, EVERY_TENANT) as connection:
            await connection.execute(statement("put_road_tiles"), keys, [values[key] for key in keys])
            await connection.execute(statement("forget_road_tiles"), self._keep, self._most_bytes)

"""Timetables of tenants, kept in PostgreSQL."""

from collections.abc import Sequence

import asyncpg

from router.adapters.postgres.database import Database
from router.adapters.postgres.statements import statement
from router.domain.stored_timetables import KeptTimetable, TimetableRecord, TimetableSummary, TimetableUse
from router.domain.tenants import TenantId
from router.errors import TimetableNotFound, UnknownTenant
from router.wire.faults import FaultCode, fault, refusal

MOST_TIMETABLES = 100
"""Of one tenant."""

VERSIONS_KEPT = 10
"""Of one timetable, besides those that plans were made with."""

MOST_VERSION = 2**31 - 1


class PostgresTimetableStore:
    """A ``TimetableStore`` over the table ``timetable_version``."""

    def __init__(self, database: Database) -> None:
        """Use an open database."""
        self._database = database

    async def put(self, tenant_id: TenantId, name: str, record: TimetableRecord) -> TimetableSummary:
        """Keep a new version; see the port."""
        said = record.summary
        row = await self._database.row(
            tenant_id,
            statement("put_timetable"),
            *(tenant_id, name, said.title, said.ports, said.lines),
            *(record.document, said.use.sha256, record.warnings, MOST_TIMETABLES, VERSIONS_KEPT),
        )
        assert row is not None, "the function always returns a row"  # noqa: S101
        if row["verdict"] == "unknown_tenant":
            raise UnknownTenant(f"there is no tenant {tenant_id}")
        if row["verdict"] == "too_many":
            detail = f"there are {MOST_TIMETABLES} timetables already"
            raise refusal([fault((), FaultCode.TOO_MANY_TIMETABLES, detail)])
        return TimetableSummary(
            use=TimetableUse(name=name, version=row["new_version"], sha256=said.use.sha256),
            title=said.title,
            ports=said.ports,
            lines=said.lines,
            stored_at=row["new_stored_at"],
        )

    async def get(self, tenant_id: TenantId, name: str, version: int | None) -> TimetableRecord:
        """Return a version; see the port."""
        row = None
        if version is None or version <= MOST_VERSION:
            row = await self._row(tenant_id, "get_timetable", name, version)
        if row is None:
            which = "" if version is None else f" with a version {version}"
            raise TimetableNotFound(f"there is no timetable {name!r}{which}")
        return TimetableRecord(summary=_summary(row), document=row["document"], warnings=row["warnings"])

    async def list_timetables(self, tenant_id: TenantId) -> tuple[TimetableSummary, ...]:
        """Return the newest versions; see the port."""
        return tuple(
            map(_summary, await self._database.rows(tenant_id, statement("list_timetables"), tenant_id))
        )

    async def delete(self, tenant_id: TenantId, name: str) -> None:
        """Have no timetable of this name; see the port."""
        row = await self._row(tenant_id, "delete_timetable", name)
        if row is None:
            raise TimetableNotFound(f"there is no timetable {name!r}")
        await self._row(tenant_id, "forget_timetable", name, row["version"])

    async def newest(self, tenant_id: TenantId, names: Sequence[str]) -> tuple[KeptTimetable, ...]:
        """Return the newest versions of some; see the port."""
        sql = statement("newest_timetables")
        rows = await self._database.rows(tenant_id, sql, tenant_id, list(names)) if names else []
        return tuple(KeptTimetable(use=_use(row), document=row["document"]) for row in rows)

    async def _row(self, tenant_id: TenantId, name: str, *arguments: object) -> asyncpg.Record | None:
        try:
            return await self._database.row(tenant_id, statement(name), tenant_id, *arguments)
        except asyncpg.DataError:  # no text that the database could hold, such as one with a NUL in it
            return None


def _use(row: asyncpg.Record) -> TimetableUse:
    return TimetableUse(name=row["name"], version=row["version"], sha256=row["sha256"])


def _summary(row: asyncpg.Record) -> TimetableSummary:
    return TimetableSummary(
        use=_use(row),
        title=row["title"],
        ports=row["ports"],
        lines=row["lines"],
        stored_at=row["stored_at"],
    )

"""The tenants and their keys, in PostgreSQL."""

import secrets

import asyncpg

from router.adapters.postgres.database import EVERY_TENANT, Database
from router.adapters.postgres.statements import statement
from router.domain.tenants import HEARTBEAT, ApiKey, Quota, Scope, Tenant, TenantId
from router.errors import UnknownTenant

SECRET_BYTES = 32


class PostgresRegistry:
    """A ``Registry`` over the tables ``tenant`` and ``api_key``."""

    def __init__(self, database: Database) -> None:
        """Use an open database."""
        self._database = database

    async def put_tenant(self, tenant: Tenant) -> None:
        """Add or change the tenant; see the port."""
        quota = (
            (None, None) if tenant.quota is None else (tenant.quota.stop_seconds, tenant.quota.period_seconds)
        )
        arguments = (tenant.id, tenant.weight, tenant.max_running, *quota)
        await self._database.row(EVERY_TENANT, statement("put_tenant"), *arguments)

    async def tenants(self) -> tuple[Tenant, ...]:
        """Return all tenants; see the port."""
        rows = await self._database.rows(EVERY_TENANT, statement("list_tenants"), HEARTBEAT)
        return tuple(map(_tenant, rows))

    async def webhook_secret(self, tenant_id: TenantId, *, renew: bool) -> bytes:
        """Return what signs the tenant's webhooks; see the port."""
        if renew:
            fresh = secrets.token_bytes(SECRET_BYTES)
            row = await self._database.row(EVERY_TENANT, statement("renew_webhook_secret"), tenant_id, fresh)
        else:
            row = await self._database.row(EVERY_TENANT, statement("webhook_secret"), tenant_id)
        if row is None:
            raise UnknownTenant(f"there is no tenant {tenant_id!r}")
        return bytes(row["webhook_secret"])

    async def add_key(self, key: ApiKey, digest: bytes) -> None:
        """Let in whoever has the key; see the port."""
        if key.tenant_id == HEARTBEAT:
            raise UnknownTenant(f"there is no tenant {key.tenant_id!r}")
        scopes = sorted(scope.value for scope in key.scopes)
        arguments = (key.id, key.tenant_id, digest, scopes, key.label, key.created_at)
        try:
            await self._database.row(EVERY_TENANT, statement("add_key"), *arguments)
        except asyncpg.ForeignKeyViolationError as error:
            raise UnknownTenant(f"there is no tenant {key.tenant_id!r}") from error

    async def keys(self) -> tuple[ApiKey, ...]:
        """Return all keys; see the port."""
        return tuple(map(_key, await self._database.rows(EVERY_TENANT, statement("list_keys"))))

    async def revoke(self, key_id: str) -> bool:
        """Let nobody in with this key any more; see the port."""
        return await self._database.row(EVERY_TENANT, statement("revoke_key"), key_id) is not None


def _tenant(row: asyncpg.Record) -> Tenant:
    quota = None
    if row["quota"] is not None:
        quota = Quota(stop_seconds=row["quota"], period_seconds=row["quota_period"])
    return Tenant(id=TenantId(row["id"]), weight=row["weight"], max_running=row["max_running"], quota=quota)


def _key(row: asyncpg.Record) -> ApiKey:
    return ApiKey(
        id=row["id"],
        tenant_id=TenantId(row["tenant"]),
        scopes=frozenset(scope for scope in Scope if scope in row["scopes"]),
        label=row["label"],
        created_at=row["created_at"],
        revoked_at=row["revoked_at"],
    )

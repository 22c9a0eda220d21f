"""Tenants and their keys, made for a running service."""

import asyncio
from collections.abc import Collection

from router.adapters.postgres.database import Database
from router.adapters.postgres.registry import PostgresRegistry
from router.bootstrap import SystemClock
from router.domain.tenants import ALL_SCOPES, Quota, Scope, Tenant, TenantId
from router.service.keys import new_key
from tests.running_service import RunningService


def make_key(
    service: RunningService,
    tenant: str,
    scopes: Collection[Scope] = ALL_SCOPES,
    quota: Quota | None = None,
) -> dict[str, str]:
    """Make a tenant and a key of it, and return the header that shows the key."""

    async def register() -> str:
        async with Database(service.dsn) as database:
            registry = PostgresRegistry(database)
            await registry.put_tenant(Tenant(id=TenantId(tenant), quota=quota))
            key = new_key(TenantId(tenant), frozenset(scopes), "of a test", SystemClock())
            await registry.add_key(key.record, key.digest)
            return key.secret

    return {"Authorization": f"Bearer {asyncio.run(register())}"}

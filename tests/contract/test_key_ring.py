"""Keys: who has one comes in as its tenant, with its scopes, until it is revoked."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime

import pytest

from router.adapters.postgres.key_ring import PostgresKeyRing
from router.domain.tenants import ALL_SCOPES, LOCAL, Caller, Quota, Scope, Tenant, TenantId
from router.errors import UnknownTenant
from router.ports import KeyRing
from router.service.keys import NewKey, new_key
from tests.submissions import House, opened

ACME = TenantId("acme")
READ = frozenset({Scope.PLANS_READ})


class StoppedClock:
    """A clock that shows one moment."""

    def now(self) -> datetime:
        """Return the moment."""
        return datetime(2026, 11, 25, 6, tzinfo=UTC)


@asynccontextmanager
async def at_the_door(url: str, *, open_house: bool = False) -> AsyncIterator[tuple[House, KeyRing]]:
    async with opened(url) as house:
        with PostgresKeyRing(house.database, open_house=open_house) as ring:
            yield house, ring


async def with_key(house: House, scopes: frozenset[Scope] = ALL_SCOPES) -> NewKey:
    """Make a key of the tenant ``acme``."""
    await house.registry.put_tenant(Tenant(id=ACME))
    key = new_key(ACME, scopes, "the app", StoppedClock())
    await house.registry.add_key(key.record, key.digest)
    return key


async def test_who_has_a_key_comes_in_as_its_tenant_with_its_scopes(database_url: str) -> None:
    async with at_the_door(database_url) as (house, ring):
        key = await with_key(house, READ)
        assert await ring.authenticate(key.secret) == Caller(tenant_id=ACME, scopes=READ)


@pytest.mark.parametrize("wrong", ["", "selat", "selat_00000000_x", "\0", "half a letter \ud800"])
async def test_another_word_lets_nobody_in(database_url: str, wrong: str) -> None:
    async with at_the_door(database_url, open_house=True) as (house, ring):
        key = await with_key(house)
        assert await ring.authenticate(wrong) is None
        assert await ring.authenticate(key.secret[:-1]) is None
        assert await ring.authenticate(key.secret + "x") is None


async def test_a_key_is_kept_nowhere(database_url: str) -> None:
    async with at_the_door(database_url) as (house, _):
        key = await with_key(house)
        [row] = await house.database.rows("*", "select row_to_json(api_key)::text from api_key")
        assert key.secret not in row[0]
        assert key.secret.split("_", 2)[2] not in row[0]


async def test_a_revoked_key_lets_nobody_in_from_that_moment_on(database_url: str) -> None:
    """Also at the doors of other processes, which have let it in just before."""
    async with at_the_door(database_url) as (house, ring), asyncio.timeout(5):
        key = await with_key(house)
        async with at_the_door(database_url) as (_, elsewhere):
            for door in (ring, elsewhere):
                assert await door.authenticate(key.secret) is not None
            assert await house.registry.revoke(key.record.id)
            for door in (ring, elsewhere):
                while await door.authenticate(key.secret) is not None:
                    await asyncio.sleep(0)


async def test_everybody_comes_in_where_no_key_was_ever_made_and_only_where_that_is_wanted(
    database_url: str,
) -> None:
    async with at_the_door(database_url, open_house=True) as (house, on_loopback):
        with PostgresKeyRing(house.database, open_house=False) as elsewhere:
            assert await on_loopback.authenticate(None) == Caller(tenant_id=LOCAL, scopes=ALL_SCOPES)
            assert await elsewhere.authenticate(None) is None


async def test_the_first_key_closes_the_door_and_revoking_it_does_not_open_it(database_url: str) -> None:
    async with at_the_door(database_url, open_house=True) as (house, ring), asyncio.timeout(5):
        assert await ring.authenticate(None) is not None
        key = await with_key(house)
        while await ring.authenticate(None) is not None:
            await asyncio.sleep(0)
        await house.registry.revoke(key.record.id)
        assert await ring.authenticate(None) is None


async def test_lists_show_what_a_key_is_for_and_since_when_it_is_revoked(database_url: str) -> None:
    async with at_the_door(database_url) as (house, _):
        key = await with_key(house, READ)
        assert await house.registry.keys() == (key.record,)
        await house.registry.revoke(key.record.id)
        [revoked] = await house.registry.keys()
        assert revoked.revoked_at is not None
        await house.registry.revoke(key.record.id)
        assert await house.registry.keys() == (revoked,)


async def test_what_is_not_there_is_said(database_url: str) -> None:
    async with at_the_door(database_url) as (house, _):
        assert not await house.registry.revoke("nobody")
        key = new_key(TenantId("nobody"), READ, "", StoppedClock())
        with pytest.raises(UnknownTenant):
            await house.registry.add_key(key.record, key.digest)
        with pytest.raises(UnknownTenant):
            await house.registry.webhook_secret(TenantId("nobody"), renew=False)
        with pytest.raises(UnknownTenant):
            await house.registry.webhook_secret(TenantId("nobody"), renew=True)


async def test_a_tenant_is_added_and_changed_by_the_same_call(database_url: str) -> None:
    async with at_the_door(database_url) as (house, _):
        await house.registry.put_tenant(Tenant(id=ACME))
        changed = Tenant(
            id=ACME, weight=2.5, max_running=3, quota=Quota(stop_seconds=1000, period_seconds=3600)
        )
        await house.registry.put_tenant(changed)
        assert await house.registry.tenants() == (changed, Tenant(id=LOCAL))


async def test_a_webhook_secret_is_a_tenants_own_until_it_is_renewed(database_url: str) -> None:
    async with at_the_door(database_url) as (house, _):
        await house.registry.put_tenant(Tenant(id=ACME))
        first = await house.registry.webhook_secret(ACME, renew=False)
        assert first != await house.registry.webhook_secret(LOCAL, renew=False)
        renewed = await house.registry.webhook_secret(ACME, renew=True)
        assert renewed != first
        assert await house.registry.webhook_secret(ACME, renew=False) == renewed

"""The same request, handed in twice under one key, is kept once."""

import asyncio

import pytest

from router.domain.records import Accepted, PlanStatus
from router.domain.tenants import LOCAL, Quota, Tenant, TenantId
from router.errors import IdempotencyMismatch, QuotaExceeded, RequestInFlight
from tests.submissions import House, a_submission, claimed, opened

ANOTHER = TenantId("another")


async def count(house: House) -> int:
    row = await house.database.row("*", "select count(*) from plan")
    assert row is not None
    return int(row[0])


async def test_the_same_request_again_is_answered_with_the_first_plan(database_url: str) -> None:
    async with opened(database_url) as house:
        first = await house.store.accept(a_submission(1, key="k"))
        again = await house.store.accept(a_submission(2, key="k"))
        assert (first.replayed, again.replayed) == (False, True)
        assert again.record == first.record
        assert await count(house) == 1


async def test_it_is_answered_with_the_plan_as_it_is_by_then(database_url: str) -> None:
    async with opened(database_url) as house:
        await house.store.accept(a_submission(1, key="k"))
        await house.store.finish(await claimed(house), PlanStatus.SUCCEEDED, b"{}", None)
        again = await house.store.accept(a_submission(2, key="k"))
        assert (again.record.status, again.record.plan) == (PlanStatus.SUCCEEDED, b"{}")


async def test_another_request_under_the_same_key_is_refused(database_url: str) -> None:
    async with opened(database_url) as house:
        await house.store.accept(a_submission(1, key="k"))
        with pytest.raises(IdempotencyMismatch):
            await house.store.accept(a_submission(2, key="k", digest=b"of another body"))
        assert await count(house) == 1


async def test_keys_of_different_tenants_have_nothing_to_do_with_each_other(database_url: str) -> None:
    async with opened(database_url) as house:
        await house.registry.put_tenant(Tenant(id=ANOTHER))
        await house.store.accept(a_submission(1, key="k"))
        other = await house.store.accept(a_submission(1, tenant=ANOTHER, key="k", digest=b"another"))
        assert not other.replayed


async def test_requests_without_a_key_are_kept_each(database_url: str) -> None:
    async with opened(database_url) as house:
        for number in (1, 2):
            assert not (await house.store.accept(a_submission(number))).replayed


async def test_fifty_equal_requests_at_once_make_one_plan(database_url: str) -> None:
    """Those that come while the first is being accepted are told so; asking again, they get its plan."""
    async with opened(database_url) as house:

        async def hand_in(number: int) -> Accepted:
            while True:
                try:
                    return await house.store.accept(a_submission(number, key="k"))
                except RequestInFlight:
                    await asyncio.sleep(0)

        answers = await asyncio.gather(*(hand_in(number) for number in range(50)))
        assert await count(house) == 1
        assert len({answer.record.id for answer in answers}) == 1
        assert sum(not answer.replayed for answer in answers) == 1


async def test_fifty_different_requests_at_once_under_one_key_make_one_plan(database_url: str) -> None:
    async with opened(database_url) as house:
        answers = await asyncio.gather(
            *(house.store.accept(a_submission(n, key="k", digest=bytes([n]))) for n in range(50)),
            return_exceptions=True,
        )
        assert await count(house) == 1
        refusals = [answer for answer in answers if not isinstance(answer, Accepted)]
        assert len(refusals) == 49
        assert all(isinstance(each, IdempotencyMismatch | RequestInFlight) for each in refusals)


async def test_a_request_that_is_being_accepted_is_in_flight(database_url: str) -> None:
    """A stranger holds the tenant's row, so that the first request cannot be done before the second comes."""
    async with opened(database_url) as house, house.database._connection("*") as stranger:
        async with stranger.transaction():
            await stranger.execute("select from tenant for update")
            first = asyncio.create_task(house.store.accept(a_submission(1, key="k")))
            async with asyncio.timeout(10):
                while not await stranger.fetchval(
                    "select count(*) from pg_locks where locktype = 'advisory'"
                ):
                    await asyncio.sleep(0)
            with pytest.raises(RequestInFlight):
                await house.store.accept(a_submission(2, key="k", digest=b"another"))
        assert not (await first).replayed


async def test_a_key_is_forgotten_after_a_day(database_url: str) -> None:
    async with opened(database_url) as house:
        await house.store.accept(a_submission(1, key="k"))
        await house.database.row("*", "update plan set created_at = now() - interval '23 hours 59 minutes'")
        assert (await house.store.accept(a_submission(2, key="k"))).replayed
        await house.database.row("*", "update plan set created_at = now() - interval '24 hours 1 minute'")
        assert not (await house.store.accept(a_submission(3, key="k", digest=b"another"))).replayed
        assert await count(house) == 2


async def test_a_replay_is_not_charged_and_a_refusal_holds_no_key(database_url: str) -> None:
    async with opened(database_url) as house:
        await house.registry.put_tenant(Tenant(id=LOCAL, quota=Quota(stop_seconds=10, period_seconds=10**9)))
        with pytest.raises(QuotaExceeded):
            await house.store.accept(a_submission(1, work=11, key="k"))
        first = await house.store.accept(a_submission(2, work=8, key="k", digest=b"smaller"))
        again = await house.store.accept(a_submission(3, work=8, key="k", digest=b"smaller"))
        assert first.usage is not None
        assert again.usage is not None
        assert (first.usage.remaining, again.usage.remaining) == (2, 2)

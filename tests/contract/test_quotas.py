"""Quotas: so many stops x seconds in each period, and not one more."""

import asyncio

import pytest

from router.domain.records import Accepted
from router.domain.tenants import LOCAL, Quota, Tenant, Usage
from router.errors import QuotaExceeded
from tests.submissions import House, a_submission, opened

HUNDRED_YEARS = 100 * 365 * 86400
"""A period that does not end while a test runs."""


async def limited(house: House, stop_seconds: int, period_seconds: int = HUNDRED_YEARS) -> None:
    quota = Quota(stop_seconds=stop_seconds, period_seconds=period_seconds)
    await house.registry.put_tenant(Tenant(id=LOCAL, quota=quota))


async def test_a_tenant_without_a_quota_hands_in_as_much_as_it_likes(database_url: str) -> None:
    async with opened(database_url) as house:
        assert (await house.store.accept(a_submission(1, work=10**12))).usage is None
        assert await house.store.usage(LOCAL) is None


async def test_every_submission_tells_what_is_left(database_url: str) -> None:
    async with opened(database_url) as house:
        await limited(house, 100)
        left = [(await house.store.accept(a_submission(n, work=30))).usage for n in (1, 2, 3)]
        assert [usage.remaining for usage in left if usage] == [70, 40, 10]
        assert await house.store.usage(LOCAL) == left[-1]
        assert isinstance(left[0], Usage)
        assert 0 < left[0].reset_seconds <= left[0].period_seconds == HUNDRED_YEARS
        assert left[0].limit == 100


async def test_one_too_many_is_refused_with_the_numbers_and_nothing_is_kept(database_url: str) -> None:
    async with opened(database_url) as house:
        await limited(house, 100)
        await house.store.accept(a_submission(1, work=60))
        with pytest.raises(QuotaExceeded) as refused:
            await house.store.accept(a_submission(2, work=41))
        assert (refused.value.limit, refused.value.remaining, refused.value.asked) == (100, 40, 41)
        assert 0 < refused.value.reset_seconds <= HUNDRED_YEARS
        usage = await house.store.usage(LOCAL)
        assert usage is not None
        assert usage.remaining == 40
        assert not (await house.store.accept(a_submission(2, work=40))).replayed


async def test_fifty_at_once_are_charged_each(database_url: str) -> None:
    async with opened(database_url) as house:
        await limited(house, 100)
        answers = await asyncio.gather(
            *(house.store.accept(a_submission(n, work=10)) for n in range(50)), return_exceptions=True
        )
        assert sum(isinstance(answer, Accepted) for answer in answers) == 10
        assert sum(isinstance(answer, QuotaExceeded) for answer in answers) == 40


async def test_a_new_period_begins_with_all_of_it(database_url: str) -> None:
    """The clock is not ours: the tenant is made to have handed in what it did one period ago."""
    async with opened(database_url) as house:
        await limited(house, 100)
        await house.store.accept(a_submission(1, work=100))
        await house.database.row("*", "update tenant set period = period - 1")
        usage = await house.store.usage(LOCAL)
        assert usage is not None
        assert usage.remaining == 100
        accepted = await house.store.accept(a_submission(2, work=30))
        assert accepted.usage is not None
        assert accepted.usage.remaining == 70


async def test_a_smaller_quota_than_was_used_leaves_nothing_and_not_less(database_url: str) -> None:
    async with opened(database_url) as house:
        await limited(house, 100)
        await house.store.accept(a_submission(1, work=80))
        await limited(house, 50)
        usage = await house.store.usage(LOCAL)
        assert usage is not None
        assert (usage.limit, usage.remaining) == (50, 0)

"""Lists of plans: newest first, page by page, whatever happens meanwhile."""

import pytest

from router.domain.records import PlanPage, PlanStatus
from router.domain.tenants import LOCAL, Tenant, TenantId
from router.errors import BadPageToken
from tests.submissions import House, a_submission, claimed, opened

ANOTHER = TenantId("another")


async def page(
    house: House, size: int = 3, token: str | None = None, status: PlanStatus | None = None
) -> PlanPage:
    return await house.store.list_plans(LOCAL, status=status, page_size=size, page_token=token)


def ids(listed: PlanPage) -> list[int]:
    return [int(plan.id.removeprefix("local-")) for plan in listed.plans]


async def test_without_plans_there_is_an_empty_page(database_url: str) -> None:
    async with opened(database_url) as house:
        assert await page(house) == PlanPage(plans=(), next_token=None)


async def test_pages_show_everything_once_newest_first(database_url: str) -> None:
    async with opened(database_url) as house:
        for number in (3, 1, 7, 5, 2, 6, 4):
            await house.store.accept(a_submission(number))
        seen, token = [], None
        while True:
            listed = await page(house, token=token)
            seen.append(ids(listed))
            token = listed.next_token
            if token is None:
                break
        assert seen == [[7, 6, 5], [4, 3, 2], [1]]


async def test_a_full_last_page_leads_nowhere(database_url: str) -> None:
    async with opened(database_url) as house:
        for number in (1, 2, 3):
            await house.store.accept(a_submission(number))
        listed = await page(house, size=3)
        assert (ids(listed), listed.next_token) == ([3, 2, 1], None)


async def test_what_is_added_or_deleted_meanwhile_shifts_nothing(database_url: str) -> None:
    async with opened(database_url) as house:
        for number in range(1, 7):
            await house.store.accept(a_submission(number))
        first = await page(house, size=2)
        await house.store.accept(a_submission(9))
        await house.store.delete(LOCAL, "local-005")
        second = await page(house, size=2, token=first.next_token)
        await house.store.accept(a_submission(8))
        await house.store.delete(LOCAL, "local-003")
        third = await page(house, size=2, token=second.next_token)
        assert [ids(first), ids(second), ids(third)] == [[6, 5], [4, 3], [2, 1]]


async def test_plans_of_the_same_moment_are_told_apart(database_url: str) -> None:
    async with opened(database_url) as house:
        for number in range(1, 6):
            await house.store.accept(a_submission(number))
        await house.database.row("*", "update plan set created_at = '2026-11-25T06:00:00Z'")
        first = await page(house, size=2)
        second = await page(house, size=2, token=first.next_token)
        third = await page(house, size=2, token=second.next_token)
        assert ids(first) + ids(second) + ids(third) == [5, 4, 3, 2, 1]


async def test_a_list_may_be_of_one_status(database_url: str) -> None:
    async with opened(database_url) as house:
        for number in (1, 2, 3):
            await house.store.accept(a_submission(number))
        await house.store.finish(await claimed(house), PlanStatus.FAILED, None, "no road")
        listed = await page(house, status=PlanStatus.FAILED)
        assert ids(listed) == [1]
        assert (listed.plans[0].error, listed.plans[0].attempt) == ("no road", 1)
        waiting = await page(house, size=1, status=PlanStatus.QUEUED)
        rest = await page(house, size=1, token=waiting.next_token, status=PlanStatus.QUEUED)
        assert (ids(waiting), ids(rest), rest.next_token) == ([3], [2], None)


async def test_a_list_shows_nothing_of_other_tenants(database_url: str) -> None:
    async with opened(database_url) as house:
        await house.registry.put_tenant(Tenant(id=ANOTHER))
        await house.store.accept(a_submission(1))
        await house.store.accept(a_submission(2, tenant=ANOTHER))
        assert ids(await page(house)) == [1]


@pytest.mark.parametrize(
    "token", ["", "x", "é", "MTIz", "bm90IGEgbnVtYmVy", "MTIzIA", "OTk5OTk5OTk5OTk5OTk5OTk5OTkgeA"]
)
async def test_a_token_that_is_none_of_ours_is_refused(database_url: str, token: str) -> None:
    async with opened(database_url) as house:
        with pytest.raises(BadPageToken):
            await page(house, token=token)

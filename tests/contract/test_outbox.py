"""News for webhooks: kept with the end of the plan, handed to one courier at a time, at least once."""

import asyncio
from datetime import timedelta

from router.adapters.postgres.outbox import PostgresOutbox
from router.domain.records import PlanStatus
from router.domain.tenants import LOCAL
from router.ports import Outbox
from tests.submissions import House, a_submission, claimed, opened

URL = "https://shop.example/hook"


async def ended(house: House, number: int = 1, url: str | None = URL) -> None:
    await house.store.accept(a_submission(number, webhook_url=url))
    await house.store.finish(await claimed(house), PlanStatus.SUCCEEDED, b"{}", None)


def couriers(house: House, turn: timedelta = timedelta(minutes=1)) -> Outbox:
    return PostgresOutbox(house.database, turn=turn)


async def test_the_end_of_a_plan_is_news_with_all_that_a_courier_needs(database_url: str) -> None:
    async with opened(database_url) as house:
        await ended(house)
        news = await couriers(house).claim()
        assert news is not None
        assert (news.plan_id, news.tenant_id, news.url, news.attempt) == ("local-001", LOCAL, URL, 1)
        assert news.status is PlanStatus.SUCCEEDED
        assert news.finished_at == (await house.store.get(LOCAL, "local-001")).finished_at
        assert news.secret == await house.registry.webhook_secret(LOCAL, renew=False)
        assert len(news.secret) >= 24


async def test_only_ends_of_plans_with_a_webhook_are_news(database_url: str) -> None:
    async with opened(database_url) as house:
        await house.store.accept(a_submission(1, webhook_url=URL))
        await claimed(house)
        await ended(house, 2, url=None)
        assert await couriers(house).claim() is None


async def test_every_end_is_news(database_url: str) -> None:
    async with opened(database_url) as house:
        await house.store.accept(a_submission(1, webhook_url=URL))
        await house.store.request_cancel(LOCAL, "local-001")
        news = await couriers(house).claim()
        assert news is not None
        assert news.status is PlanStatus.CANCELLED


async def test_one_courier_at_a_time_has_them(database_url: str) -> None:
    async with opened(database_url) as house:
        await ended(house)
        claims = await asyncio.gather(*(couriers(house).claim() for _ in range(20)))
        assert sum(news is not None for news in claims) == 1


async def test_what_was_received_is_told_no_more(database_url: str) -> None:
    async with opened(database_url) as house:
        await ended(house)
        outbox = couriers(house, turn=timedelta(0))
        news = await outbox.claim()
        assert news is not None
        assert await outbox.delivered(news)
        assert await outbox.claim() is None
        assert not await outbox.delivered(news)


async def test_a_courier_that_dies_loses_its_turn(database_url: str) -> None:
    """Its late word counts for nothing, and the receiver knows the repetition by its id."""
    async with opened(database_url) as house:
        await ended(house)
        dying, living = couriers(house, turn=timedelta(0)), couriers(house)
        first = await dying.claim()
        second = await living.claim()
        assert first is not None
        assert second is not None
        assert (second.id, second.attempt) == (first.id, 2)
        assert not await dying.delivered(first)
        assert not await dying.put_off(first, 60)
        assert not await dying.give_up(first, "late")
        assert await living.delivered(second)


async def test_what_was_put_off_is_due_again_later(database_url: str) -> None:
    async with opened(database_url) as house, asyncio.timeout(10):
        await ended(house)
        outbox = couriers(house)
        news = await outbox.claim()
        assert news is not None
        assert await outbox.put_off(news, 0.5)
        assert await outbox.claim() is None
        while (again := await outbox.claim()) is None:
            await outbox.wait_for_news(60)
        assert (again.id, again.attempt) == (news.id, 2)


async def test_what_was_given_up_is_tried_no_more(database_url: str) -> None:
    async with opened(database_url) as house:
        await ended(house)
        outbox = couriers(house, turn=timedelta(0))
        news = await outbox.claim()
        assert news is not None
        assert await outbox.give_up(news, "nobody there")
        assert await outbox.claim() is None


async def test_a_waiting_courier_is_woken_by_news(database_url: str) -> None:
    async with opened(database_url) as here, opened(database_url) as there, asyncio.timeout(10):
        waiting = asyncio.create_task(couriers(there).wait_for_news(60))
        await ended(here)
        await waiting


async def test_news_of_a_deleted_plan_are_told_nobody(database_url: str) -> None:
    async with opened(database_url) as house:
        await ended(house)
        await house.store.delete(LOCAL, "local-001")
        assert await couriers(house).claim() is None

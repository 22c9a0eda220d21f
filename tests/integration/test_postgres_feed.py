"""Listening survives the loss of its connection."""

import asyncio
from contextlib import aclosing

import asyncpg

from router.adapters.postgres.database import Database
from router.adapters.postgres.plan_store import PostgresPlanStore
from router.domain.records import PlanStatus
from router.domain.tenants import LOCAL
from tests.submissions import a_submission

NEW = a_submission(1)
ID = NEW.plan_id


async def test_a_new_plan_is_heard_by_its_status_and_its_id(database_url: str) -> None:
    async with Database(database_url) as database, asyncio.timeout(10):
        with database.feed.subscribe("queued") as by_status, database.feed.subscribe(ID) as by_id:
            await PostgresPlanStore(database).accept(NEW)
            await by_status.wait()
            await by_id.wait()


async def test_other_plans_wake_nobody(database_url: str) -> None:
    async with Database(database_url) as database, asyncio.timeout(10):
        with database.feed.subscribe("another") as other, database.feed.subscribe(ID) as heard:
            await PostgresPlanStore(database).accept(NEW)
            await heard.wait()
            assert not other.is_set()


async def test_changes_go_on_after_every_connection_was_cut(database_url: str) -> None:
    """What happened in between is told once the feed is back, without waiting for the next look."""
    async with Database(database_url) as database, asyncio.timeout(20):
        store = PostgresPlanStore(database, look_again_seconds=3600)
        await store.accept(NEW)
        async with aclosing(store.changes(LOCAL, ID)) as changes:
            assert await anext(changes) is PlanStatus.QUEUED
            following = asyncio.ensure_future(anext(changes))
            administrator = await asyncpg.connect(database_url)
            await administrator.execute(
                "select pg_terminate_backend(pid) from pg_stat_activity "
                "where datname = current_database() and pid <> pg_backend_pid()"
            )
            await administrator.execute(
                "update plan set status = 'cancelled', finished_at = now(), revision = revision + 1"
            )
            await administrator.close()
            assert await following is PlanStatus.CANCELLED


async def test_a_lost_notification_is_made_up_for_by_looking_again(database_url: str) -> None:
    """The change is made behind the triggers' back, so that nobody is notified."""
    async with Database(database_url) as database, asyncio.timeout(20):
        store = PostgresPlanStore(database, look_again_seconds=0.05)
        await store.accept(NEW)
        async with aclosing(store.changes(LOCAL, ID)) as changes:
            assert await anext(changes) is PlanStatus.QUEUED
            administrator = await asyncpg.connect(database_url)
            await administrator.execute("alter table plan disable trigger plan_tell_listeners")
            await administrator.execute(
                "update plan set status = 'cancelled', finished_at = now(), revision = revision + 1"
            )
            await administrator.close()
            assert await anext(changes) is PlanStatus.CANCELLED

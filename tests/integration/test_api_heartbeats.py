"""A stream on which nothing happens says so, so that nobody in between takes it for dead."""

import asyncio
from concurrent.futures import ThreadPoolExecutor

import aiohttp
from aiohttp import web
from prometheus_client import CollectorRegistry

from router.adapters.postgres.key_ring import PostgresKeyRing
from router.adapters.postgres.timetable_store import PostgresTimetableStore
from router.adapters.prometheus.observer import PrometheusObserver
from router.adapters.prometheus.page import metrics_page
from router.adapters.webhooks.sender import HttpWebhookSender
from router.api.app import make_app
from router.api.keys import ApiLimits
from router.api.listening import listening
from router.bootstrap import SystemClock, read_settings, workshop
from router.domain.webhooks import PUBLIC_HTTPS
from router.geography.outline import Outline
from router.service.front_desk import FrontDesk
from router.service.intake import Intake
from router.service.timetables import Archives
from tests.submissions import House, a_submission, opened

LIMITS = ApiLimits(body_bytes=1, message_bytes=1, wait_seconds=1, heartbeat_seconds=0.1)


def an_app(house: House, intake: Intake, key_ring: PostgresKeyRing) -> web.Application:
    registry = CollectorRegistry()
    observer = PrometheusObserver(registry)
    desk = FrontDesk(
        intake=intake,
        checks=intake,
        timetables=Archives(store=PostgresTimetableStore(house.database), built_in=(), intake=intake),
        key_ring=key_ring,
        webhooks=HttpWebhookSender(PUBLIC_HTTPS),
        store=house.store,
        observer=observer,
        clock=SystemClock(),
    )
    return make_app(desk, LIMITS, metrics_page(registry), Outline(()))


async def test_a_silent_stream_is_kept_alive_until_something_happens(database_url: str) -> None:
    with ThreadPoolExecutor(1) as beside:
        equipment = await asyncio.get_running_loop().run_in_executor(beside, workshop, read_settings())
    async with opened(database_url) as house:
        await house.store.accept(a_submission(1))
        with Intake(equipment) as intake, PostgresKeyRing(house.database, open_house=True) as key_ring:
            async with (
                listening(an_app(house, intake, key_ring), "127.0.0.1", 0, 1.0) as url,
                aiohttp.ClientSession(url) as session,
                session.get("/v1/plans/local-001/events") as stream,
                asyncio.timeout(60),
            ):
                heard = [await stream.content.readline() for _ in range(12)]
                assert heard.count(b": still here\n") >= 2
                await house.store.request_cancel(a_submission(1).tenant_id, "local-001")
                rest = (await stream.content.read()).decode()
                assert "event: done" in rest

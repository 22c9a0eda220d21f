"""``router serve``: answer over HTTP, with a worker beside or without."""

import contextlib
import os
from collections.abc import Callable, Coroutine
from dataclasses import dataclass
from functools import partial
from typing import Any

import structlog

from router.adapters.postgres.database import Database
from router.adapters.postgres.heartbeat import PostgresHeartbeatTenancy
from router.adapters.postgres.key_ring import PostgresKeyRing
from router.adapters.postgres.migrate import migrate
from router.adapters.postgres.plan_store import PostgresPlanStore
from router.adapters.postgres.queue_state import PostgresQueueGauge
from router.adapters.postgres.registry import PostgresRegistry
from router.adapters.postgres.timetable_store import PostgresTimetableStore
from router.adapters.prometheus.collectors import PoolCollector, QueueCollector
from router.adapters.prometheus.observer import PrometheusObserver
from router.adapters.prometheus.page import metrics_page
from router.adapters.webhooks.sender import HttpWebhookSender
from router.api.app import make_app
from router.api.keys import ApiLimits
from router.api.listening import listening
from router.bootstrap.databases import database_url
from router.bootstrap.equipment import SystemClock, built_in_timetables, webhook_rules, workshop
from router.bootstrap.observing import a_registry
from router.bootstrap.stopping import stop_event, until
from router.domain.records import PlanStatus
from router.geography.geography import Geography
from router.geography.outline import Outline
from router.service.front_desk import FrontDesk
from router.service.heartbeat import Pulse, beating
from router.service.intake import Intake
from router.service.timetables import Archives
from router.service.workshop import Workshop
from router.settings import Settings, is_loopback
from router.worker.supervisor import supervised_worker

JSON_TO_MESSAGE = 4
"""How many bytes of JSON say what one byte of a message says, about."""

BODIES_IN_HAND = 4
"""How many bodies of the largest size may be in memory at once; of small ones correspondingly more."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Serving:
    """A service that answers, and what it works with."""

    url: str
    workshop: Workshop
    asks_for_keys: bool


OnceReady = Callable[[Serving], Coroutine[Any, Any, None]]


async def serve(settings: Settings, once_ready: OnceReady, *, with_worker: bool = True) -> None:
    """Run the service until it is told to stop: the HTTP part here, the solving in a process beside.

    ``once_ready`` is called when the service answers, and cancelled when the service stops.

    Raises:
        StoreUnavailable: the database cannot be reached or started.
        OSError: the port is taken.
        ValueError: others could reach the service, and there are no keys.
    """
    stop = stop_event()
    async with contextlib.AsyncExitStack() as stack:
        dsn = await stack.enter_async_context(database_url(settings))
        await migrate(dsn)
        registry = a_registry()
        observer = PrometheusObserver(registry)
        database = await stack.enter_async_context(Database(dsn, on_wait=observer.database_waited))
        PoolCollector(lambda: database.connections, registry)
        queue = QueueCollector(PostgresQueueGauge(database), registry)
        keys_exist = await _require_keys_or_loopback(database, settings.host)
        equipment = workshop(settings, dsn=dsn, observer=observer)
        desk = _front_desk(stack, equipment, database, observer, settings)
        app = make_app(
            desk, _api_limits(settings), metrics_page(registry, queue.refresh), _outline(equipment)
        )
        grace = settings.stop_grace_seconds
        url = await stack.enter_async_context(listening(app, settings.host, settings.port, grace))
        if with_worker:
            environment = {**os.environ, "DATABASE_URL": dsn}
            await stack.enter_async_context(supervised_worker(environment, observer, grace))
        await stack.enter_async_context(_heartbeat(desk, database, settings))
        log = structlog.get_logger(__name__)
        note = "API keys are asked for" if keys_exist else "there are no API keys: loopback only"
        log.info("listening", url=url, note=note)
        await until(stop, once_ready(Serving(url=url, workshop=equipment, asks_for_keys=keys_exist)))
        log.info("stopping")


def _front_desk(
    stack: contextlib.AsyncExitStack,
    equipment: Workshop,
    database: Database,
    observer: PrometheusObserver,
    settings: Settings,
) -> FrontDesk:
    """Return a desk that is staffed as long as the stack."""
    intake = stack.enter_context(Intake(equipment))
    return FrontDesk(
        intake=intake,
        timetables=Archives(
            store=PostgresTimetableStore(database), built_in=built_in_timetables(), intake=intake
        ),
        checks=stack.enter_context(Intake(equipment, at_the_ready=False)),
        key_ring=stack.enter_context(PostgresKeyRing(database, open_house=is_loopback(settings.host))),
        store=PostgresPlanStore(database, on_cancelled=partial(observer.plan_ended, PlanStatus.CANCELLED)),
        webhooks=HttpWebhookSender(webhook_rules(settings)),
        observer=observer,
        clock=SystemClock(),
    )


def _heartbeat(
    desk: FrontDesk, database: Database, settings: Settings
) -> contextlib.AbstractAsyncContextManager[None]:
    """Return what beats while its block lasts, if it is to beat at all."""
    if not settings.heartbeat_seconds:
        return contextlib.nullcontext()
    pulse = Pulse(
        desk=desk,
        tenancy=PostgresHeartbeatTenancy(database),
        seconds=settings.heartbeat_seconds,
        longest_seconds=settings.max_time_limit_seconds,
    )
    return beating(pulse)


async def _require_keys_or_loopback(database: Database, host: str) -> bool:
    """Return whether there are keys.

    Raises:
        ValueError: there are none, and others than this machine could reach the address.
    """
    keys_exist = bool(await PostgresRegistry(database).keys())
    if not keys_exist and not is_loopback(host):
        raise ValueError(
            f"SELAT_HOST={host} would let anybody in: there are no API keys. Make one with `router keys create`, "
            "or listen on a loopback address (127.0.0.1, ::1, localhost)"
        )
    return keys_exist


def _outline(equipment: Workshop) -> Outline:
    """Return the land for the map page: that by which requests are read."""
    land = equipment.land
    return Outline(land.lands if isinstance(land, Geography) else ())


def _api_limits(settings: Settings) -> ApiLimits:
    return ApiLimits(
        body_bytes=settings.max_body_bytes,
        message_bytes=settings.max_body_bytes // JSON_TO_MESSAGE,
        bodies_bytes=BODIES_IN_HAND * settings.max_body_bytes,
        wait_seconds=settings.max_wait_seconds,
        connections=settings.max_connections,
        idle_seconds=settings.idle_connection_seconds,
        event_streams=settings.max_event_streams,
    )

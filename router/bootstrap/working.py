"""``router work``: solve plans from the queue."""

import asyncio
import contextlib
import os
import socket
import sys
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import structlog

from router.adapters.postgres.database import Database
from router.adapters.postgres.job_queue import PostgresJobQueue
from router.adapters.postgres.outbox import PostgresOutbox
from router.adapters.postgres.plan_store import PostgresPlanStore
from router.adapters.prometheus.collectors import PoolCollector
from router.adapters.prometheus.observer import PrometheusObserver
from router.adapters.webhooks.sender import HttpWebhookSender
from router.bootstrap.equipment import webhook_rules, workshop
from router.bootstrap.observing import a_registry, own_metrics_page
from router.bootstrap.stopping import Leash, stop_event
from router.errors import StoreUnavailable
from router.ports import Observer
from router.service.courier import PostOffice, deliver_news
from router.service.run_job import Bench
from router.service.workshop import Workshop
from router.settings import Settings
from router.worker.reports import ReportingObserver, claim_standard_output
from router.worker.slots import work as work_in_slots
from router.worker.solver_watch import watch_solvers
from router.worker.sweeper import keep_swept


async def work(settings: Settings, *, supervised: bool) -> None:
    """Solve plans from the queue until told to stop.

    A supervised worker reports to, and goes with, the process at the other end of its standard streams.

    Raises:
        StoreUnavailable: no database is named, or it cannot be reached.
        OSError: the port for its metrics is taken.
    """
    if settings.database_url is None:
        raise StoreUnavailable("a worker needs DATABASE_URL; the embedded database is that of `serve`")
    stop = stop_event()
    async with contextlib.AsyncExitStack() as stack:
        if supervised:
            observer: Observer = ReportingObserver(claim_standard_output())
            await asyncio.get_running_loop().connect_read_pipe(lambda: Leash(stop), sys.stdin)
            database = Database(settings.database_url, on_wait=observer.database_waited)
        else:
            registry = a_registry()
            observer = PrometheusObserver(registry)
            database = Database(settings.database_url, on_wait=observer.database_waited)
            PoolCollector(lambda: database.connections, registry)
            await stack.enter_async_context(own_metrics_page(registry, settings))
        equipment = await _equipped(settings, observer, stop)
        await stack.enter_async_context(database)
        await _at_work(settings, equipment, database, observer, stop)


async def _at_work(
    settings: Settings, equipment: Workshop, database: Database, observer: Observer, stop: asyncio.Event
) -> None:
    """Do all that a worker does, side by side, until told to stop."""
    slots = settings.solves_at_once
    asyncio.get_running_loop().set_default_executor(ThreadPoolExecutor(2 * slots + 2))
    bench = Bench(
        workshop=equipment,
        store=PostgresPlanStore(database),
        queue=PostgresJobQueue(database, on_given_up=observer.plan_ended),
        observer=observer,
    )
    structlog.get_logger(__name__).info("worker_ready", slots=slots)
    keep = timedelta(days=settings.retention_days)
    async with asyncio.TaskGroup() as tasks:
        tasks.create_task(watch_solvers(observer, stop))
        tasks.create_task(keep_swept(bench.queue, keep, stop))
        tasks.create_task(deliver_news(_post_office(database, observer, settings), stop))
        tasks.create_task(work_in_slots(bench, slots, f"{socket.gethostname()}/{os.getpid()}", stop))


async def _equipped(settings: Settings, observer: Observer, stop: asyncio.Event) -> Workshop:
    """Return a warm workshop. Where the kernel has to be compiled that takes a minute, which nobody waits for."""
    warming = asyncio.create_task(asyncio.to_thread(workshop, settings, observer=observer, warm=True))
    stopped = asyncio.create_task(stop.wait())
    await asyncio.wait([warming, stopped], return_when=asyncio.FIRST_COMPLETED)
    if not warming.done():
        os._exit(0)  # nothing is in hand yet, and a thread that compiles cannot be told to stop
    stopped.cancel()
    return warming.result()


def _post_office(database: Database, observer: Observer, settings: Settings) -> PostOffice:
    return PostOffice(
        outbox=PostgresOutbox(database),
        sender=HttpWebhookSender(webhook_rules(settings)),
        observer=observer,
        retry_seconds=settings.webhook_retry_seconds,
    )

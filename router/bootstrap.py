"""The only file that builds concrete things and joins them; the only one that reads the settings."""

import asyncio
import contextlib
import os
import signal
import socket
import sys
from collections.abc import AsyncIterator, Callable, Coroutine
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import structlog
from aiohttp import web
from pydantic import ValidationError

from router.adapters.matrices.chosen import ChosenMatrixSource
from router.adapters.matrices.great_circle import GreatCircleSource
from router.adapters.matrices.inline import InlineSource
from router.adapters.postgres.database import Database
from router.adapters.postgres.embedded import EmbeddedPostgres
from router.adapters.postgres.job_queue import PostgresJobQueue
from router.adapters.postgres.migrate import migrate
from router.adapters.postgres.plan_store import PostgresPlanStore
from router.adapters.prometheus.observer import PrometheusObserver
from router.api.app import make_app
from router.api.keys import ApiLimits
from router.domain.travel_choice import TravelProvider
from router.errors import StoreUnavailable
from router.geography.geography import Geography
from router.ports import Observer
from router.service.front_desk import FrontDesk
from router.service.intake import Intake
from router.service.run_job import Bench
from router.service.workshop import Overrides, Workshop
from router.settings import Settings
from router.solver.process import ENGINES, SEARCH, ChildProcessSolver
from router.wire.limits import Limits
from router.worker.reports import ReportingObserver, claim_standard_output
from router.worker.slots import work as work_in_slots
from router.worker.supervisor import supervised_worker


class SystemClock:
    """The clock of this machine."""

    def now(self) -> datetime:
        """Return this moment, in UTC."""
        return datetime.now(UTC)


def read_settings() -> Settings:
    """Return the settings from the environment.

    Raises:
        ValueError: one of them cannot be; the message is for people.
    """
    try:
        return Settings()
    except ValidationError as error:
        raise ValueError("\n".join(f"{_variable(e['loc'])}: {e['msg']}" for e in error.errors())) from None


AS_ASKED = Overrides()


def workshop(
    settings: Settings, *, engine: str = SEARCH.name, overrides: Overrides = AS_ASKED, warm: bool = False
) -> Workshop:
    """Return everything that turns a request into a plan.

    Args:
        settings: Of this process.
        engine: A name of ``ENGINES``.
        overrides: What holds instead of the options of requests.
        warm: Whether the solver is to be ready for its first solve when this returns.

    Raises:
        LandLayerUnreadable: the land layer of the settings cannot be read.
        SolverCrashed: solver processes cannot be started.
    """
    solver = ChildProcessSolver(ENGINES[engine])
    with ThreadPoolExecutor(1) as beside:
        warming = beside.submit(solver.warm) if warm else None
        land = Geography.load(settings.land_layer)
        land.time_zone(0.0, 0.0)  # the first answer loads the zones: better here than in a request
        if warming is not None:
            warming.result()
    return Workshop(
        land=land,
        matrices=ChosenMatrixSource(
            {TravelProvider.GREAT_CIRCLE: GreatCircleSource()}, inline=InlineSource()
        ),
        solver=solver,
        limits=Limits(time_limit_seconds=settings.max_time_limit_seconds),
        threads=settings.threads_per_solve,
        memory_bytes=settings.solver_memory_bytes,
        overrides=overrides,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Serving:
    """A service that answers, and what it works with."""

    url: str
    workshop: Workshop


async def serve(settings: Settings, once_ready: Callable[[Serving], Coroutine[Any, Any, None]]) -> None:
    """Run the service until it is told to stop: the HTTP part here, the solving in a process beside.

    ``once_ready`` is called when the service answers, and cancelled when the service stops.

    Raises:
        StoreUnavailable: the database cannot be reached or started.
        OSError: the port is taken.
    """
    stop = _stop_event()
    async with contextlib.AsyncExitStack() as stack:
        dsn = await stack.enter_async_context(_database_url(settings))
        await migrate(dsn)
        database = await stack.enter_async_context(Database(dsn))
        observer = PrometheusObserver()
        equipment = workshop(settings)
        desk = FrontDesk(
            intake=stack.enter_context(Intake(equipment)),
            store=PostgresPlanStore(database),
            observer=observer,
            clock=SystemClock(),
        )
        limits = ApiLimits(body_bytes=settings.max_body_bytes, wait_seconds=settings.max_wait_seconds)
        app = make_app(desk, limits, observer.handler())
        url = await stack.enter_async_context(_listening(app, settings))
        environment = {**os.environ, "DATABASE_URL": dsn}
        await stack.enter_async_context(supervised_worker(environment, observer, settings.stop_grace_seconds))
        log = structlog.get_logger(__name__)
        log.info("listening", url=url, note="no API keys are configured: loopback only")
        await _until(stop, once_ready(Serving(url=url, workshop=equipment)))
        log.info("stopping")


async def work(settings: Settings, *, supervised: bool) -> None:
    """Solve plans from the queue until told to stop.

    A supervised worker reports to, and goes with, the process at the other end of its standard streams.

    Raises:
        StoreUnavailable: no database is named, or it cannot be reached.
    """
    if settings.database_url is None:
        raise StoreUnavailable("a worker needs DATABASE_URL; the embedded database is that of `serve`")
    stop = _stop_event()
    observer: Observer = PrometheusObserver()
    if supervised:
        observer = ReportingObserver(claim_standard_output())
        await asyncio.get_running_loop().connect_read_pipe(lambda: _Leash(stop), sys.stdin)
    slots = settings.solves_at_once
    equipment = await asyncio.to_thread(workshop, settings, warm=True)
    asyncio.get_running_loop().set_default_executor(ThreadPoolExecutor(2 * slots + 2))
    async with Database(settings.database_url) as database:
        bench = Bench(
            workshop=equipment,
            store=PostgresPlanStore(database),
            queue=PostgresJobQueue(database),
            observer=observer,
        )
        structlog.get_logger(__name__).info("worker_ready", slots=slots)
        await work_in_slots(bench, slots, f"{socket.gethostname()}/{os.getpid()}", stop)


async def migrate_database(settings: Settings) -> tuple[str, ...]:
    """Bring the database to the schema of this version and return the names of what was applied.

    Raises:
        StoreUnavailable: the database cannot be reached or started.
    """
    async with _database_url(settings) as dsn:
        return await migrate(dsn)


@contextlib.asynccontextmanager
async def _database_url(settings: Settings) -> AsyncIterator[str]:
    """Give the address of the database: that of the settings, or of an embedded one while the block lasts."""
    if settings.database_url is not None:
        yield settings.database_url
        return
    async with EmbeddedPostgres(settings.data_dir) as embedded:
        yield embedded.dsn


@contextlib.asynccontextmanager
async def _listening(app: web.Application, settings: Settings) -> AsyncIterator[str]:
    """Listen while the block lasts, and give the address."""
    runner = web.AppRunner(app, access_log=None, shutdown_timeout=settings.stop_grace_seconds)
    await runner.setup()
    try:
        site = web.TCPSite(runner, settings.host, settings.port)
        await site.start()
        host, port = runner.addresses[0][:2]
        yield f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"
    finally:
        await runner.cleanup()


def _stop_event() -> asyncio.Event:
    """Return an event that SIGTERM and Ctrl-C set."""
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for each in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(each, stop.set)
    return stop


async def _until(stop: asyncio.Event, guest: Coroutine[Any, Any, None]) -> None:
    """Wait for ``stop`` while the guest does its work; where the guest fails, so does this."""
    working, waiting = asyncio.create_task(guest), asyncio.create_task(stop.wait())
    try:
        await asyncio.wait([working, waiting], return_when=asyncio.FIRST_COMPLETED)
        if working.done():
            working.result()
        await waiting
    finally:
        working.cancel()
        waiting.cancel()


class _Leash(asyncio.Protocol):
    """Sets an event when the other end of a pipe is closed."""

    def __init__(self, stop: asyncio.Event) -> None:
        self._stop = stop

    def connection_lost(self, exc: Exception | None) -> None:  # noqa: ARG002  (the protocol's signature)
        """Set the event."""
        self._stop.set()


def _variable(location: tuple[int | str, ...]) -> str:
    name = "".join(map(str, location)).upper()
    return name if name == "DATABASE_URL" else f"SELAT_{name}".removesuffix("_")

"""What every command needs: the settings, a clock, and the means to turn requests into plans."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime

from pydantic import ValidationError

from router.adapters.gtfs.reader import GtfsReader
from router.adapters.timetables.packaged import PackagedTimetables
from router.bootstrap.roads import matrix_source, road_engines
from router.domain.stored_timetables import KeptTimetable
from router.domain.webhooks import WebhookRules
from router.geography.geography import Geography
from router.ports import Observer
from router.service.workshop import Overrides, Workshop
from router.settings import Settings
from router.solver.process import ENGINES, SEARCH, ChildProcessSolver
from router.wire.limits import Limits

AS_ASKED = Overrides()


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


def workshop(
    settings: Settings,
    *,
    dsn: str | None = None,
    engine: str = SEARCH.name,
    overrides: Overrides = AS_ASKED,
    observer: Observer | None = None,
    warm: bool = False,
) -> Workshop:
    """Return everything that turns a request into a plan.

    Args:
        settings: Of this process.
        dsn: The address of the database where it is not that of the settings; road engines are remembered there.
        engine: A name of ``ENGINES``.
        overrides: What holds instead of the options of requests.
        observer: Is told what is asked of road engines.
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
        matrices=matrix_source(settings, settings.database_url if dsn is None else dsn, observer),
        solver=solver,
        feeds=GtfsReader(),
        limits=Limits(
            time_limit_seconds=settings.max_time_limit_seconds,
            webhooks=webhook_rules(settings),
            road_engines=road_engines(settings),
        ),
        threads=settings.threads_per_solve,
        memory_bytes=settings.solver_memory_bytes,
        overrides=overrides,
    )


def built_in_timetables() -> tuple[KeptTimetable, ...]:
    """Return the timetables that come with the package."""
    return PackagedTimetables().kept()


def webhook_rules(settings: Settings) -> WebhookRules:
    """Return which addresses may be called on behalf of tenants."""
    return WebhookRules(http=settings.webhook_http, private_addresses=settings.webhook_private_addresses)


def _variable(location: tuple[int | str, ...]) -> str:
    name = "".join(map(str, location)).upper()
    return name if name == "DATABASE_URL" else f"SELAT_{name}".removesuffix("_")

"""The commands: each reads its arguments, has the work done, and shows what comes back.

Exit codes: 0 when all is well, 1 when it is not, 2 when what was handed in has faults.
"""

from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from router import bootstrap
from router.cli import keys, tenants
from router.cli.demo import demo_request, solve_demo_over_http
from router.cli.log import configure_logging
from router.cli.replanning import replan_and_show
from router.cli.reports import print_violations, print_warnings
from router.cli.running import Exit, run_job, told_in_words
from router.cli.solving import solve_and_show
from router.cli.timetables import USUAL, import_feed, stock_of, with_timetables
from router.domain.stored_timetables import FeedDefaults
from router.domain.units import Seconds
from router.service.check_plan import check_files
from router.service.timetables import resolve
from router.service.workshop import Overrides
from router.settings import Settings
from router.solver.process import ENGINES
from router.wire.request import resolve_plan_request

app = typer.Typer(
    name="router",
    help="Selat plans last-mile deliveries over roads and ferry timetables.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
app.add_typer(keys.app)
app.add_typer(tenants.app)


RequestFile = Annotated[
    Path, typer.Argument(metavar="REQUEST", help="A plan request, JSON.", exists=True, dir_okay=False)
]
PlanFile = Annotated[Path, typer.Argument(metavar="PLAN", help="A plan, JSON.", exists=True, dir_okay=False)]
FeedFile = Annotated[
    Path, typer.Argument(metavar="FEED", help="A GTFS feed, zip.", exists=True, dir_okay=False)
]
Timetables = Annotated[
    list[str] | None,
    typer.Option(
        "--timetables",
        help="A timetable to plan with: JSON, a GTFS zip, or the name of a built-in one. May be given several times.",
    ),
]
OutputFile = Annotated[
    Path | None, typer.Option("--output", "-o", help="Write the plan there, as JSON.", dir_okay=False)
]
EngineName = Annotated[str, typer.Option("--engine", help=f"One of: {', '.join(ENGINES)}.")]
TimeLimit = Annotated[float | None, typer.Option(min=1, help="Seconds, instead of what the request says.")]
Seed = Annotated[int | None, typer.Option(min=0, help="Start of all random choices, likewise.")]
Iterations = Annotated[int | None, typer.Option(min=0, help="Most iterations, likewise.")]


@app.command()
def serve(
    *,
    demo: Annotated[bool, typer.Option("--demo", help="Solve the demo through the service first.")] = False,
    api: Annotated[
        bool, typer.Option("--api", help="Only answer; solving is done by `router work`.")
    ] = False,
) -> None:
    """Run the service: HTTP, its own database unless DATABASE_URL is set, and a worker."""
    console = Console()

    async def once_ready(serving: bootstrap.Serving) -> None:
        if demo and serving.asks_for_keys:
            console.print("The demo is not solved: this service asks for API keys.")
        elif demo:
            await solve_demo_over_http(serving.url, serving.workshop, console)
        where = f"Open {serving.url} in a browser; the API is at {serving.url}/docs. Ctrl-C stops it."
        console.print(where, highlight=False, soft_wrap=True)

    run_job(lambda settings: bootstrap.serve(settings, once_ready, with_worker=not api))


@app.command()
def work(*, supervised: Annotated[bool, typer.Option("--supervised", hidden=True)] = False) -> None:
    """Run a worker beside a service elsewhere; both need the same DATABASE_URL."""
    run_job(lambda settings: bootstrap.work(settings, supervised=supervised))


@app.command()
def migrate() -> None:
    """Bring the database to the schema of this version."""

    async def apply(settings: Settings) -> None:
        for name in await bootstrap.migrate_database(settings) or ("nothing to do",):
            typer.echo(name)

    run_job(apply)


@app.command()
def solve(
    request: RequestFile,
    output: OutputFile = None,
    timetables: Timetables = None,
    engine: EngineName = "search",
    time_limit: TimeLimit = None,
    seed: Seed = None,
    iterations: Iterations = None,
) -> None:
    """Solve a request here and now, without a service, and show its routes."""
    overrides = Overrides(time_limit=time_limit, seed=seed, iteration_limit=iterations)
    _solve(request.read_bytes(), output, engine, overrides, timetables or [])


@app.command()
def demo(
    output: OutputFile = None, engine: EngineName = "search", time_limit: TimeLimit = None, seed: Seed = None
) -> None:
    """Solve the demo here and now: parcels on Bali, Lombok and the islands around, by vans and motorbikes."""
    _solve(demo_request(), output, engine, Overrides(time_limit=time_limit, seed=seed))


@app.command()
def check(request: RequestFile, plan: PlanFile, timetables: Timetables = None) -> None:
    """Have the referee look at a plan, from whatever program."""
    console = Console()
    with told_in_words():
        workshop = bootstrap.workshop(bootstrap.read_settings())
        stock = stock_of(timetables or [], workshop)
        asked = with_timetables(request.read_bytes(), timetables or [])
        violations = check_files(asked, plan.read_bytes(), workshop, stock=stock)
    print_violations(console, violations)
    if violations:
        raise typer.Exit(Exit.FAILED)


@app.command()
def replan(
    request: RequestFile,
    plan: PlanFile,
    changes: Annotated[
        Path, typer.Argument(metavar="CHANGES", help="What has changed, JSON.", exists=True, dir_okay=False)
    ],
    output: OutputFile = None,
) -> None:
    """Plan the rest of a day anew: what began before `at` stays, the rest changes as little as it must."""
    configure_logging("warning")
    with told_in_words():
        workshop = bootstrap.workshop(bootstrap.read_settings(), warm=True)
        asked = resolve_plan_request(
            request.read_bytes(), workshop.limits, workshop.land, stock_of([], workshop)
        )
        replan_and_show(asked.body, plan.read_bytes(), changes.read_bytes(), workshop, output)


@app.command("import-gtfs")
def import_gtfs(
    feed: FeedFile,
    output: Annotated[
        Path | None, typer.Option("--output", "-o", help="Write it there.", dir_okay=False)
    ] = None,
    check_in_seconds: Annotated[
        int, typer.Option(min=0, help="How long before departure vehicles must be at the port.")
    ] = USUAL.check_in,
    unload_seconds: Annotated[
        int, typer.Option(min=0, help="How long after docking they roll off.")
    ] = USUAL.unload,
    currency: Annotated[str, typer.Option(help="Of the plans with it, ISO 4217.")] = USUAL.currency,
) -> None:
    """Turn the ferries of a GTFS feed into a timetable, JSON, and say what is odd about the feed."""
    defaults = FeedDefaults(
        currency=currency, check_in=Seconds(check_in_seconds), unload=Seconds(unload_seconds)
    )
    with told_in_words():
        import_feed(feed, output, defaults)


def _solve(
    request: bytes, output: Path | None, engine: str, overrides: Overrides, timetables: Sequence[str] = ()
) -> None:
    if engine not in ENGINES:
        raise typer.BadParameter(f"{engine!r} is none of: {', '.join(ENGINES)}", param_hint="--engine")
    configure_logging("warning")
    with told_in_words():
        workshop = bootstrap.workshop(
            bootstrap.read_settings(), engine=engine, overrides=overrides, warm=True
        )
        resolved = resolve(with_timetables(request, timetables), workshop, stock_of(timetables, workshop))
        print_warnings(Console(), resolved.merging.warnings)
        solve_and_show(resolved.body, workshop, output)

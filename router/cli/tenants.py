"""``router tenants``: how much each may have."""

import base64
from enum import StrEnum
from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table

from router import bootstrap
from router.cli.running import run_job
from router.domain.tenants import Quota, Tenant, TenantId
from router.settings import Settings

app = typer.Typer(
    name="tenants", help="Tenants: shares, caps, quotas, webhook secrets.", no_args_is_help=True
)

SECONDS_PER_HOUR, SECONDS_PER_DAY = 3600, 86400


class Period(StrEnum):
    """After which a quota begins anew."""

    HOUR = "hour"
    DAY = "day"


TenantName = Annotated[str, typer.Argument(metavar="TENANT")]
Weight = Annotated[
    float, typer.Option(help="Share of the workers where tenants compete: 2 gets twice as much as 1.")
]
MaxRunning = Annotated[
    int | None, typer.Option(min=1, help="Most plans in work at once; no cap if not given.")
]
QuotaAmount = Annotated[
    int | None,
    typer.Option("--quota", min=1, help="Stops x seconds of time limit per period; none if not given."),
]
Per = Annotated[Period, typer.Option(help="The period of the quota.")]


@app.command(name="set")
def set_tenant(
    tenant: TenantName,
    weight: Weight = 1.0,
    max_running: MaxRunning = None,
    quota: QuotaAmount = None,
    per: Per = Period.DAY,
) -> None:
    """Add a tenant, or give one other limits; what is not given is not limited."""

    async def put(settings: Settings) -> None:
        seconds = SECONDS_PER_HOUR if per is Period.HOUR else SECONDS_PER_DAY
        allowed = None if quota is None else Quota(stop_seconds=quota, period_seconds=seconds)
        house = Tenant(id=TenantId(tenant), weight=weight, max_running=max_running, quota=allowed)
        async with bootstrap.registry(settings) as registry:
            await registry.put_tenant(house)

    run_job(put, quiet=True)


@app.command(name="list")
def list_tenants() -> None:
    """Show all tenants and their limits."""

    async def show(settings: Settings) -> None:
        async with bootstrap.registry(settings) as registry:
            Console().print(_table(await registry.tenants()))

    run_job(show, quiet=True)


@app.command()
def secret(
    tenant: TenantName,
    *,
    renew: Annotated[bool, typer.Option("--renew", help="Make a new one first.")] = False,
) -> None:
    """Show what signs the tenant's webhooks, as the receiver's library wants it."""

    async def show(settings: Settings) -> None:
        async with bootstrap.registry(settings) as registry:
            key = await registry.webhook_secret(TenantId(tenant), renew=renew)
        typer.echo("whsec_" + base64.b64encode(key).decode())

    run_job(show, quiet=True)


def _table(tenants: tuple[Tenant, ...]) -> Table:
    table = Table("tenant", "weight", "max running", "stops x seconds", box=None)
    for each in tenants:
        cap = "" if each.max_running is None else str(each.max_running)
        table.add_row(each.id, f"{each.weight:g}", cap, _quota(each.quota))
    return table


def _quota(quota: Quota | None) -> str:
    if quota is None:
        return ""
    periods = {SECONDS_PER_HOUR: "hour", SECONDS_PER_DAY: "day"}
    return f"{quota.stop_seconds:,} per {periods.get(quota.period_seconds, f'{quota.period_seconds} s')}"

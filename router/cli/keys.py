"""``router keys``: who may come in."""

from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table

from router import bootstrap
from router.cli.running import run_job
from router.domain.tenants import ALL_SCOPES, ApiKey, Scope, Tenant, TenantId
from router.errors import SelatError
from router.service.keys import new_key
from router.settings import Settings

app = typer.Typer(name="keys", help="API keys: who may come in, and for what.", no_args_is_help=True)

TenantName = Annotated[
    str, typer.Argument(metavar="TENANT", help="Lower-case letters, digits, - and _; made where it is new.")
]
Scopes = Annotated[
    list[Scope] | None,
    typer.Option("--scope", help="What the key may be used for; for all of it if not given."),
]
Label = Annotated[str, typer.Option(help="What it is for, in your words.")]


@app.command()
def create(tenant: TenantName, scope: Scopes = None, label: Label = "") -> None:
    """Make a key of a tenant and show it, this one time, on standard output."""

    async def make(settings: Settings) -> None:
        house = Tenant(id=TenantId(tenant))
        key = new_key(house.id, frozenset(scope or ALL_SCOPES), label, bootstrap.SystemClock())
        async with bootstrap.registry(settings) as registry:
            if house.id not in {known.id for known in await registry.tenants()}:
                await registry.put_tenant(house)
            await registry.add_key(key.record, key.digest)
        typer.echo(
            f"Key {key.record.id} of {tenant}. It is kept as a hash only and never shown again:", err=True
        )
        typer.echo(key.secret)

    run_job(make, quiet=True)


@app.command(name="list")
def list_keys() -> None:
    """Show all keys ever made, without what lets anybody in."""

    async def show(settings: Settings) -> None:
        async with bootstrap.registry(settings) as registry:
            Console().print(_table(await registry.keys()))

    run_job(show, quiet=True)


@app.command()
def revoke(
    key_id: Annotated[str, typer.Argument(metavar="ID", help="As `router keys list` shows it.")],
) -> None:
    """Let nobody in with a key any more, from this moment on."""

    async def forbid(settings: Settings) -> None:
        async with bootstrap.registry(settings) as registry:
            if not await registry.revoke(key_id):
                raise SelatError(f"there is no key {key_id}")

    run_job(forbid, quiet=True)


def _table(keys: tuple[ApiKey, ...]) -> Table:
    table = Table("id", "tenant", "scopes", "label", "made", "revoked", box=None)
    for key in keys:
        made, revoked = (
            "" if moment is None else f"{moment:%Y-%m-%d %H:%M}"
            for moment in (key.created_at, key.revoked_at)
        )
        table.add_row(key.id, key.tenant_id, " ".join(sorted(key.scopes)), key.label, made, revoked)
    return table

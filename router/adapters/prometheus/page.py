"""The page that Prometheus reads: what answers ``GET /metrics``, and a server for processes that have no other."""

import contextlib
from collections.abc import AsyncIterator, Awaitable, Callable

from aiohttp import web
from prometheus_client import CollectorRegistry
from prometheus_client.aiohttp import make_aiohttp_handler

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


async def _nothing() -> None:
    """Look nothing up."""


def metrics_page(registry: CollectorRegistry, refresh: Callable[[], Awaitable[None]] = _nothing) -> Handler:
    """Return what answers ``GET /metrics``, with exemplars for those who accept OpenMetrics.

    ``refresh`` is awaited before; it must not take long.
    """
    answer = make_aiohttp_handler(registry, disable_compression=True)  # the API packs what it answers itself

    async def handle(request: web.Request) -> web.StreamResponse:
        await refresh()
        return await answer(request)

    return handle


@contextlib.asynccontextmanager
async def metrics_server(page: Handler, host: str, port: int) -> AsyncIterator[str]:
    """Answer ``GET /metrics``, and nothing else, while the block lasts; give the address of the page.

    Raises:
        OSError: the port is taken.
    """
    app = web.Application()
    app.router.add_get("/metrics", page)
    runner = web.AppRunner(app, access_log=None)
    await runner.setup()
    try:
        site = web.TCPSite(runner, host, port)
        await site.start()
        name, number = runner.addresses[0][:2]
        yield f"http://[{name}]:{number}/metrics" if ":" in name else f"http://{name}:{number}/metrics"
    finally:
        await runner.cleanup()

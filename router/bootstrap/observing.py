"""What is counted in a process, and where Prometheus reads it."""

import contextlib
import hashlib
from collections.abc import AsyncIterator
from importlib.resources import files

import structlog
from prometheus_client import CollectorRegistry

from router.adapters.prometheus.page import metrics_page, metrics_server
from router.adapters.prometheus.process import process_registry
from router.settings import Settings

KERNELS = ("router.solver.kernel", "router.solver.plain")
DIGITS = 12

USUAL_PORT = 9464
"""Of a worker's page, where nobody says another; that of the first worker on a machine."""


def a_registry() -> CollectorRegistry:
    """Return the registry of this process."""
    return process_registry(_kernel_digest())


@contextlib.asynccontextmanager
async def own_metrics_page(registry: CollectorRegistry, settings: Settings) -> AsyncIterator[None]:
    """Show the metrics of a process that does not answer calls, while the block lasts.

    Raises:
        OSError: the port of the settings is taken. Where they name none and the usual one is taken, a free one is.
    """
    if settings.metrics_port == 0:
        yield
        return
    async with contextlib.AsyncExitStack() as stack:
        page, host = metrics_page(registry), settings.metrics_host
        try:
            server = metrics_server(page, host, settings.metrics_port or USUAL_PORT)
            url = await stack.enter_async_context(server)
        except OSError:
            if settings.metrics_port is not None:
                raise
            url = await stack.enter_async_context(metrics_server(page, host, 0))
        structlog.get_logger(__name__).info("metrics_shown", url=url)
        yield


def _kernel_digest() -> str:
    """Return a digest of the sources of the compiled search."""
    digest = hashlib.sha256()
    for package in KERNELS:
        sources = [file for file in files(package).iterdir() if file.name.endswith(".py")]
        for file in sorted(sources, key=lambda file: file.name):
            digest.update(file.read_bytes())
    return digest.hexdigest()[:DIGITS]

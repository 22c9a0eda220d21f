"""The page of a process that answers nothing else: where it is, and what there is besides."""

import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import aiohttp
import pytest
import structlog
from prometheus_client import CollectorRegistry, Counter

from router.bootstrap.observing import a_registry, own_metrics_page
from router.settings import Settings


@asynccontextmanager
async def shown(settings: Settings) -> AsyncIterator[list[str]]:
    """Give the addresses at which a process with these settings shows its page."""
    registry = CollectorRegistry()
    Counter("events", "Of a test.", registry=registry).inc()
    with structlog.testing.capture_logs() as log:
        async with own_metrics_page(registry, settings):
            yield [line["url"] for line in log if line["event"] == "metrics_shown"]


async def test_there_is_the_page_and_nothing_else() -> None:
    async with shown(Settings()) as [url], aiohttp.ClientSession() as session:
        async with session.get(url) as page:
            assert page.status == 200
            assert "events_total 1.0" in await page.text()
        async with session.get(url.removesuffix("metrics")) as nothing:
            assert nothing.status == 404


async def test_without_settings_nobody_from_elsewhere_can_read_it() -> None:
    async with shown(Settings()) as [url]:
        assert url.startswith("http://127.0.0.1:")


async def test_a_second_worker_on_a_machine_takes_another_port() -> None:
    async with shown(Settings()) as [first], shown(Settings()) as [second]:
        assert first != second


async def test_a_port_that_somebody_asked_for_is_taken_or_nothing_starts() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        settings = Settings(metrics_port=taken.getsockname()[1])
        with pytest.raises(OSError, match="in use"):
            async with shown(settings):
                pass


async def test_port_0_shows_nothing() -> None:
    async with shown(Settings(metrics_port=0)) as urls:
        assert urls == []


def test_a_process_tells_what_runs_in_it_and_what_it_uses() -> None:
    families = {family.name: family for family in a_registry().collect()}
    assert families["process_cpu_seconds"].samples[0].value > 0
    assert "python_gc_collections" in families
    [build] = families["selat_build"].samples
    assert build.labels.keys() == {"version", "python", "kernel"}

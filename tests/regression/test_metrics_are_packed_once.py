"""The metrics page was packed by gzip twice under the API, so that no Prometheus could read it."""

import gzip

import aiohttp
from aiohttp import web
from aiohttp.test_utils import TestServer
from prometheus_client import CollectorRegistry, Counter

from router.adapters.prometheus.page import metrics_page
from router.api.packing import LEAST_BYTES, packing


async def test_metrics_are_packed_once() -> None:
    registry = CollectorRegistry()
    Counter("long", "x" * LEAST_BYTES, registry=registry)
    app = web.Application(middlewares=[packing])
    app.router.add_get("/metrics", metrics_page(registry))
    async with (
        TestServer(app) as server,
        aiohttp.ClientSession(auto_decompress=False) as caller,
        caller.get(server.make_url("/metrics"), headers={"Accept-Encoding": "gzip"}) as answer,
    ):
        assert answer.headers["Content-Encoding"] == "gzip"
        assert b"long_total 0.0" in gzip.decompress(await answer.read())

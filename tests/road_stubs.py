"""Servers that speak like OSRM or Valhalla, know a straight road between any two positions, and fail as they are told.

The real ones are tried in ``tests/integration/test_road_engines.py``; these do what real ones do only on bad days.
"""

import asyncio
import json
import math
import threading
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from aiohttp import web

METERS_PER_DEGREE = 111_195.0
METERS_PER_SECOND = 10.0
SNAP_DEGREES = 0.0001
"""Every position lies so far south of its road."""

Position = tuple[float, float]
Trouble = Callable[[web.Request], Awaitable[web.StreamResponse | None]]


async def no_trouble(_request: web.Request) -> None:
    """Let the request be answered."""


@dataclass(kw_only=True)
class Stub:
    """One running server.

    Attributes:
        trouble: Answers in place of the server, or ``None`` where it is to answer by itself.
        asked: The paths of all requests so far.
        tables: How many of them were for a table, each as origins times destinations.
        most_at_once: How many were in hand at a time.
        version: Of its data.
        cut_off: Positions east of this have no roads to those west of it.
    """

    url: str = ""
    trouble: Trouble = no_trouble
    asked: list[str] = field(default_factory=list)
    tables: list[tuple[int, int]] = field(default_factory=list)
    most_at_once: int = 0
    version: str = "1"
    cut_off: float = 180.0
    _at_once: int = 0

    async def handle(self, request: web.Request) -> web.StreamResponse:
        """Answer as OSRM or Valhalla, whichever was asked."""
        self._at_once += 1
        self.most_at_once = max(self.most_at_once, self._at_once)
        self.asked.append(request.path)
        try:
            await asyncio.sleep(0)
            return await self.trouble(request) or await self._answer(request)
        finally:
            self._at_once -= 1

    async def _answer(self, request: web.Request) -> web.Response:
        if request.path == "/status":
            return web.json_response({"version": "3.9.1", "tileset_last_modified": int(self.version)})
        if request.path == "/sources_to_targets":
            return web.json_response(self._valhalla(await request.json()))
        return web.json_response(self._osrm(request))

    def _osrm(self, request: web.Request) -> object:
        pairs = (text.split(",") for text in request.path.rpartition("/")[2].split(";"))
        positions = [(float(lat), float(lon)) for lon, lat in pairs]
        told = {"code": "Ok", "data_version": self.version}
        if request.path.startswith("/nearest/"):
            return {**told, "waypoints": []}
        origins, destinations = (
            [positions[int(number)] for number in request.query[side].split(";")]
            for side in ("sources", "destinations")
        )
        roads = self._roads(origins, destinations)
        snap = {"distance": SNAP_DEGREES * METERS_PER_DEGREE, "name": "Jalan Raya"}
        return {
            **told,
            "durations": [[None if m is None else m / METERS_PER_SECOND for m in row] for row in roads],
            "distances": roads,
            "sources": [snap] * len(origins),
            "destinations": [snap] * len(destinations),
        }

    def _valhalla(self, asked: dict[str, list[dict[str, float]]]) -> object:
        origins, destinations = (
            [(place["lat"], place["lon"]) for place in asked[side]] for side in ("sources", "targets")
        )
        cells = [
            [
                {
                    "time": None if m is None else round(m / METERS_PER_SECOND),
                    "distance": None if m is None else round(m / 1000, 3),
                }
                for m in row
            ]
            for row in self._roads(origins, destinations)
        ]
        snapped = (
            [{"lat": lat + SNAP_DEGREES, "lon": lon} for lat, lon in side] for side in (origins, destinations)
        )
        sources, targets = snapped
        return {"sources_to_targets": cells, "sources": sources, "targets": targets, "units": "kilometers"}

    def _roads(self, origins: list[Position], destinations: list[Position]) -> list[list[float | None]]:
        self.tables.append((len(origins), len(destinations)))
        return [
            [
                math.dist(a, b) * METERS_PER_DEGREE
                if (a[1] > self.cut_off) == (b[1] > self.cut_off)
                else None
                for b in destinations
            ]
            for a in origins
        ]


@contextmanager
def running_stub() -> Iterator[Stub]:
    """Give a stub that answers, on an event loop in a thread of its own."""
    stub, loop = Stub(), asyncio.new_event_loop()
    thread = threading.Thread(target=loop.run_forever)
    thread.start()
    runner = asyncio.run_coroutine_threadsafe(_started(stub), loop).result()
    try:
        yield stub
    finally:
        asyncio.run_coroutine_threadsafe(runner.cleanup(), loop).result()
        loop.call_soon_threadsafe(loop.stop)
        thread.join()
        loop.close()


async def _started(stub: Stub) -> web.AppRunner:
    app = web.Application()
    app.router.add_route("*", "/{anything:.*}", stub.handle)
    runner = web.AppRunner(app, shutdown_timeout=0.01)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    stub.url = f"http://127.0.0.1:{runner.addresses[0][1]}"
    return runner


def says(body: bytes | str, status: int = 200) -> Trouble:
    """Answer always this."""
    text = body if isinstance(body, bytes) else body.encode()

    async def answer(_request: web.Request) -> web.Response:
        return web.Response(body=text, status=status, content_type="application/json")

    return answer


def fails(times: int, status: int) -> Trouble:
    """Answer so many times with a status, and as usual from then on."""
    left = [times]

    async def answer(_request: web.Request) -> web.Response | None:
        left[0] -= 1
        return web.Response(status=status) if left[0] >= 0 else None

    return answer


async def dies(request: web.Request) -> web.StreamResponse:
    """Hang up in the middle of an answer."""
    answer = web.StreamResponse(headers={"Content-Length": "1000"})
    await answer.prepare(request)
    await answer.write(b'{"code": "Ok", "dur')
    assert request.transport is not None
    request.transport.abort()
    return answer


async def hangs(_request: web.Request) -> None:
    """Answer in an hour."""
    await asyncio.sleep(3600)


async def never_ends(request: web.Request) -> web.StreamResponse:
    """Send noughts as long as anybody reads them."""
    answer = web.StreamResponse()
    await answer.prepare(request)
    while True:
        await answer.write(json.dumps([0] * 10_000).encode())

"""Bodies are received within bounds of size and time; whoever exceeds them is told so, and everybody else goes on.

Against a real server on loopback, with bounds small enough to meet.
"""

import asyncio
import contextlib
import gzip
from collections.abc import AsyncIterator, Callable

import aiohttp
from aiohttp import web

from router.api.bodies import json_body
from router.api.keys import LIMITS, ROOM, ApiLimits, Room
from router.api.listening import listening
from router.api.middleware import finish_headers, problems, request_ids
from router.api.places import Places

KIB = 1 << 10
JSON = {"Content-Type": "application/json"}


class Echo:
    """A server that answers with the length of every body; ``/held`` waits for ``go_on`` with the body in hand."""

    def __init__(self) -> None:
        self.url = ""
        self.holds = asyncio.Event()
        self.go_on = asyncio.Event()
        self.bodies = Places(0, "bytes of bodies")

    async def answer(self, request: web.Request) -> web.Response:
        """Say how long the body is."""
        async with json_body(request) as body:
            if request.path == "/held":
                self.holds.set()
                await self.go_on.wait()
            return web.Response(text=str(len(body)))


@contextlib.asynccontextmanager
async def echo(
    *, body_bytes: int = 64 * KIB, bodies_bytes: int = 1 << 20, body_seconds: float = 5.0, speed: int = KIB
) -> AsyncIterator[tuple[Echo, aiohttp.ClientSession]]:
    """Run such a server with these bounds, and give a session with it."""
    server = Echo()
    server.bodies = Places(bodies_bytes, "bytes of bodies")
    app = web.Application(middlewares=[request_ids, problems])
    app[LIMITS] = ApiLimits(
        body_bytes=body_bytes,
        message_bytes=1,
        wait_seconds=1,
        body_seconds=body_seconds,
        body_bytes_per_second=speed,
    )
    app[ROOM] = Room(
        requests=Places(9, "requests"),
        streams=Places(9, "streams"),
        bodies=server.bodies,
        closing=asyncio.Event(),
    )
    app.router.add_post("/{path:.*}", server.answer)
    app.on_response_prepare.append(finish_headers)
    async with (
        listening(app, "127.0.0.1", 0, 1.0) as server.url,
        aiohttp.ClientSession(server.url) as session,
    ):
        yield server, session


async def trickle(piece: bytes, pieces: int, seconds: float) -> AsyncIterator[bytes]:
    """Yield pieces with pauses in between."""
    for _ in range(pieces):
        yield piece
        await asyncio.sleep(seconds)


async def test_a_body_of_exactly_the_limit_is_taken_and_one_more_byte_is_not() -> None:
    async with echo(body_bytes=1_000) as (_, session):
        for length, status in ((1_000, 200), (1_001, 413)):
            async with session.post("/", data=b"x" * length, headers=JSON) as answer:
                assert answer.status == status


async def test_a_length_that_is_not_announced_is_found_out() -> None:
    async with echo(body_bytes=1_000) as (_, session):
        async with session.post("/", data=trickle(b"x" * 600, 2, 0), headers=JSON) as answer:
            assert answer.status == 413
        async with session.post("/", data=trickle(b"x" * 500, 2, 0), headers=JSON) as answer:
            assert (answer.status, await answer.text()) == (200, "1000")


async def test_both_lengths_of_a_packed_body_count() -> None:
    packed = gzip.compress(b"x" * 2_000)
    headers = {**JSON, "Content-Encoding": "gzip"}
    async with echo(body_bytes=1_000) as (_, session):
        assert len(packed) < 1_000
        async with session.post("/", data=packed, headers=headers) as answer:
            assert answer.status == 413
        async with session.post("/", data=gzip.compress(b"x" * 1_000), headers=headers) as answer:
            assert await answer.text() == "1000"


async def test_a_body_that_comes_too_slowly_is_given_up_and_the_connection_with_it() -> None:
    async with echo(body_seconds=0.3, speed=KIB) as (_, session):
        began = asyncio.get_running_loop().time()
        async with session.post("/", data=trickle(b"x", 100, 0.1), headers=JSON) as answer:
            assert answer.status == 408
            assert (await answer.json())["type"] == "urn:problem-type:selat:request-timeout"
            assert answer.headers["Connection"] == "close"
        assert asyncio.get_running_loop().time() - began < 3


async def test_a_long_body_may_take_longer_as_long_as_it_keeps_coming() -> None:
    async with echo(body_seconds=0.2, speed=KIB) as (_, session):
        answer = await session.post("/", data=trickle(b"x" * KIB, 8, 0.1), headers=JSON)
        assert (answer.status, await answer.text()) == (200, str(8 * KIB))


async def test_bodies_that_do_not_fit_in_together_are_put_off_until_there_is_room() -> None:
    async with echo(bodies_bytes=1_500) as (server, session):
        held = asyncio.create_task(session.post("/held", data=b"x" * 1_000, headers=JSON))
        await server.holds.wait()
        async with session.post("/", data=b"x" * 1_000, headers=JSON) as answer:
            assert (answer.status, answer.headers["Retry-After"]) == (503, "1")
        async with session.post("/", data=b"x" * 400, headers=JSON) as answer:
            assert answer.status == 200
        server.go_on.set()
        assert (await held).status == 200
        async with session.post("/", data=b"x" * 1_000, headers=JSON) as answer:
            assert answer.status == 200, "room is given back"


async def test_a_caller_who_goes_in_the_middle_gives_its_room_back() -> None:
    async with echo(bodies_bytes=1_500) as (server, session):
        gone = asyncio.create_task(session.post("/", data=trickle(b"x" * 600, 2, 30), headers=JSON))
        await until(lambda: server.bodies.free == 900)
        gone.cancel()
        await until(lambda: server.bodies.free == 1_500)


async def until(holds: Callable[[], bool]) -> None:
    """Let others go on until something holds."""
    async with asyncio.timeout(5):
        while not holds():
            await asyncio.sleep(0)

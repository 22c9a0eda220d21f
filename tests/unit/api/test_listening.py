"""The door lets so many in, closes on those who say nothing, and never on those who are being answered."""

import asyncio
import contextlib
import time
from collections.abc import AsyncIterator
from urllib.parse import urlsplit

from aiohttp import web

from router.api.admission import Kind, admitted
from router.api.keys import LIMITS, ROOM, ApiLimits, Room
from router.api.listening import listening
from router.api.places import Places

Line = tuple[asyncio.StreamReader, asyncio.StreamWriter]

WHOLE = b"GET / HTTP/1.1\r\nHost: x\r\n\r\n"
LONG = b"GET /long HTTP/1.1\r\nHost: x\r\n\r\n"
HALF = b"GET / HTTP/1.1\r\nHost: x\r\nX-Never-Ending: "


class Served:
    """A server: ``/long`` is answered only when ``finish`` is set; ``begun`` counts those that wait for it."""

    def __init__(self) -> None:
        self.url = ""
        self.begun = asyncio.Semaphore(0)
        self.finish = asyncio.Event()

    async def answer(self, request: web.Request) -> web.Response:
        """Say something, sooner or later."""
        if request.path == "/long":
            self.begun.release()
            await self.finish.wait()
        return web.Response(text="here")


@contextlib.asynccontextmanager
async def served(connections: int, idle_seconds: float = 30.0) -> AsyncIterator[Served]:
    """Run a server with such a door."""
    server = Served()

    app = web.Application()
    app[LIMITS] = ApiLimits(
        body_bytes=1, message_bytes=1, wait_seconds=1, connections=connections, idle_seconds=idle_seconds
    )
    app[ROOM] = Room(
        requests=Places(99, "requests"),
        streams=Places(1, "streams"),
        bodies=Places(1, "bytes"),
        closing=asyncio.Event(),
    )
    app.router.add_get("/{path:.*}", admitted(server.answer, None, Kind.CALL))
    async with listening(app, "127.0.0.1", 0, 0.2) as server.url:
        yield server


async def dial(url: str, said: bytes = b"") -> Line:
    address = urlsplit(url)
    reader, writer = await asyncio.open_connection(address.hostname, address.port)
    writer.write(said)
    return reader, writer


async def heard(line: Line, seconds: float = 5.0) -> bytes:
    """Return the status line of the answer; nothing where the connection is closed instead."""
    async with asyncio.timeout(seconds):
        try:
            return await line[0].readline()
        except ConnectionResetError:
            return b""


async def test_a_head_that_does_not_come_to_its_end_is_not_waited_for() -> None:
    """However busily it trickles in: what counts is when it is whole."""
    async with served(10, idle_seconds=0.5) as server:
        line = await dial(server.url, HALF)
        began = time.monotonic()
        with contextlib.suppress(ConnectionError):
            while not line[0].at_eof() and time.monotonic() - began < 5:
                line[1].write(b"x")
                await line[1].drain()
                with contextlib.suppress(TimeoutError):
                    async with asyncio.timeout(0.05):
                        await line[0].read(1)
        assert time.monotonic() - began < 2


async def test_half_a_request_gives_way_to_a_whole_one() -> None:
    """A slow caller can hold every connection, and keeps nobody out by it."""
    async with served(5) as server:
        slow = [await dial(server.url, HALF) for _ in range(5)]
        assert b"200" in await heard(await dial(server.url, WHOLE))
        assert await heard(slow[0]) == b"", "the one that has held on longest had to go"
        slow[4][1].write(b"x\r\n\r\n")
        assert b"200" in await heard(slow[4]), "the others may still finish"


async def test_those_who_are_being_answered_stay_and_one_more_is_told_to_come_again() -> None:
    async with served(3) as server:
        busy = [await dial(server.url, LONG) for _ in range(3)]
        for _ in busy:
            await server.begun.acquire()
        assert b"503" in await heard(await dial(server.url, WHOLE))
        server.finish.set()
        for line in busy:
            assert b"200" in await heard(line)
        assert b"200" in await heard(await dial(server.url, WHOLE)), "idle now, they give way"


async def test_what_is_no_http_is_told_so_without_being_quoted() -> None:
    async with served(3) as server:
        reader, writer = await dial(server.url, b"NONSENSE \x00\x01 <script>\r\n\r\n")
        async with asyncio.timeout(5):
            answer = await reader.read()
        writer.close()
        assert answer.split()[1] == b"400"
        assert b"application/problem+json" in answer
        assert b"script" not in answer
        assert b"aiohttp" not in answer

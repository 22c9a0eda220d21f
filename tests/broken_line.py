"""A line to a service that breaks when a test says so: a TCP proxy."""

import asyncio
from typing import Self
from urllib.parse import urlsplit


class BrokenLine:
    """Passes everything on, both ways, until it is told otherwise. Use it as ``async with``.

    Attributes:
        lose_answers: So many answers still get lost: the service hears the call and answers, and then the line
            breaks, before the caller has heard a word.
        answers: How many answers, lost or not, have come from the service.
    """

    def __init__(self, url: str) -> None:
        target = urlsplit(url)
        self._target = (target.hostname, target.port)
        self.lose_answers = 0
        self.answers = 0
        self._news = asyncio.Event()
        self._open: set[asyncio.StreamWriter] = set()
        self._passing: set[asyncio.Task[None]] = set()

    async def __aenter__(self) -> Self:
        """Begin to listen."""
        self._server = await asyncio.start_server(self._connected, "127.0.0.1", 0)
        self.url = "http://{}:{}".format(*self._server.sockets[0].getsockname())
        return self

    async def __aexit__(self, *_: object) -> None:
        """Break for good."""
        self._server.close()
        self.cut()
        await asyncio.gather(*self._passing, return_exceptions=True)

    def cut(self) -> None:
        """Break every connection that is open."""
        for writer in self._open:
            writer.transport.abort()

    async def next_answer(self) -> None:
        """Wait until something more has come from the service."""
        self._news.clear()
        await self._news.wait()

    async def _connected(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        there, back = await asyncio.open_connection(*self._target)
        self._open |= {writer, back}
        ways = {asyncio.create_task(_pass_on(reader, back)), asyncio.create_task(self._answer(there, writer))}
        self._passing |= ways
        await asyncio.wait(ways)  # however they end: to break is what this line is for

    async def _answer(self, there: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        while data := await there.read(65_536):
            self.answers += 1
            self._news.set()
            if self.lose_answers > 0:
                self.lose_answers -= 1
                writer.transport.abort()
                return
            writer.write(data)
            await writer.drain()
        writer.close()


async def _pass_on(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    while data := await reader.read(65_536):
        writer.write(data)
        await writer.drain()
    writer.close()

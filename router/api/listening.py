"""The door: how connections come in, how many at once, and how long one may say nothing."""

import asyncio
import contextlib
import resource
from collections.abc import AsyncIterator

import structlog
from aiohttp import web

from router.api.keys import LIMITS
from router.wire.problem_document import CONTENT_TYPE, ProblemDocument, ProblemKind

SERVER = "selat"
"""All that answers tell of what they come from."""

BACKLOG = 1_024
"""Connections that the kernel keeps while the event loop is busy: a burst of event streams fits in."""

FILES_OF_OUR_OWN = 256
"""Open files that connections leave to the database, to children and to the log."""

LINGERING_SECONDS = 5.0
"""How long the rest of a refused body is read and forgotten, so that its sender gets to see the answer."""

FULL = b"HTTP/1.1 503 Service Unavailable\r\nRetry-After: 1\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"


@contextlib.asynccontextmanager
async def listening(app: web.Application, host: str, port: int, stop_seconds: float) -> AsyncIterator[str]:
    """Listen while the block lasts, and give the address.

    Raises:
        OSError: the port is taken.
    """
    runner = web.AppRunner(app, access_log=None, shutdown_timeout=stop_seconds)
    await runner.setup()
    try:
        assert runner.server is not None, "it is set up"  # noqa: S101
        door = Door(runner.server, app[LIMITS].idle_seconds, _connections(app[LIMITS].connections))
        loop = asyncio.get_running_loop()
        async with _closed(await loop.create_server(door, host, port, backlog=BACKLOG)) as server:
            name, number = server.sockets[0].getsockname()[:2]
            yield f"http://[{name}]:{number}" if ":" in name else f"http://{name}:{number}"
    finally:
        await runner.cleanup()


class Door:
    """Makes the protocol of each connection, as ``asyncio`` asks for it."""

    def __init__(self, server: web.Server, idle_seconds: float, most: int) -> None:
        """Let in ``most`` at once."""
        self._server = server
        self._idle_seconds = idle_seconds
        self._most = most
        self._inside: dict[Visitor, None] = {}

    def __call__(self) -> asyncio.Protocol:
        """Return the protocol of a new connection.

        Where there are too many, the one that has been idle or half a request longest is closed for it: slow
        callers, however many, cannot keep others out.
        """
        if len(self._inside) >= self._most and not self._close_an_idle_one():
            return _TurnedAway()
        return Visitor(self, self._server, self._idle_seconds)

    def entered(self, visitor: "Visitor") -> None:
        """Count a connection in."""
        self._inside[visitor] = None

    def left(self, visitor: "Visitor") -> None:
        """Count a connection out."""
        self._inside.pop(visitor, None)

    def _close_an_idle_one(self) -> bool:
        """Close the idle connection that came first; where there is none, one that does not fetch its answer."""
        resting = [visitor for visitor in self._inside if not visitor.at_work]
        idle = next((visitor for visitor in resting if not visitor.is_sending), next(iter(resting), None))
        if idle is None:
            return False
        self.left(idle)
        idle.force_close()
        return True


class Visitor(web.RequestHandler):
    """One connection.

    Attributes:
        at_work: Whether a request of it is being answered; the middleware says so.
    """

    __slots__ = ("_door", "at_work")

    def __init__(self, door: Door, server: web.Server, idle_seconds: float) -> None:
        """Belong to ``door``. Bodies come as they were sent: ``bodies.py`` unpacks them."""
        super().__init__(
            server,
            loop=asyncio.get_running_loop(),
            access_log=None,  # type: ignore[arg-type]  # that of aiohttp is off: the middleware has its own
            keepalive_timeout=idle_seconds,
            lingering_time=LINGERING_SECONDS,
            auto_decompress=False,
        )
        self._door = door
        self.at_work = False

    @property
    def is_sending(self) -> bool:
        """Whether some of an answer has still to be sent."""
        return self.transport is not None and self.transport.get_write_buffer_size() > 0

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Come in."""
        self._door.entered(self)
        super().connection_made(transport)

    def connection_lost(self, exc: BaseException | None) -> None:
        """Leave."""
        self._door.left(self)
        super().connection_lost(exc)

    def handle_error(
        self,
        request: web.BaseRequest,
        status: int = 500,
        exc: BaseException | None = None,
        message: str | None = None,  # noqa: ARG002  (it quotes what came in)
    ) -> web.StreamResponse:
        """Answer what never reached the application: mostly requests that are not HTTP."""
        log = structlog.get_logger(__name__)
        if status < 500:
            log.info("not_http", status=status)
            kind, detail = ProblemKind.UNREADABLE_REQUEST, "this is no HTTP/1.1 request"
        else:
            log.error("connection_broke", exc_info=exc)
            kind, detail = ProblemKind.INTERNAL_ERROR, "an error of our own"
        if request.writer.output_size > 0:
            raise ConnectionError("an answer is on its way already")
        document = ProblemDocument(kind=kind, status=status, detail=detail)
        answer = web.Response(body=document.to_bytes(), status=status, content_type=CONTENT_TYPE)
        answer.headers["Server"] = SERVER
        answer.force_close()
        return answer


class _TurnedAway(asyncio.Protocol):
    """A connection too many."""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Say so and hang up."""
        assert isinstance(transport, asyncio.WriteTransport)  # noqa: S101
        transport.write(FULL)
        transport.close()


def _connections(wanted: int) -> int:
    """See to it that enough files may be open, as far as the system allows; return the connections for them."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    files = wanted + FILES_OF_OUR_OWN
    if soft < files:
        soft = files if hard == resource.RLIM_INFINITY else min(files, hard)
        resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))
    return max(1, min(wanted, soft - FILES_OF_OUR_OWN))


@contextlib.asynccontextmanager
async def _closed(server: asyncio.Server) -> AsyncIterator[asyncio.Server]:
    """Close the server after the block, without waiting for its connections: the runner sees to them."""
    try:
        yield server
    finally:
        server.close()

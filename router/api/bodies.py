"""Request bodies: received within bounds of size and time, and brought into the one form that is worked on: JSON."""

import asyncio
import contextlib
from collections.abc import AsyncGenerator, AsyncIterator, Callable, Mapping
from types import MappingProxyType

from aiohttp import web

from router.api.keys import DESK, LIMITS, ROOM
from router.api.places import Share
from router.api.unpacking import unpacker_of
from router.service import messages
from router.service.workshop import Workshop

JSON, PROTOBUF, ZIP = "application/json", "application/x-protobuf", "application/zip"

ToJson = Callable[[bytes, Workshop], bytes]

JSON_ONLY: Mapping[str, ToJson | None] = MappingProxyType({JSON: None})
PLAN_REQUEST: Mapping[str, ToJson | None] = MappingProxyType(
    {JSON: None, PROTOBUF: messages.plan_request_as_json}
)
REPLAN_REQUEST: Mapping[str, ToJson | None] = MappingProxyType(
    {JSON: None, PROTOBUF: messages.replan_request_as_json}
)
CHECK_REQUEST: Mapping[str, ToJson | None] = MappingProxyType(
    {JSON: None, PROTOBUF: messages.check_request_as_json}
)
TIMETABLE: Mapping[str, ToJson | None] = MappingProxyType({JSON: None, ZIP: None})
"""The media types that a call takes, each with what turns it into JSON; ``None`` where it is taken as it is."""


@contextlib.asynccontextmanager
async def json_body(
    request: web.Request, forms: Mapping[str, ToJson | None] = JSON_ONLY
) -> AsyncIterator[bytes]:
    """Give the body as JSON, or as it is taken, unread; it counts against the room for bodies while the block lasts.

    Raises:
        HTTPUnsupportedMediaType: it is declared to be something that this call does not take.
        HTTPRequestEntityTooLarge: it is longer than allowed, packed or unpacked.
        HTTPRequestTimeout: it comes too slowly.
        HTTPBadRequest: it is not packed as announced.
        InvalidRequest: it is no message, where one was announced.
        Overloaded: there is no room for it at the moment.
    """
    limits, to_json = request.app[LIMITS], forms[_media_type(request, forms)]
    most = limits.body_bytes if to_json is None else limits.message_bytes
    with request.app[ROOM].bodies.share() as share:
        body = await _received(request, share, most)
        if to_json is not None:
            body = await request.app[DESK].intake.read(body, to_json)
        yield body


def _media_type(request: web.Request, forms: Mapping[str, ToJson | None]) -> str:
    charset = request.charset
    if request.content_type not in forms or (
        charset is not None and charset.lower() not in ("utf-8", "utf8")
    ):
        taken = " or ".join(forms)
        raise web.HTTPUnsupportedMediaType(text=f"send the body as Content-Type: {taken}, text in UTF-8")
    return request.content_type


async def _received(request: web.Request, share: Share, most: int) -> bytes:
    """Return the whole body, unpacked; refused as soon as it is known to be too long or too slow."""
    unpacker = unpacker_of(request)
    _within(request.content_length or 0, most)
    pieces: list[bytes] = []
    length = 0
    async with contextlib.aclosing(_chunks(request, most)) as chunks:
        async for chunk in chunks:
            for piece in unpacker.unpack(chunk):
                length += len(piece)
                _within(length, most)
                share.take(len(piece))
                pieces.append(piece)
                await asyncio.sleep(0)
    unpacker.end()
    return b"".join(pieces)


async def _chunks(request: web.Request, most: int) -> AsyncGenerator[bytes, None]:
    """Yield the body as it comes, as long as it comes fast enough.

    A limit on the time between two chunks alone would let a caller send a byte a minute for ever.
    """
    limits, clock = request.app[LIMITS], asyncio.get_running_loop().time
    deadline = clock() + limits.body_seconds
    received = 0
    try:
        while True:
            async with asyncio.timeout_at(deadline):
                chunk = await request.content.readany()
            if not chunk:
                return
            received += len(chunk)
            _within(received, most)
            deadline += len(chunk) / limits.body_bytes_per_second
            yield chunk
    except TimeoutError:
        raise web.HTTPRequestTimeout(text="the body comes too slowly") from None


def _within(length: int, most: int) -> None:
    if length > most:
        raise web.HTTPRequestEntityTooLarge(
            max_size=most,
            actual_size=length,
            text=f"the body has more than {most} bytes, counted packed and unpacked",
        )

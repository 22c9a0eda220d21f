"""The events of a plan as server-sent events, https://html.spec.whatwg.org/multipage/server-sent-events.html."""

import asyncio
import contextlib
import re
from collections.abc import AsyncGenerator

from aiohttp import ClientConnectionResetError, web

from router.api.keys import CALLER, DESK, LIMITS, ROOM
from router.domain.records import PlanEvent
from router.errors import PlanNotFound, StoreUnavailable

READER_SECONDS = 30.0
"""A reader that takes nothing for so long is hung up on."""

RECONNECT_MILLISECONDS = 2_000
MOST_DIGITS = 18
EVENT_ID = re.compile(rf"[0-9]{{1,{MOST_DIGITS}}}")

ANY = asyncio.FIRST_COMPLETED
HELLO = f"retry: {RECONNECT_MILLISECONDS}\n\n".encode()
HEARTBEAT = b": still here\n\n"


async def get_events(request: web.Request) -> web.StreamResponse:
    """Tell what happens to a plan until it has ended, from after the ``Last-Event-ID`` on."""
    tenant_id, plan_id = request[CALLER].tenant_id, request.match_info["plan_id"]
    store, last = request.app[DESK].store, _last_event_id(request)
    async with contextlib.aclosing(store.changes(tenant_id, plan_id)) as changes:
        status = await anext(changes)
    async with contextlib.aclosing(store.events(tenant_id, plan_id, after=last)) as events:
        first = await anext(events, None) if status.ended else None
        if status.ended and first is None:
            return web.Response(status=204)  # nothing more will come: browsers stop asking at this
        return await _tell(request, first, events)


async def _tell(
    request: web.Request, first: PlanEvent | None, events: AsyncGenerator[PlanEvent, None]
) -> web.StreamResponse:
    stream = web.StreamResponse(headers={"Content-Type": "text/event-stream", "X-Accel-Buffering": "no"})
    try:
        await stream.prepare(request)
        await _write(stream, HELLO if first is None else HELLO + _printed(first))
        await _pass_on(events, stream, request)
        await stream.write_eof()
    except TimeoutError:
        if request.transport is not None:
            request.transport.abort()
    except (ClientConnectionResetError, StoreUnavailable, PlanNotFound):
        pass  # the reader has gone; or will come back to be told what has happened meanwhile
    return stream


async def _pass_on(
    events: AsyncGenerator[PlanEvent, None], stream: web.StreamResponse, request: web.Request
) -> None:
    """Write events as they come and heartbeats in between, until the plan ends, the reader goes or we stop."""
    heartbeat_seconds = request.app[LIMITS].heartbeat_seconds
    closing = asyncio.ensure_future(request.app[ROOM].closing.wait())
    upcoming = asyncio.ensure_future(anext(events, None))
    try:
        while not closing.done() and request.protocol.connected:
            await asyncio.wait([upcoming, closing], timeout=heartbeat_seconds, return_when=ANY)
            if not upcoming.done():
                await _write(stream, HEARTBEAT)
                continue
            event = upcoming.result()
            if event is None:
                return
            await _write(stream, _printed(event))
            upcoming = asyncio.ensure_future(anext(events, None))
    finally:
        for each in (closing, upcoming):
            each.cancel()
        await asyncio.gather(closing, upcoming, return_exceptions=True)


async def _write(stream: web.StreamResponse, data: bytes) -> None:
    async with asyncio.timeout(READER_SECONDS):
        await stream.write(data)


def _printed(event: PlanEvent) -> bytes:
    return b"id: %d\nevent: %s\ndata: %s\n\n" % (event.seq, event.kind.encode(), event.data)


def _last_event_id(request: web.Request) -> int:
    """Return the last event that the caller has seen; 0 where it says none, or one that is not ours."""
    said = request.headers.get("Last-Event-ID", "")
    return int(said) if EVENT_ID.fullmatch(said) else 0

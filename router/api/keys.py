"""What handlers find in the application, by typed keys."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from aiohttp import web

from router.api.places import Places
from router.domain.tenants import Caller
from router.ports import KeyRing, Observer
from router.service.front_desk import FrontDesk

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


@dataclass(frozen=True, slots=True, kw_only=True)
class ApiLimits:
    """Bounds of the HTTP skin itself.

    Attributes:
        body_bytes: Larger bodies are answered 413, packed or unpacked.
        message_bytes: The same for bodies of Protocol Buffers, which say as much in fewer bytes.
        wait_seconds: Cap on ``Prefer: wait=``.
        connections: More at once are not let in, unless an idle one can be closed for them.
        idle_seconds: A connection is closed that brings no whole request head within so long, be it its first
            or the next.
        body_seconds: How long a body may take, and as much longer as it brings ``body_bytes_per_second``.
        body_bytes_per_second: Slower bodies are answered 408.
        requests_at_once: More calls than this are answered 503; event streams and probes do not count.
        event_streams: More of them are answered 503.
        heartbeat_seconds: How often a silent event stream says that it is there, so that nobody in between takes it
            for dead.
        bodies_bytes: All bodies that are being read or validated together; more are answered 503.
    """

    body_bytes: int
    message_bytes: int
    wait_seconds: int
    connections: int = 10_000
    idle_seconds: float = 60.0
    body_seconds: float = 20.0
    body_bytes_per_second: int = 16 * 1024
    requests_at_once: int = 2_000
    event_streams: int = 5_000
    heartbeat_seconds: float = 15.0
    bodies_bytes: int = 256 << 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Room:
    """How much is under way in this process.

    Attributes:
        requests: Calls.
        streams: Event streams.
        bodies: Bytes of bodies that are being read or validated.
        closing: Set when the service stops: whoever waits for something answers now.
    """

    requests: Places
    streams: Places
    bodies: Places
    closing: asyncio.Event


DESK = web.AppKey("desk", FrontDesk)
KEY_RING = web.AppKey("key_ring", KeyRing)
OBSERVER = web.AppKey("observer", Observer)
LIMITS = web.AppKey("limits", ApiLimits)
ROOM = web.AppKey("room", Room)
OPENAPI = web.AppKey("openapi", bytes)
REQUEST_ID = web.RequestKey("request_id", str)
CALLER = web.RequestKey("caller", Caller)

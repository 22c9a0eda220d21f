"""What handlers find in the application, by typed keys."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from aiohttp import web

from router.ports import Observer
from router.service.front_desk import FrontDesk

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


@dataclass(frozen=True, slots=True, kw_only=True)
class ApiLimits:
    """Bounds of the HTTP skin itself.

    Attributes:
        body_bytes: Larger bodies are answered 413, compressed or not.
        wait_seconds: Cap on ``Prefer: wait=``.
    """

    body_bytes: int
    wait_seconds: int


DESK = web.AppKey("desk", FrontDesk)
OBSERVER = web.AppKey("observer", Observer)
LIMITS = web.AppKey("limits", ApiLimits)
OPENAPI = web.AppKey("openapi", bytes)

"""The application: routes, middleware and what handlers find in it. The routes stand in ``endpoints.py``."""

import asyncio

import orjson
from aiohttp import web

from router.api.admission import Kind, admitted
from router.api.endpoint import Endpoint
from router.api.endpoints import endpoints
from router.api.keys import DESK, KEY_RING, LIMITS, OBSERVER, OPENAPI, ROOM, ApiLimits, Handler, Room
from router.api.land import OUTLINE
from router.api.middleware import accounts, finish_headers, problems, request_ids
from router.api.openapi import describe
from router.api.packing import packing
from router.api.pages import SHELF, fill_shelf
from router.api.places import Places
from router.geography.outline import Outline
from router.service.front_desk import FrontDesk


def make_app(desk: FrontDesk, limits: ApiLimits, metrics: Handler, outline: Outline) -> web.Application:
    """Return the application.

    ``metrics`` answers with the exposition of the registry behind the observer; ``outline`` is the land that the
    map page draws on.
    """
    table = endpoints(metrics)
    app = web.Application(middlewares=[request_ids, accounts, packing, problems])
    app[DESK], app[KEY_RING], app[OBSERVER], app[LIMITS] = desk, desk.key_ring, desk.observer, limits
    app[ROOM] = Room(
        requests=Places(limits.requests_at_once, "requests"),
        streams=Places(limits.event_streams, "event streams"),
        bodies=Places(limits.bodies_bytes, "bytes of bodies"),
        closing=asyncio.Event(),
    )
    app[SHELF], app[OUTLINE] = fill_shelf(), outline
    app[OPENAPI] = orjson.dumps(describe(table))
    app.add_routes(map(_route, table))
    app.on_response_prepare.append(finish_headers)
    app.on_shutdown.append(_close)
    return app


def _route(row: Endpoint) -> web.RouteDef:
    """Return the route of a row. Whatever can be got can be asked for without its body, but for streams."""
    handler = admitted(row.handler, row.scope, row.kind)
    if row.method == "GET":
        return web.get(row.path, handler, allow_head=row.kind is not Kind.STREAM)
    return web.route(row.method, row.path, handler)


async def _close(app: web.Application) -> None:
    """Let go of everybody who waits for something: event streams end, held answers are given."""
    app[ROOM].closing.set()

"""The application: routes, middleware and what handlers find in it. The routes stand in ``endpoints.py``."""

import orjson
from aiohttp import web

from router.api.endpoints import endpoints
from router.api.keys import DESK, LIMITS, OBSERVER, OPENAPI, ApiLimits, Handler
from router.api.middleware import accounts, problems, request_ids
from router.api.openapi import describe
from router.service.front_desk import FrontDesk


def make_app(desk: FrontDesk, limits: ApiLimits, metrics: Handler) -> web.Application:
    """Return the application; ``metrics`` answers with the exposition of the registry behind the observer."""
    table = endpoints(metrics)
    app = web.Application(middlewares=[request_ids, accounts, problems], client_max_size=limits.body_bytes)
    app[DESK], app[OBSERVER], app[LIMITS] = desk, desk.observer, limits
    app[OPENAPI] = orjson.dumps(describe(table))
    app.add_routes([web.route(each.method, each.path, each.handler) for each in table])
    return app

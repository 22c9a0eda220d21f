"""Checks: have any plan, from any program, looked at by the referee."""

from aiohttp import web

from router.api.exchange import json_answer, read_json_body
from router.api.keys import DESK
from router.service.front_desk import check
from router.wire.resource import violations_bytes


async def post_check(request: web.Request) -> web.Response:
    """Answer with everything that is wrong with a plan."""
    violations = await check(await read_json_body(request), request.app[DESK])
    return json_answer(violations_bytes(violations))

"""Checks: have any plan, from any program, looked at by the referee."""

from aiohttp import web

from router.api.answers import either_answer
from router.api.bodies import CHECK_REQUEST, json_body
from router.api.keys import CALLER, DESK
from router.service.front_desk import check
from router.wire.protobuf import check_response_message
from router.wire.resource import violations_bytes


async def post_check(request: web.Request) -> web.Response:
    """Answer with everything that is wrong with a plan."""
    async with json_body(request, CHECK_REQUEST) as body:
        violations = await check(body, request[CALLER], request.app[DESK])
    return await either_answer(request, violations_bytes(violations), check_response_message)

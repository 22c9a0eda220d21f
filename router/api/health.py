"""Whether the service lives and is ready, and what it offers."""

from aiohttp import web

from router.api.answers import json_answer, small_answer
from router.api.keys import DESK, OPENAPI


async def get_livez(_request: web.Request) -> web.Response:
    """Answer as long as the event loop turns."""
    return small_answer({"status": "alive"})


async def get_readyz(request: web.Request) -> web.Response:
    """Answer 200 when plans can be kept; a database out of reach is a 503 like everywhere else."""
    await request.app[DESK].store.health()
    return small_answer({"status": "ready"})


async def get_openapi(request: web.Request) -> web.Response:
    """Answer with the description of this very service."""
    return json_answer(request.app[OPENAPI])

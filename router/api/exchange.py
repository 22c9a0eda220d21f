"""Reading requests and making answers, as every handler does."""

import re

import orjson
from aiohttp import web

from router.api.keys import LIMITS

JSON = "application/json"

WAIT = re.compile(r"(?:^|,)\s*wait\s*=\s*\"?(\d{1,6})\"?\s*(?=[,;]|$)", re.IGNORECASE)


async def read_json_body(request: web.Request) -> bytes:
    """Return the body of a JSON request, unread.

    Raises:
        HTTPUnsupportedMediaType: it is declared to be something else.
        HTTPRequestEntityTooLarge: it is longer than allowed.
    """
    charset = request.charset
    if request.content_type != JSON or (charset is not None and charset.lower() not in ("utf-8", "utf8")):
        raise web.HTTPUnsupportedMediaType(text=f"send the body as Content-Type: {JSON}, in UTF-8")
    limit = request.app[LIMITS].body_bytes
    if request.content_length is not None and request.content_length > limit:
        raise web.HTTPRequestEntityTooLarge(max_size=limit, actual_size=request.content_length)
    return await request.read()


def flag(request: web.Request, name: str) -> bool:
    """Return a yes-or-no query parameter, ``false`` where it is absent.

    Raises:
        HTTPBadRequest: it is neither ``true`` nor ``false``.
    """
    value = request.query.get(name, "false")
    if value not in ("true", "false"):
        raise web.HTTPBadRequest(text=f"the query parameter {name} is either true or false")
    return value == "true"


def preferred_wait(request: web.Request) -> int:
    """Return how many seconds the caller prefers to wait (RFC 7240), capped; 0 where it does not say."""
    found = WAIT.search(",".join(request.headers.getall("Prefer", [])))
    return 0 if found is None else min(int(found[1]), request.app[LIMITS].wait_seconds)


def json_answer(body: bytes, status: int = 200, headers: dict[str, str] | None = None) -> web.Response:
    """Return an answer of JSON bytes."""
    return web.Response(body=body, status=status, headers=headers, content_type=JSON)


def small_answer(content: dict[str, str], status: int = 200) -> web.Response:
    """Return a short answer that needs no shape of its own."""
    return json_answer(orjson.dumps(content), status)

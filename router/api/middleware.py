"""Around every request: its id, its line in the log, its count, and its problem document where it fails."""

import re
import secrets
import time
from types import MappingProxyType

import structlog
from aiohttp import web

from router.api.keys import OBSERVER, REQUEST_ID, Handler
from router.api.listening import SERVER
from router.api.problems import answer_to

REQUEST_ID_HEADER = "X-Request-Id"
SANE_ID = re.compile(r"[A-Za-z0-9._-]{1,64}")
UNMATCHED = "unmatched"
"""The route of requests that no route answers, so that strangers cannot make up label values."""

NOT_FOUND = 404
MADE_PLAN = re.compile(r"/v1/plans/([^/]+)")
"""Where an answer says that a new plan is."""

METHODS = frozenset({"GET", "HEAD", "POST", "PUT", "DELETE", "OPTIONS", "PATCH"})

SAFETY_HEADERS = MappingProxyType(
    {
        "X-Content-Type-Options": "nosniff",
        "Cache-Control": "no-store",
        "Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'",
        "Referrer-Policy": "no-referrer",
        "Cross-Origin-Resource-Policy": "same-origin",
    }
)
"""What answers say to browsers unless they say otherwise: this is data, and nobody else's business."""


@web.middleware
async def request_ids(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Give every request an id, the caller's where it is sane, for the log and for the answer."""
    given = request.headers.get(REQUEST_ID_HEADER, "")
    request[REQUEST_ID] = given if SANE_ID.fullmatch(given) else secrets.token_hex(8)
    with structlog.contextvars.bound_contextvars(request_id=request[REQUEST_ID]):
        return await handler(request)


@web.middleware
async def accounts(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Log and count every answer, by the pattern of its route."""
    observer = request.app[OBSERVER]
    began = time.monotonic()
    observer.request_begun()
    try:
        answer = await handler(request)
    finally:
        observer.request_over()
    seconds = time.monotonic() - began
    resource = request.match_info.route.resource
    route = UNMATCHED if resource is None else resource.canonical
    method = request.method if request.method in METHODS else "other"
    observer.request_answered(method, route, answer.status, seconds, _plan_of(request, answer))
    milliseconds = round(seconds * 1000, 1)
    log = structlog.get_logger(__name__)
    log.info("request_answered", method=method, route=route, status=answer.status, ms=milliseconds)
    return answer


def _plan_of(request: web.Request, answer: web.StreamResponse) -> str | None:
    """Return the id of the plan that an answer is about; what nobody finds is none."""
    if answer.status == NOT_FOUND:
        return None
    made = MADE_PLAN.fullmatch(answer.headers.get("Location", ""))
    return made[1] if made else request.match_info.get("plan_id")


@web.middleware
async def problems(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Answer every exception with a problem document."""
    try:
        return await handler(request)
    except Exception as error:
        return answer_to(error, request)


async def finish_headers(request: web.Request, answer: web.StreamResponse) -> None:
    """Add what every answer says, event streams included, just before it is sent."""
    for name, value in SAFETY_HEADERS.items():
        answer.headers.setdefault(name, value)
    answer.headers["Server"] = SERVER
    answer.headers[REQUEST_ID_HEADER] = request[REQUEST_ID]

"""Around every request: its id, its problem document where it fails, its line in the log and its count.

This is the only place where an exception becomes a status.
"""

import re
import secrets
import time
from collections.abc import Mapping, Sequence
from types import MappingProxyType

import structlog
from aiohttp import web

from router.api.keys import OBSERVER, Handler
from router.errors import (
    Fault,
    InvalidRequest,
    MatrixUnavailable,
    PlanConflict,
    PlanNotFound,
    RequestTooLarge,
    StoreUnavailable,
)
from router.wire.problem_document import CONTENT_TYPE, ProblemDocument, ProblemKind

REQUEST_ID = "X-Request-Id"
SANE_ID = re.compile(r"[A-Za-z0-9._-]{1,64}")
UNMATCHED = "unmatched"
"""The route of requests that no route answers, so that strangers cannot make up label values."""

METHODS = frozenset({"GET", "HEAD", "POST", "PUT", "DELETE", "OPTIONS", "PATCH"})
KEPT_HEADERS = ("Allow", "Location")
RETRY_AFTER_SECONDS = "2"

_KINDS = MappingProxyType(
    {
        404: ProblemKind.NOT_FOUND,
        405: ProblemKind.METHOD_NOT_ALLOWED,
        413: ProblemKind.REQUEST_TOO_LARGE,
        415: ProblemKind.UNSUPPORTED_MEDIA_TYPE,
    }
)


@web.middleware
async def request_ids(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Give every request an id, the caller's where it is sane, for the log and for the answer."""
    given = request.headers.get(REQUEST_ID, "")
    request_id = given if SANE_ID.fullmatch(given) else secrets.token_hex(8)
    with structlog.contextvars.bound_contextvars(request_id=request_id):
        answer = await handler(request)
    answer.headers[REQUEST_ID] = request_id
    return answer


@web.middleware
async def accounts(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Log and count every answer, by the pattern of its route."""
    began = time.monotonic()
    answer = await handler(request)
    seconds = time.monotonic() - began
    resource = request.match_info.route.resource
    route = UNMATCHED if resource is None else resource.canonical
    method = request.method if request.method in METHODS else "other"
    request.app[OBSERVER].request_answered(method, route, answer.status, seconds)
    milliseconds = round(seconds * 1000, 1)
    log = structlog.get_logger(__name__)
    log.info("request_answered", method=method, route=route, status=answer.status, ms=milliseconds)
    return answer


@web.middleware
async def problems(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Answer every exception with a problem document that says what to do and nothing of the inside."""
    try:
        return await handler(request)
    except Exception as error:
        return _answer_to(error)


def _answer_to(error: Exception) -> web.Response:
    log = structlog.get_logger(__name__)
    match error:
        case web.HTTPException():
            answer = _of_http(error)
        case InvalidRequest():
            answer = _of_faults(error)
        case RequestTooLarge():
            answer = _problem(ProblemKind.REQUEST_TOO_LARGE, 413, str(error), error.faults)
        case PlanNotFound():
            answer = _problem(ProblemKind.NOT_FOUND, 404, str(error))
        case PlanConflict():
            answer = _problem(ProblemKind.PLAN_CONFLICT, 409, str(error))
        case StoreUnavailable() | MatrixUnavailable():
            log.warning("unavailable", error=str(error))
            detail = "a part of the service is out of reach for the moment"
            headers = {"Retry-After": RETRY_AFTER_SECONDS}
            answer = _problem(ProblemKind.UNAVAILABLE, 503, detail, headers=headers)
        case web.RequestPayloadError() | ConnectionResetError():
            detail = "the body did not arrive as it was announced"
            answer = _problem(ProblemKind.UNREADABLE_REQUEST, 400, detail)
        case _:
            log.error("request_broke", exc_info=error)
            detail = "an error of our own; the log holds it under the request id of this answer"
            answer = _problem(ProblemKind.INTERNAL_ERROR, 500, detail)
    return answer


def _of_http(error: web.HTTPException) -> web.Response:
    kind = _KINDS.get(error.status, ProblemKind.INVALID_REQUEST)
    headers = {name: value for name, value in error.headers.items() if name in KEPT_HEADERS}
    return _problem(kind, error.status, error.text or error.reason, headers=headers)


def _of_faults(error: InvalidRequest) -> web.Response:
    count = f"the request has {len(error.faults)} fault{'s' if len(error.faults) != 1 else ''}"
    if error.readable:
        return _problem(ProblemKind.INVALID_REQUEST, 422, count, error.faults)
    return _problem(ProblemKind.UNREADABLE_REQUEST, 400, count, error.faults)


def _problem(
    kind: ProblemKind,
    status: int,
    detail: str,
    faults: Sequence[Fault] = (),
    headers: Mapping[str, str] | None = None,
) -> web.Response:
    title = str(kind).replace("-", " ").capitalize()
    document = ProblemDocument(kind=kind, title=title, status=status, detail=detail, errors=faults)
    return web.Response(body=document.to_bytes(), status=status, headers=headers, content_type=CONTENT_TYPE)

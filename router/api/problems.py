"""From an exception to a status and a problem document that says what to do, and nothing of the inside.

This is the only place where an exception becomes a status.
"""

from collections.abc import Mapping, Sequence
from types import MappingProxyType

import structlog
from aiohttp import web

from router.api.keys import REQUEST_ID
from router.api.rate_limits import limit_headers
from router.errors import (
    BadPageToken,
    Fault,
    IdempotencyMismatch,
    InvalidRequest,
    MatrixUnavailable,
    NotAllowed,
    NotAuthenticated,
    Overloaded,
    PlanConflict,
    PlanNotFound,
    QuotaExceeded,
    RequestInFlight,
    RequestTooLarge,
    RoadEngineFailed,
    RouteNotFound,
    StoreUnavailable,
    TimetableNotFound,
)
from router.wire.problem_document import CONTENT_TYPE, ProblemDocument, ProblemKind

RETRY_SOON = MappingProxyType({"Retry-After": "1"})
RETRY_LATER = MappingProxyType({"Retry-After": "2"})
CHALLENGE = 'Bearer realm="selat"'
KEPT_HEADERS = ("Allow", "Location", "Accept-Encoding")

_KINDS = MappingProxyType(
    {
        404: ProblemKind.NOT_FOUND,
        405: ProblemKind.METHOD_NOT_ALLOWED,
        408: ProblemKind.REQUEST_TIMEOUT,
        413: ProblemKind.REQUEST_TOO_LARGE,
        415: ProblemKind.UNSUPPORTED_MEDIA_TYPE,
    }
)

_PLAIN: Mapping[type[Exception], tuple[ProblemKind, int, Mapping[str, str]]] = MappingProxyType(
    {
        BadPageToken: (ProblemKind.BAD_PARAMETER, 400, {}),
        PlanNotFound: (ProblemKind.NOT_FOUND, 404, {}),
        RouteNotFound: (ProblemKind.NOT_FOUND, 404, {}),
        TimetableNotFound: (ProblemKind.NOT_FOUND, 404, {}),
        PlanConflict: (ProblemKind.PLAN_CONFLICT, 409, {}),
        RequestInFlight: (ProblemKind.PLAN_CONFLICT, 409, RETRY_SOON),
        IdempotencyMismatch: (ProblemKind.INVALID_REQUEST, 422, {}),
    }
)
"""What is told to the caller in the words of the error itself."""

Problem = tuple[ProblemKind, int, str, Mapping[str, str], Sequence[Fault]]
"""Kind, status, detail, headers, and the faults of the request."""


def answer_to(error: Exception, request: web.Request) -> web.Response:
    """Return the answer to a request that failed."""
    kind, status, detail, headers, faults = (
        _of_http(error) if isinstance(error, web.HTTPException) else _of_ours(error, request)
    )
    document = ProblemDocument(
        kind=kind, status=status, detail=detail, request_id=request[REQUEST_ID], errors=faults
    )
    answer = web.Response(body=document.to_bytes(), status=status, headers=headers, content_type=CONTENT_TYPE)
    if status == web.HTTPRequestTimeout.status_code:
        answer.force_close()
    return answer


def _of_http(error: web.HTTPException) -> Problem:
    kind = _KINDS.get(error.status, ProblemKind.BAD_PARAMETER)
    headers = {name: value for name, value in error.headers.items() if name in KEPT_HEADERS}
    return kind, error.status, error.text or error.reason, headers, ()


def _of_ours(error: Exception, request: web.Request) -> Problem:
    if type(error) in _PLAIN:
        kind, status, headers = _PLAIN[type(error)]
        return kind, status, str(error), headers, ()
    match error:
        case InvalidRequest() | RequestTooLarge():
            return _of_faults(error)
        case NotAuthenticated() | NotAllowed() | QuotaExceeded():
            return _of_callers(error, request)
        case web.RequestPayloadError() | ConnectionResetError():
            detail = "the body did not arrive as it was announced"
            return ProblemKind.UNREADABLE_REQUEST, 400, detail, {}, ()
        case _:
            return _of_the_service(error)


def _of_faults(error: InvalidRequest | RequestTooLarge) -> Problem:
    count = f"the request has {len(error.faults)} fault{'s' if len(error.faults) != 1 else ''}"
    if isinstance(error, RequestTooLarge):
        return ProblemKind.REQUEST_TOO_LARGE, 413, str(error), {}, error.faults
    if error.readable:
        return ProblemKind.INVALID_REQUEST, 422, count, {}, error.faults
    return ProblemKind.UNREADABLE_REQUEST, 400, count, {}, error.faults


def _of_callers(error: NotAuthenticated | NotAllowed | QuotaExceeded, request: web.Request) -> Problem:
    match error:
        case NotAuthenticated():
            why = ', error="invalid_token"' if "Authorization" in request.headers else ""
            headers = {"WWW-Authenticate": CHALLENGE + why}
            return ProblemKind.NOT_AUTHENTICATED, 401, str(error), headers, ()
        case NotAllowed():
            why = f', error="insufficient_scope", scope="{error.scope}"'
            return ProblemKind.NOT_ALLOWED, 403, str(error), {"WWW-Authenticate": CHALLENGE + why}, ()
        case QuotaExceeded():
            headers = {"Retry-After": str(error.reset_seconds), **limit_headers(error)}
            return ProblemKind.QUOTA_EXCEEDED, 429, str(error), headers, ()


def _of_the_service(error: Exception) -> Problem:
    log = structlog.get_logger(__name__)
    match error:
        case Overloaded():
            log.warning("overloaded", error=str(error))
            return ProblemKind.UNAVAILABLE, 503, str(error), RETRY_SOON, ()
        case RoadEngineFailed():
            log.warning("unavailable", error=str(error))
            return ProblemKind.UNAVAILABLE, 503, str(error), RETRY_LATER, ()
        case StoreUnavailable() | MatrixUnavailable():
            log.warning("unavailable", error=str(error))
            detail = "a part of the service is out of reach for the moment"
            return ProblemKind.UNAVAILABLE, 503, detail, RETRY_LATER, ()
        case _:
            log.error("request_broke", exc_info=error)
            detail = "an error of our own; the log holds it under the request id of this answer"
            return ProblemKind.INTERNAL_ERROR, 500, detail, {}, ()

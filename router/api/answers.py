"""Making answers, as every handler does."""

import asyncio
from collections.abc import Callable, Mapping

import orjson
from aiohttp import web

from router.api.bodies import JSON, PROTOBUF
from router.api.negotiation import prefers_protobuf
from router.domain.records import PlanRecord
from router.wire.protobuf import plan_resource_message
from router.wire.resource import plan_resource_bytes

RETRY_AFTER_SECONDS = "1"

INLINE_BYTES = 32 * 1024
"""Turning longer answers into messages takes more than a millisecond, and goes to a thread."""


def json_answer(body: bytes, status: int = 200, headers: Mapping[str, str] | None = None) -> web.Response:
    """Return an answer of JSON bytes."""
    return web.Response(body=body, status=status, headers=headers, content_type=JSON)


def small_answer(content: dict[str, str], status: int = 200) -> web.Response:
    """Return a short answer that needs no shape of its own."""
    return json_answer(orjson.dumps(content), status)


async def either_answer(
    request: web.Request,
    body: bytes,
    to_message: Callable[[bytes], bytes],
    status: int = 200,
    headers: Mapping[str, str] | None = None,
) -> web.Response:
    """Return an answer in the form that the caller prefers: the JSON given, or the message that says the same."""
    form = JSON
    if prefers_protobuf(request):
        form = PROTOBUF
        body = to_message(body) if len(body) <= INLINE_BYTES else await asyncio.to_thread(to_message, body)
    return web.Response(
        body=body, status=status, headers={**(headers or {}), "Vary": "Accept"}, content_type=form
    )


async def plan_answer(
    request: web.Request, record: PlanRecord, status: int = 200, headers: Mapping[str, str] | None = None
) -> web.Response:
    """Return a plan as it is, with when to ask again where it has not ended."""
    retry = {} if record.status.ended else {"Retry-After": RETRY_AFTER_SECONDS}
    body = plan_resource_bytes(record)
    answer = await either_answer(request, body, plan_resource_message, status, {**(headers or {}), **retry})
    answer.headers["ETag"] = f'W/"{_tag(request, record)}"'
    return answer


def unchanged(request: web.Request, record: PlanRecord) -> web.Response | None:
    """Return 304 where the caller has the plan already, as ``If-None-Match`` tells; ``None`` where not."""
    tag = _tag(request, record)
    if not any(known.value in (tag, "*") for known in request.if_none_match or ()):
        return None
    return web.Response(status=304, headers={"ETag": f'W/"{tag}"', "Vary": "Accept, Accept-Encoding"})


def _tag(request: web.Request, record: PlanRecord) -> str:
    """Return what is in the tag. It is a weak one: packed or not, the plan is the same."""
    return f"{record.revision}-{'message' if prefers_protobuf(request) else 'json'}"

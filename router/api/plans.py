"""Plans: hand one in, ask after it, look through them, stop it, erase it."""

import asyncio

from aiohttp import web

from router.api.answers import either_answer, json_answer, plan_answer, unchanged
from router.api.bodies import PLAN_REQUEST, REPLAN_REQUEST, json_body
from router.api.keys import CALLER, DESK, ROOM
from router.api.parameters import (
    flag,
    idempotency_key,
    page_size,
    page_token,
    preferred_wait,
    status_wanted,
)
from router.api.rate_limits import limit_headers
from router.domain.records import Accepted, PlanRecord
from router.service.front_desk import submit, validate, wait_for_end
from router.service.replan import replan
from router.wire.protobuf import plan_list_message
from router.wire.resource import plan_list_bytes, validation_bytes


async def post_plan(request: web.Request) -> web.Response:
    """Keep a request to be solved, or only look for its faults."""
    desk, caller, key = request.app[DESK], request[CALLER], idempotency_key(request)
    async with json_body(request, PLAN_REQUEST) as body:
        if flag(request, "validate_only"):
            return json_answer(validation_bytes((await validate(body, caller, desk)).warnings))
        accepted = await submit(body, caller, desk, idempotency_key=key)
    return await _accepted(request, accepted)


async def post_replan(request: web.Request) -> web.Response:
    """Keep a new plan to be made from an old one."""
    desk, caller, key = request.app[DESK], request[CALLER], idempotency_key(request)
    async with json_body(request, REPLAN_REQUEST) as body:
        plan_id = request.match_info["plan_id"]
        accepted = await replan(plan_id, body, caller, desk, idempotency_key=key)
    return await _accepted(request, accepted)


async def get_plan(request: web.Request) -> web.Response:
    """Answer with the plan as it is now."""
    record = await request.app[DESK].store.get(request[CALLER].tenant_id, request.match_info["plan_id"])
    return unchanged(request, record) or await plan_answer(request, record)


async def list_plans(request: web.Request) -> web.Response:
    """Answer with a page of the tenant's plans, newest first."""
    page = await request.app[DESK].store.list_plans(
        request[CALLER].tenant_id,
        status=status_wanted(request),
        page_size=page_size(request),
        page_token=page_token(request),
    )
    return await either_answer(request, plan_list_bytes(page), plan_list_message)


async def cancel_plan(request: web.Request) -> web.Response:
    """Ask for the search to stop; it keeps its best. A plan that has ended stays as it is."""
    tenant_id, plan_id = request[CALLER].tenant_id, request.match_info["plan_id"]
    record = await request.app[DESK].store.request_cancel(tenant_id, plan_id)
    return await plan_answer(request, record, 200 if record.status.ended else 202)


async def delete_plan(request: web.Request) -> web.Response:
    """Erase the plan, whatever its status."""
    await request.app[DESK].store.delete(request[CALLER].tenant_id, request.match_info["plan_id"])
    return web.Response(status=204)


async def _accepted(request: web.Request, accepted: Accepted) -> web.Response:
    """Return the answer to a submission, after the wait that the caller prefers."""
    record = accepted.record
    headers = {"Location": f"/v1/plans/{record.id}", **limit_headers(accepted.usage)}
    if accepted.replayed:
        headers["Idempotent-Replayed"] = "true"
    if seconds := preferred_wait(request):
        record = await _ended(request, record, seconds)
        headers["Preference-Applied"] = f"wait={seconds}"
    return await plan_answer(request, record, 200 if seconds and record.status.ended else 202, headers)


async def _ended(request: web.Request, record: PlanRecord, seconds: int) -> PlanRecord:
    """Return the plan when it has ended; as it is, when the time is up or the service stops."""
    desk, tenant_id = request.app[DESK], request[CALLER].tenant_id
    waiting = asyncio.ensure_future(wait_for_end(tenant_id, record.id, seconds, desk))
    closing = asyncio.ensure_future(request.app[ROOM].closing.wait())
    try:
        await asyncio.wait([waiting, closing], return_when=asyncio.FIRST_COMPLETED)
        return waiting.result() if waiting.done() else await desk.store.get(tenant_id, record.id)
    finally:
        waiting.cancel()
        closing.cancel()

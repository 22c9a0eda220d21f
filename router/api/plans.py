"""Plans: hand one in, ask after it, stop it."""

from aiohttp import web

from router.api.exchange import flag, json_answer, preferred_wait, read_json_body
from router.api.keys import DESK
from router.domain.records import PlanRecord
from router.domain.tenants import LOCAL, Caller
from router.service.front_desk import submit, validate, wait_for_end
from router.wire.resource import PlanResource, validation_bytes

RETRY_AFTER_SECONDS = "1"


async def post_plan(request: web.Request) -> web.Response:
    """Keep a request to be solved, or only look for its faults."""
    body, desk = await read_json_body(request), request.app[DESK]
    if flag(request, "validate_only"):
        return json_answer(validation_bytes((await validate(body, desk)).warnings))
    record = (await submit(body, Caller(tenant_id=LOCAL), desk)).record
    headers = {"Location": f"/v1/plans/{record.id}"}
    if seconds := preferred_wait(request):
        record = await wait_for_end(LOCAL, record.id, seconds, desk)
        headers["Preference-Applied"] = f"wait={seconds}"
    return _resource(record, 200 if record.status.ended else 202, headers)


async def get_plan(request: web.Request) -> web.Response:
    """Answer with the plan as it is now."""
    return _resource(await request.app[DESK].store.get(LOCAL, request.match_info["plan_id"]))


async def cancel_plan(request: web.Request) -> web.Response:
    """Ask for the search to stop; it keeps its best. A plan that has ended stays as it is."""
    record = await request.app[DESK].store.request_cancel(LOCAL, request.match_info["plan_id"])
    return _resource(record, 200 if record.status.ended else 202)


def _resource(record: PlanRecord, status: int = 200, headers: dict[str, str] | None = None) -> web.Response:
    resource = PlanResource(
        id=record.id,
        name=record.name,
        status=record.status,
        created_at=record.created_at,
        started_at=record.started_at,
        finished_at=record.finished_at,
        plan=record.plan,
        error=record.error,
        warnings=record.warnings,
    )
    retry = {} if record.status.ended else {"Retry-After": RETRY_AFTER_SECONDS}
    return json_answer(resource.to_bytes(), status, {**(headers or {}), **retry})

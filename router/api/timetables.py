"""Timetables: store one, look at it, look through them, delete it."""

from aiohttp import web

from router.api.answers import json_answer
from router.api.bodies import TIMETABLE, ZIP, json_body
from router.api.keys import CALLER, DESK
from router.api.parameters import count, currency, timetable_name
from router.domain.stored_timetables import FeedDefaults
from router.domain.units import Seconds
from router.service.timetables import TimetableFormat
from router.wire.timetable_resource import stored_bytes, timetable_bytes, timetable_list_bytes

USUAL = FeedDefaults()


async def put_timetable(request: web.Request) -> web.Response:
    """Keep a new version of a timetable, as JSON or out of a feed."""
    name, defaults = timetable_name(request), _defaults(request)
    form = TimetableFormat.FEED if request.content_type == ZIP else TimetableFormat.OURS
    async with json_body(request, TIMETABLE) as body:
        tenant_id, archives = request[CALLER].tenant_id, request.app[DESK].timetables
        record = await archives.put(tenant_id, name, body, form, defaults)
    is_new = record.summary.use.version == 1
    headers = {"Location": f"/v1/timetables/{name}"} if is_new else None
    return json_answer(stored_bytes(record), 201 if is_new else 200, headers)


async def get_timetable(request: web.Request) -> web.Response:
    """Answer with a version of a timetable."""
    version = count(request, "version")
    archives, name = request.app[DESK].timetables, request.match_info["name"]
    return json_answer(timetable_bytes(await archives.get(request[CALLER].tenant_id, name, version)))


async def list_timetables(request: web.Request) -> web.Response:
    """Answer with all timetables that the tenant may name."""
    archives = request.app[DESK].timetables
    return json_answer(timetable_list_bytes(await archives.list_timetables(request[CALLER].tenant_id)))


async def delete_timetable(request: web.Request) -> web.Response:
    """Have no timetable of this name any more."""
    archives, name = request.app[DESK].timetables, request.match_info["name"]
    await archives.store.delete(request[CALLER].tenant_id, name)
    return web.Response(status=204)


def _defaults(request: web.Request) -> FeedDefaults:
    check_in, unload = count(request, "check_in_seconds"), count(request, "unload_seconds")
    return FeedDefaults(
        currency=currency(request) or USUAL.currency,
        check_in=USUAL.check_in if check_in is None else Seconds(check_in),
        unload=USUAL.unload if unload is None else Seconds(unload),
    )

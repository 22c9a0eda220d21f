"""Plans in the forms of maps, navigation apps, spreadsheets and ferry counters."""

from functools import partial
from urllib.parse import quote

from aiohttp import web

from router.api.bodies import JSON
from router.api.keys import CALLER, DESK
from router.service.exports import Printer, exported, gpx_of_vehicle
from router.wire.exports.bookings import bookings_csv, bookings_json
from router.wire.exports.geojson import geojson_bytes
from router.wire.exports.stops import stops_csv

GEOJSON, GPX, CSV = "application/geo+json", "application/gpx+xml", "text/csv"


async def get_routes_geojson(request: web.Request) -> web.Response:
    """Answer with the routes for a map."""
    return await _export(request, geojson_bytes, GEOJSON, "routes.geojson")


async def get_route_gpx(request: web.Request) -> web.Response:
    """Answer with the route of one vehicle for a navigation app."""
    vehicle_id = request.match_info["vehicle_id"]
    printer = partial(gpx_of_vehicle, vehicle_id=vehicle_id)
    return await _export(request, printer, GPX, f"{vehicle_id}.gpx")


async def get_stops_csv(request: web.Request) -> web.Response:
    """Answer with the stops for a spreadsheet."""
    return await _export(request, stops_csv, CSV, "stops.csv")


async def get_bookings_csv(request: web.Request) -> web.Response:
    """Answer with the berths to be booked, for a spreadsheet."""
    return await _export(request, bookings_csv, CSV, "bookings.csv")


async def get_bookings_json(request: web.Request) -> web.Response:
    """Answer with the berths to be booked, for a program."""
    return await _export(request, bookings_json, JSON, "bookings.json")


async def _export(request: web.Request, printer: Printer, media_type: str, name: str) -> web.Response:
    plan_id = request.match_info["plan_id"]
    body = await exported(request[CALLER].tenant_id, plan_id, printer, request.app[DESK])
    file_name = quote(f"{plan_id}-{name}", safe="")
    return web.Response(
        body=body,
        content_type=media_type,
        charset="utf-8" if media_type == CSV else None,
        headers={"Content-Disposition": f"attachment; filename*=UTF-8''{file_name}"},
    )

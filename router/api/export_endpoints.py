"""The endpoints that hand plans out to other programs, and what there is to say about them."""

from collections.abc import Sequence
from types import MappingProxyType

from router.api.bodies import JSON
from router.api.endpoint import Answer, Endpoint
from router.api.exports import (
    CSV,
    GEOJSON,
    GPX,
    get_bookings_csv,
    get_bookings_json,
    get_route_gpx,
    get_routes_geojson,
    get_stops_csv,
)
from router.api.keys import Handler
from router.domain.tenants import Scope

FILE_NAME = MappingProxyType({"Content-Disposition": "The name under which to keep it."})


def export_endpoints() -> tuple[Endpoint, ...]:
    """Return them all. While a plan is running, they answer with the best so far."""
    return (
        _export(
            "routes.geojson",
            get_routes_geojson,
            "exportRoutes",
            "The routes for a map: a line for each leg, whose `mode` is `drive` or `ferry`, straight from place to "
            "place; and a point for each place, numbered in order, with its times.",
            Answer(says="GeoJSON (RFC 7946).", media_types=(GEOJSON,), headers=FILE_NAME),
        ),
        _export(
            "routes/{vehicle_id}.gpx",
            get_route_gpx,
            "exportRoute",
            "The route of one vehicle for a navigation app.",
            Answer(says="GPX 1.1.", media_types=(GPX,), headers=FILE_NAME),
        ),
        _export(
            "stops.csv",
            get_stops_csv,
            "exportStops",
            "Every stop, served or not, for a spreadsheet. A text that would be taken for a formula begins with an "
            "apostrophe.",
            Answer(says="CSV (RFC 4180) with a header.", media_types=(CSV,), headers=FILE_NAME),
        ),
        _export(
            "bookings.csv",
            get_bookings_csv,
            "exportBookings",
            "The berths to be booked on ferries, in order of the closing of check-in, for a spreadsheet.",
            Answer(says="CSV (RFC 4180) with a header.", media_types=(CSV,), headers=FILE_NAME),
        ),
        _export(
            "bookings.json",
            get_bookings_json,
            "listBookings",
            "The berths to be booked on ferries, in order of the closing of check-in.",
            Answer(says="All of them.", shapes=("BookingList",), media_types=(JSON,), headers=FILE_NAME),
        ),
    )


def _export(path: str, handler: Handler, name: str, says: str, answer: Answer) -> Endpoint:
    refuses: Sequence[int] = (404, 409)
    return Endpoint(
        method="GET",
        path=f"/v1/plans/{{plan_id}}/{path}",
        handler=handler,
        name=name,
        says=says,
        scope=Scope.PLANS_READ,
        answers={200: answer},
        refuses=refuses,
    )

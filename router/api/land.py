"""The land under the map of the page."""

import asyncio
import re

from aiohttp import web

from router.geography.outline import Box, Outline

OUTLINE = web.AppKey("outline", Outline)

GEOJSON = "application/geo+json"
NUMBER = r"-?[0-9]{1,3}(?:\.[0-9]{1,6})?"
BOX = re.compile(rf"({NUMBER}),({NUMBER}),({NUMBER}),({NUMBER})")
LEAST_DEGREES = 0.01
KEEP = "public, max-age=86400"
"""Land does not move, and a new layer may be seen a day late."""


async def get_land(request: web.Request) -> web.Response:
    """Answer with the land within a box, for a map."""
    box = _box(request.query.get("bbox", ""))
    body = await asyncio.to_thread(request.app[OUTLINE].geojson, box)
    return web.Response(body=body, content_type=GEOJSON, headers={"Cache-Control": KEEP})


def _box(said: str) -> Box:
    """Return the box of a query.

    Raises:
        HTTPBadRequest: it is none, or is outside of the world.
    """
    found = BOX.fullmatch(said)
    if found is not None:
        west, south, east, north = map(float, found.groups())
        inside = west >= -180 and east <= 180 and south >= -90 and north <= 90
        if inside and east - west >= LEAST_DEGREES and north - south >= LEAST_DEGREES:
            return Box(west=west, south=south, east=east, north=north)
    raise web.HTTPBadRequest(
        text="bbox is WEST,SOUTH,EAST,NORTH in degrees, at least a hundredth of a degree wide and high, "
        "such as 114.4,-9.0,116.8,-8.0"
    )

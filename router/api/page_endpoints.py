"""What there is to say about the pages and what they load."""

from router.api.endpoint import Answer, Endpoint, Parameter
from router.api.land import BOX, GEOJSON, get_land
from router.api.pages import MEDIA_TYPES, PAGE, get_docs, get_file, get_map

WITHIN = Parameter(
    name="bbox",
    within="query",
    says="West, south, east and north in degrees, joined by commas.",
    schema={"type": "string", "pattern": f"^{BOX.pattern}$", "examples": ["114.4,-9.0,116.8,-8.0"]},
    required=True,
)
KNOWN = Answer(says="You have it already, as `If-None-Match` tells.", media_types=())


def page_endpoints() -> tuple[Endpoint, ...]:
    """Return the rows of the pages, of their files and of the land under the map."""
    return (
        Endpoint(
            method="GET",
            path="/",
            handler=get_map,
            name="mapPage",
            says="The map page, for dispatchers: hand a request in, watch it being solved, look at the plan.",
            answers={200: Answer(says="The page.", media_types=(PAGE,)), 304: KNOWN},
        ),
        Endpoint(
            method="GET",
            path="/docs",
            handler=get_docs,
            name="docsPage",
            says="This description as a page.",
            answers={200: Answer(says="The page.", media_types=(PAGE,)), 304: KNOWN},
        ),
        Endpoint(
            method="GET",
            path="/web/{folder}/{file}",
            handler=get_file,
            name="pageFile",
            says="A file that a page loads: scripts, styles, words, and the request of the demo.",
            answers={
                200: Answer(says="The file.", media_types=tuple(MEDIA_TYPES.values())),
                304: KNOWN,
            },
            refuses=(404,),
        ),
        Endpoint(
            method="GET",
            path="/land.geojson",
            handler=get_land,
            name="land",
            says="The land within a box as GeoJSON, as detailed as a screen can show: what the map page draws on.",
            parameters=(WITHIN,),
            answers={200: Answer(says="The land.", media_types=(GEOJSON,))},
            refuses=(400,),
        ),
    )

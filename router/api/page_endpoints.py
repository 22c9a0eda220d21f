"""What there is to say about the pages and what they load."""

from router.api.endpoint import Answer, Endpoint
from router.api.pages import MEDIA_TYPES, PAGE, get_docs, get_file, get_map

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
    )

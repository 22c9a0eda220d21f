"""The pages for people: the map at ``/``, the description at ``/docs``, and the files that they load."""

import gzip
import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from importlib import resources
from importlib.util import find_spec
from pathlib import Path
from types import MappingProxyType

from aiohttp import web

from router.api.negotiation import takes_gzip

MAP, DOCS, VENDOR = "map", "docs", "vendor"
INDEX = "index.html"
PAGE = "text/html"

MEDIA_TYPES: Mapping[str, str] = MappingProxyType(
    {
        ".html": PAGE,
        ".css": "text/css",
        ".js": "text/javascript",
        ".json": "application/json",
        ".svg": "image/svg+xml",
        ".png": "image/png",
    }
)
"""What files of these endings are; others are not given out."""

OF_MAPLIBRE = ("maplibre-gl.js", "maplibre-gl.css")
"""The library that draws the map. It comes with the Python package ``maplibre``, and is not copied into ours."""

EXAMPLE, EXAMPLE_NAME = "bali_lombok.json", "demo.json"

POLICY = "; ".join(
    [
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "connect-src 'self'",
        "img-src 'self' data: blob:",  # MapLibre's style sheet carries its icons as data
        "worker-src blob:",  # MapLibre starts its worker from its own code
        "base-uri 'none'",
        "form-action 'none'",
        "frame-ancestors 'none'",
    ]
)
"""Nothing from elsewhere, nothing to elsewhere, and no script or style inside a page."""

PACK_LEVEL = 6


@dataclass(frozen=True, slots=True, kw_only=True)
class Leaf:
    """A file as it is sent: plain, packed, and with the tag of its content."""

    body: bytes
    packed: bytes
    media_type: str
    tag: str


@dataclass(frozen=True, slots=True)
class Shelf:
    """Every file that may be asked for, by the folder it is in and its name: no path ever comes from a caller."""

    leaves: Mapping[tuple[str, str], Leaf]


SHELF = web.AppKey("shelf", Shelf)


def fill_shelf() -> Shelf:
    """Read and pack the files of both pages, MapLibre, and the request of the demo."""
    web_files = resources.files("router") / "web"
    leaves = {
        (room, item.name): _leaf(item.name, item.read_bytes())
        for room in (MAP, DOCS)
        for item in (web_files / room).iterdir()
        if Path(item.name).suffix in MEDIA_TYPES
    }
    leaves |= {(VENDOR, name): _leaf(name, content) for name, content in _maplibre()}
    example = (resources.files("router.wire") / "examples" / EXAMPLE).read_bytes()
    return Shelf(MappingProxyType(leaves | {(MAP, EXAMPLE_NAME): _leaf(EXAMPLE_NAME, example)}))


async def get_map(request: web.Request) -> web.Response:
    """Answer with the map page."""
    return _answer(request, MAP, INDEX)


async def get_docs(request: web.Request) -> web.Response:
    """Answer with the page of the description."""
    return _answer(request, DOCS, INDEX)


async def get_file(request: web.Request) -> web.Response:
    """Answer with a file that a page loads."""
    return _answer(request, request.match_info["folder"], request.match_info["file"])


def _answer(request: web.Request, folder: str, name: str) -> web.Response:
    leaf = request.app[SHELF].leaves.get((folder, name))
    if leaf is None:
        raise web.HTTPNotFound(text="the pages have no such file")
    headers = {"Cache-Control": "no-cache", "ETag": f'W/"{leaf.tag}"'}
    if leaf.media_type == PAGE:
        headers["Content-Security-Policy"] = POLICY
    if any(known.value in (leaf.tag, "*") for known in request.if_none_match or ()):
        return web.Response(status=304, headers=headers | {"Vary": "Accept-Encoding"})
    packed = takes_gzip(request)
    if packed:
        headers["Content-Encoding"] = "gzip"
    answer = web.Response(body=leaf.packed if packed else leaf.body, headers=headers)
    answer.content_type = leaf.media_type
    answer.charset = "utf-8" if leaf.media_type.startswith("text/") else None
    return answer


def _maplibre() -> Iterator[tuple[str, bytes]]:
    """Yield MapLibre's files. The package is only looked for, not imported: that would load all it depends on."""
    spec = find_spec("maplibre")
    if spec is None or spec.origin is None:
        raise ModuleNotFoundError("the package maplibre is not installed: run `make setup`", name="maplibre")
    folder = Path(spec.origin).parent / "srcjs"
    for name in OF_MAPLIBRE:
        yield name, (folder / name).read_bytes()


def _leaf(name: str, content: bytes) -> Leaf:
    return Leaf(
        body=content,
        packed=gzip.compress(content, PACK_LEVEL, mtime=0),
        media_type=MEDIA_TYPES[Path(name).suffix],
        tag=hashlib.sha256(content).hexdigest()[:20],
    )

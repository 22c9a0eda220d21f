"""What a caller would rather have: RFC 9110, section 12."""

import re
from collections.abc import Iterator

from aiohttp import web

from router.api.bodies import JSON, PROTOBUF

_QUALITY = re.compile(r"\s*q\s*=\s*(0(?:\.\d{0,3})?|1(?:\.0{0,3})?)\s*", re.IGNORECASE)


def prefers_protobuf(request: web.Request) -> bool:
    """Return whether the answer should be a message: it is asked for by name, and JSON is not liked better."""
    wanted = _qualities(request, "Accept")
    message = wanted.get(PROTOBUF, 0.0)
    return message > 0 and message >= wanted.get(JSON, 0.0)


def takes_gzip(request: web.Request) -> bool:
    """Return whether the answer may be packed by gzip."""
    wanted = _qualities(request, "Accept-Encoding")
    return wanted.get("gzip", wanted.get("x-gzip", wanted.get("*", 0.0))) > 0


def _qualities(request: web.Request, header: str) -> dict[str, float]:
    return dict(_parsed(",".join(request.headers.getall(header, []))))


def _parsed(header: str) -> Iterator[tuple[str, float]]:
    for element in header.split(","):
        name, *parameters = element.split(";")
        found = [match for parameter in parameters if (match := _QUALITY.fullmatch(parameter))]
        yield name.strip().lower(), float(found[0][1]) if found else 1.0

"""A JSON document before it has a meaning: parsing, pointing into it, and finding values by pattern.

Checks that span the whole request (ids, references, limits) look at the document and not at the validated
model, so that they still speak where some other part of the request is broken.
"""

import math
from typing import Any

import pydantic_core

from router.errors import Fault, InvalidRequest, RequestTooLarge
from router.wire.faults import FaultCode, Path, fault

Json = Any
"""Whatever a JSON parser yields: ``None``, bool, int, float, str, list or dict."""

SHOWN_CHARS = 60

PROBED_BYTES = 64 * 1024
"""So much of a body that is not worth reading is read to see whether it is JSON at all."""

MOST_OBJECTS = 1_000_000
"""Objects and lists. A stop with two windows takes six or seven, a sailing one."""

MOST_MEMBERS = 8_000_000
"""Members of objects. A stop with two windows takes some thirty, counting the colons of its times."""


def parse(body: bytes) -> Json:
    """Parse a JSON body of at most 200 levels. ``NaN`` is let through, to be faulted where it stands.

    Raises:
        InvalidRequest: the body is not JSON (not readable).
        RequestTooLarge: it holds more objects or members than any sound request.
    """
    excess = _excess(body)
    try:
        if excess is not None:
            pydantic_core.from_json(body[:PROBED_BYTES], allow_partial=True)
            raise too_many_values(excess)
        return pydantic_core.from_json(body)
    except ValueError as error:
        raise InvalidRequest([_unreadable(str(error))], readable=False) from None


def too_many_values(what: str) -> RequestTooLarge:
    """Return the error for a body with more of these than are worth reading."""
    most = MOST_MEMBERS if what == "members" else MOST_OBJECTS
    detail = f"the body holds more than {most} {what}"
    return RequestTooLarge([fault((), FaultCode.TOO_MANY_VALUES, detail)])


def _excess(body: bytes) -> str | None:
    """Return what it has more of than is worth reading, by counting what every object, list and member has.

    Parsed, an empty object takes twenty times the room of its two characters. What stands in texts is counted
    too; no sound request has so many of them by far.
    """
    if body.count(b"{") + body.count(b"[") > MOST_OBJECTS:
        return "objects"
    return "members" if body.count(b":") > MOST_MEMBERS else None


def require_object(document: Json) -> dict[str, Json]:
    """Return the document if it is an object.

    Raises:
        InvalidRequest: it is something else, so that nothing can be said about its parts.
    """
    if isinstance(document, dict):
        return document
    raise InvalidRequest(
        [fault((), FaultCode.WRONG_TYPE, f"expected an object, got {shown(document)}")], readable=True
    )


def matches(document: Json, pattern: str) -> list[tuple[Path, Json]]:
    """Return path and value of everything that a pattern such as ``/stops/*/id`` points at.

    ``*`` stands for every element of a list, ``{}`` for every value of an object. What is not there, or is
    not of the kind the pattern expects, matches nothing.
    """
    found: list[tuple[Path, Json]] = [((), document)]
    for part in pattern.split("/")[1:]:
        if part == "*":
            lists = [(path, value) for path, value in found if isinstance(value, list)]
            found = [((*path, i), element) for path, value in lists for i, element in enumerate(value)]
        else:
            objects = [(path, value) for path, value in found if isinstance(value, dict)]
            found = [
                ((*path, name), value[name])
                for path, value in objects
                for name in (value if part == "{}" else (part,))
                if name in value
            ]
    return found


def values(document: Json, pattern: str) -> list[Json]:
    """Return what ``matches`` finds, without the paths: they are dear where a request is large and sound."""
    found = [document]
    for part in pattern.split("/")[1:]:
        if part == "*":
            found = [element for value in found if isinstance(value, list) for element in value]
        elif part == "{}":
            found = [element for value in found if isinstance(value, dict) for element in value.values()]
        else:
            found = [value[part] for value in found if isinstance(value, dict) and part in value]
    return found


def shown(value: Json) -> str:
    """Return a value as a fault's detail may quote it: short, whatever came in."""
    if isinstance(value, list):
        return f"a list of {len(value)}"
    if isinstance(value, dict):
        return "an object"
    if isinstance(value, float) and not math.isfinite(value):
        return str(value)
    text: str = pydantic_core.to_json(value).decode()
    return text if len(text) <= SHOWN_CHARS else f"{text[:SHOWN_CHARS]}…"


def _unreadable(message: str) -> Fault:
    return fault((), FaultCode.UNREADABLE, f"the body is not JSON: {message}")

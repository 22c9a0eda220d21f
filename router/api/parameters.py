"""Reading what stands in headers and queries."""

import re

from aiohttp import web

from router.api.keys import LIMITS
from router.domain.records import PlanStatus
from router.domain.stored_timetables import TIMETABLE_NAME

WAIT = re.compile(r"(?:^|,)\s*wait\s*=\s*\"?([0-9]{1,6})\"?\s*(?=[,;]|$)", re.IGNORECASE)
IDEMPOTENCY_KEY = re.compile(r"[\x21-\x7e]{1,255}")
CURRENCY = re.compile(r"[A-Z]{3}")
COUNT = re.compile(r"[0-9]{1,6}")
MOST_TOKEN_CHARS = 1_024

DEFAULT_PAGE_SIZE, MOST_PER_PAGE = 50, 500


def flag(request: web.Request, name: str) -> bool:
    """Return a yes-or-no query parameter, ``false`` where it is absent.

    Raises:
        HTTPBadRequest: it is neither ``true`` nor ``false``.
    """
    value = request.query.get(name, "false")
    if value not in ("true", "false"):
        raise web.HTTPBadRequest(text=f"the query parameter {name} is either true or false")
    return value == "true"


def preferred_wait(request: web.Request) -> int:
    """Return how many seconds the caller prefers to wait (RFC 7240), capped; 0 where it does not say."""
    found = WAIT.search(",".join(request.headers.getall("Prefer", [])))
    return 0 if found is None else min(int(found[1]), request.app[LIMITS].wait_seconds)


def idempotency_key(request: web.Request) -> str | None:
    """Return the key under which the same request is kept once (draft-ietf-httpapi-idempotency-key-header).

    The draft has it in quotation marks; most callers leave them out. Both mean the same key.

    Raises:
        HTTPBadRequest: it is empty, too long, or not of visible ASCII characters.
    """
    said = request.headers.get("Idempotency-Key")
    if said is None:
        return None
    key = said[1:-1] if len(said) >= 2 and said[0] == said[-1] == '"' else said
    if not IDEMPOTENCY_KEY.fullmatch(key):
        raise web.HTTPBadRequest(text="an Idempotency-Key is 1 to 255 visible ASCII characters")
    return key


def status_wanted(request: web.Request) -> PlanStatus | None:
    """Return the status that a list is narrowed to; ``None`` where it is not.

    Raises:
        HTTPBadRequest: there is no such status.
    """
    said = request.query.get("status", "")
    if not said:
        return None
    if said not in tuple(PlanStatus):
        raise web.HTTPBadRequest(text=f"the query parameter status is one of {', '.join(PlanStatus)}")
    return PlanStatus(said)


def page_size(request: web.Request) -> int:
    """Return how many plans a page shows at most; more than ``MOST_PER_PAGE`` are cut to that.

    Raises:
        HTTPBadRequest: it is no number from 1 on.
    """
    said = request.query.get("page_size", "") or str(DEFAULT_PAGE_SIZE)
    if not COUNT.fullmatch(said) or int(said) == 0:
        raise web.HTTPBadRequest(text="the query parameter page_size is a whole number from 1 on")
    return min(int(said), MOST_PER_PAGE)


def page_token(request: web.Request) -> str | None:
    """Return where a list goes on; ``None`` at its beginning.

    Raises:
        HTTPBadRequest: it is longer than any of ours.
    """
    said = request.query.get("page_token")
    if said is not None and len(said) > MOST_TOKEN_CHARS:
        raise web.HTTPBadRequest(text="the query parameter page_token is none of this service")
    return said or None


def count(request: web.Request, name: str) -> int | None:
    """Return a query parameter that is a whole number; ``None`` where it is absent.

    Raises:
        HTTPBadRequest: it is none, or longer than six digits.
    """
    said = request.query.get(name)
    if said is not None and not COUNT.fullmatch(said):
        raise web.HTTPBadRequest(text=f"the query parameter {name} is a whole number from 0 to 999999")
    return None if said is None else int(said)


def currency(request: web.Request) -> str | None:
    """Return the currency that is asked for; ``None`` where none is.

    Raises:
        HTTPBadRequest: it is no ISO 4217 code.
    """
    said = request.query.get("currency")
    if said is not None and not CURRENCY.fullmatch(said):
        raise web.HTTPBadRequest(
            text="the query parameter currency is an ISO 4217 code in capitals, such as IDR"
        )
    return said


def timetable_name(request: web.Request) -> str:
    """Return the name in the path under which a timetable is to be stored.

    Raises:
        HTTPBadRequest: it cannot be the name of one.
    """
    name = request.match_info["name"]
    if not TIMETABLE_NAME.fullmatch(name):
        raise web.HTTPBadRequest(
            text="the name of a timetable has lower-case letters, digits, - . and _ only, 63 at most"
        )
    return name

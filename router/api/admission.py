"""What stands before every handler: is there room, who is it, and may they?"""

import contextlib
import re
from collections.abc import Iterator
from enum import Enum, auto

from aiohttp import web

from router.api.keys import CALLER, KEY_RING, ROOM, Handler
from router.api.listening import Visitor
from router.domain.tenants import Caller, Scope
from router.errors import NotAllowed, NotAuthenticated

BEARER = re.compile(r"Bearer +([A-Za-z0-9._~+/=-]{1,512})", re.IGNORECASE)
"""RFC 6750, section 2.1."""


class Kind(Enum):
    """What a call takes up while it lasts."""

    CALL = auto()
    STREAM = auto()
    PROBE = auto()
    """Nothing: it is answered however full the house is."""


def admitted(handler: Handler, scope: Scope | None, kind: Kind) -> Handler:
    """Return the handler behind the questions; ``scope`` is what a key must be for, ``None`` asks for no key."""

    async def handle(request: web.Request) -> web.StreamResponse:
        with _at_work(request), _place(request, kind):
            if scope is not None:
                request[CALLER] = await _caller(request, scope)
            return await handler(request)

    return handle


@contextlib.contextmanager
def _at_work(request: web.Request) -> Iterator[None]:
    """Keep the door from closing the connection for somebody else's."""
    visitor = request.protocol
    if not isinstance(visitor, Visitor):
        yield
        return
    visitor.at_work = True
    try:
        yield
    finally:
        visitor.at_work = False


@contextlib.contextmanager
def _place(request: web.Request, kind: Kind) -> Iterator[None]:
    if kind is Kind.PROBE:
        yield
        return
    room = request.app[ROOM]
    with (room.streams if kind is Kind.STREAM else room.requests).share() as share:
        share.take()
        yield


async def _caller(request: web.Request, scope: Scope) -> Caller:
    key_ring, key = request.app[KEY_RING], _key(request)
    caller = None if key is None else await key_ring.authenticate(key)
    if caller is None:
        caller = await key_ring.authenticate(None)  # a house without keys lets in whoever shows one, too
    if caller is None:
        raise NotAuthenticated("send a key of your tenant as Authorization: Bearer KEY")
    if scope not in caller.scopes:
        raise NotAllowed(scope)
    return caller


def _key(request: web.Request) -> str | None:
    """Return the key that the caller shows; ``None`` where it shows none, or something else."""
    found = BEARER.fullmatch(request.headers.get("Authorization", "").strip())
    return None if found is None else found[1]

"""Every handler is behind three questions: is there room, who is it, and may they?"""

import asyncio
import contextlib
from collections.abc import AsyncIterator

import aiohttp
import pytest
from aiohttp import web

from router.api.admission import Kind, admitted
from router.api.keys import KEY_RING, LIMITS, ROOM, ApiLimits, Room
from router.api.listening import listening
from router.api.middleware import finish_headers, problems, request_ids
from router.api.places import Places
from router.domain.tenants import Caller, Scope, TenantId


class TwoKeys:
    """A key ring of two keys: ``reader`` for reading, and ``writer`` for writing."""

    async def authenticate(self, key: str | None) -> Caller | None:
        """Return whose key it is."""
        scopes = {"reader": Scope.PLANS_READ, "writer": Scope.PLANS_WRITE}
        return None if key not in scopes else Caller(tenant_id=TenantId(key), scopes=frozenset({scopes[key]}))


class House:
    """Handlers of which the slow ones answer only when ``finish`` is set."""

    def __init__(self) -> None:
        self.url = ""
        self.begun = asyncio.Semaphore(0)
        self.finish = asyncio.Event()

    async def slow(self, _request: web.Request) -> web.Response:
        """Wait, then answer."""
        self.begun.release()
        await self.finish.wait()
        return web.Response(text="done")

    async def prompt(self, _request: web.Request) -> web.Response:
        """Answer."""
        return web.Response(text="done")


@pytest.fixture
def house() -> House:
    return House()


@contextlib.asynccontextmanager
async def opened(house: House) -> AsyncIterator[aiohttp.ClientSession]:
    app = web.Application(middlewares=[request_ids, problems])
    app[LIMITS] = ApiLimits(body_bytes=1, message_bytes=1, wait_seconds=1)
    app[ROOM] = Room(
        requests=Places(2, "requests"),
        streams=Places(1, "event streams"),
        bodies=Places(1, "bytes"),
        closing=asyncio.Event(),
    )
    app[KEY_RING] = TwoKeys()
    app.router.add_get("/call", admitted(house.slow, None, Kind.CALL))
    app.router.add_get("/stream", admitted(house.slow, None, Kind.STREAM))
    app.router.add_get("/probe", admitted(house.prompt, None, Kind.PROBE))
    app.router.add_get("/plans", admitted(house.prompt, Scope.PLANS_READ, Kind.CALL))
    app.on_response_prepare.append(finish_headers)
    async with (
        listening(app, "127.0.0.1", 0, 0.2) as house.url,
        aiohttp.ClientSession(house.url) as session,
    ):
        yield session


async def test_more_calls_than_there_is_room_for_are_told_to_come_again(house: House) -> None:
    async with opened(house) as session:
        under_way = [asyncio.create_task(session.get("/call")) for _ in range(2)]
        for _ in under_way:
            await house.begun.acquire()
        async with session.get("/plans", headers={"Authorization": "Bearer reader"}) as answer:
            assert (answer.status, answer.headers["Retry-After"]) == (503, "1")
            assert (await answer.json())["detail"] == "too many requests at once"
        async with session.get("/probe") as answer:
            assert answer.status == 200, "a house that is full is still alive"
        house.finish.set()
        assert [(await call).status for call in under_way] == [200, 200]
        async with session.get("/call") as answer:
            assert answer.status == 200


async def test_streams_and_calls_take_no_room_from_each_other(house: House) -> None:
    async with opened(house) as session:
        stream = asyncio.create_task(session.get("/stream"))
        await house.begun.acquire()
        async with session.get("/stream") as answer:
            assert answer.status == 503
        calls = [asyncio.create_task(session.get("/call")) for _ in range(2)]
        for _ in calls:
            await house.begun.acquire()
        house.finish.set()
        assert [(await each).status for each in (stream, *calls)] == [200] * 3


@pytest.mark.parametrize(
    ("shown", "status"),
    [
        ("Bearer reader", 200),
        ("bearer   reader", 200),
        ("Bearer writer", 403),
        ("Bearer stranger", 401),
        ("reader", 401),
        ("Basic reader", 401),
        ("Bearer reader extra", 401),
        ("Bearer " + "r" * 600, 401),
        (None, 401),
    ],
)
async def test_only_a_key_that_is_for_this_opens(house: House, shown: str | None, status: int) -> None:
    async with opened(house) as session:
        headers = {} if shown is None else {"Authorization": shown}
        async with session.get("/plans", headers=headers) as answer:
            assert answer.status == status
            assert ("WWW-Authenticate" in answer.headers) == (status != 200)

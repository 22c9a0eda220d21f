"""The events of a plan, as they come, however often the line breaks."""

import asyncio
import contextlib
from collections.abc import AsyncGenerator

import aiohttp
import orjson

from router.client.connection import CONNECT_SECONDS, LOST, Call, Connection, place
from router.client.errors import NoAnswer, Refused
from router.client.shapes import Event

SILENCE_SECONDS = 60.0
"""The service gives a sign of life at least every 15 s; after so long without any the line is dead."""

NO_MORE = 204


class EventReader:
    """Makes events of the lines of a stream, https://html.spec.whatwg.org/multipage/server-sent-events.html."""

    def __init__(self) -> None:
        self._id, self._kind, self._data = "", "", list[str]()

    def take(self, line: str) -> Event | None:
        """Take a line without its end; return the event that it completes, if it does."""
        if not line:
            return self._complete()
        name, _, value = line.partition(":")
        value = value.removeprefix(" ")
        if name == "id":
            self._id = value
        elif name == "event":
            self._kind = value
        elif name == "data":
            self._data.append(value)
        return None

    def _complete(self) -> Event | None:
        kind, data, self._kind, self._data = self._kind, self._data, "", []
        if not data:
            return None
        return Event(self._id, kind, orjson.loads("\n".join(data)))


async def watch(connection: Connection, plan_id: str, after: str | None) -> AsyncGenerator[Event, None]:
    """Yield what happens to a plan, from after the event ``after`` on, each once, until it has ended.

    Raises:
        NoAnswer: the line broke, and could not be mended as often as that was tried.
        Refused: the service does not tell.
    """
    attempt = 0
    while True:
        told, lost = None, None
        try:
            async with contextlib.aclosing(_connected(connection, plan_id, after)) as events:
                async for event in events:
                    attempt, after = 0, event.id
                    yield event
                    if event.kind == "done":
                        return
        except _NothingMore:
            return
        except Refused as refused:
            if attempt + 1 >= connection.retries.attempts or not connection.worth_another(refused):
                raise
            told = refused.retry_after_seconds
        except LOST as error:
            lost = error
        attempt += 1
        if attempt >= connection.retries.attempts:
            raise NoAnswer(f"the events of plan {plan_id} break off: {lost or 'the stream ended'}") from lost
        await asyncio.sleep(connection.retries.pause(attempt, told))


class _NothingMore(Exception):
    """The plan has ended, and all of it has been told."""


async def _connected(connection: Connection, plan_id: str, after: str | None) -> AsyncGenerator[Event, None]:
    """Yield events until the line breaks, or the service ends the stream."""
    headers = {"Accept": "text/event-stream"} | ({} if after is None else {"Last-Event-ID": after})
    call = Call(method="GET", path=place("v1", "plans", plan_id, "events"), headers=headers)
    timeout = aiohttp.ClientTimeout(sock_connect=CONNECT_SECONDS, sock_read=SILENCE_SECONDS)
    async with connection.opened(call, timeout=timeout) as answer:
        if answer.status == NO_MORE:
            raise _NothingMore
        reader = EventReader()
        async for line in answer.content:
            event = reader.take(line.decode().rstrip("\r\n"))
            if event is not None:
                yield event

"""One call of the service over HTTP, made again until there is an answer."""

import asyncio
import contextlib
from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

import aiohttp
import orjson
from yarl import URL

import router
from router.client.errors import NoAnswer, Refused, refusal
from router.client.retrying import AGAIN, Retries, told_to_wait

JSON = "application/json"
BEING_ACCEPTED = 409
"""With a ``Retry-After``: the same submission is being accepted at this very moment."""

CONNECT_SECONDS = 10.0

LOST = (aiohttp.ClientConnectionError, aiohttp.ClientPayloadError, TimeoutError)
"""The call may or may not have been heard."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What the service said, with a status below 400."""

    status: int
    headers: Mapping[str, str]
    body: bytes

    @property
    def json(self) -> Any:
        """Return the body, parsed."""
        return orjson.loads(self.body)


@dataclass(frozen=True, slots=True, kw_only=True)
class Call:
    """A call that may be made any number of times to the same effect."""

    method: str
    path: str
    body: bytes | None = None
    headers: Mapping[str, str] | None = None
    query: Mapping[str, str] | None = None
    seconds: float = 60.0
    """How long one attempt may take."""


def place(*parts: str) -> str:
    """Return a path made of names, whatever characters these have."""
    return "/" + "/".join(quote(part, safe="") for part in parts)


class Connection:
    """Knows where the service is, the key, and how patient to be."""

    def __init__(self, url: str, key: str | None, retries: Retries) -> None:
        self._url = url.rstrip("/")
        self._headers = {"User-Agent": f"selat-client/{router.__version__}"}
        if key is not None:
            self._headers["Authorization"] = f"Bearer {key}"
        self.retries = retries
        self._session: aiohttp.ClientSession | None = None

    async def close(self) -> None:
        """Close all connections; the next call opens new ones."""
        if self._session is not None:
            await self._session.close()
            self._session = None

    async def make(self, call: Call) -> Answer:
        """Make a call, again where its answer got lost or the service has no room, until there is an answer.

        Raises:
            NoAnswer: there was none, as often as it was tried.
            Refused: the answer says no.
        """
        lost: Exception | None = None
        for attempt in range(1, self.retries.attempts + 1):
            last = attempt == self.retries.attempts
            told = None
            try:
                return await self._attempt(call)
            except Refused as refused:
                if last or not self.worth_another(refused):
                    raise
                told = refused.retry_after_seconds
            except LOST as error:
                lost = error
            if not last:
                await asyncio.sleep(self.retries.pause(attempt, told))
        raise NoAnswer(f"{call.method} {self._url}{call.path}: {lost or 'no answer'}") from lost

    def worth_another(self, refused: Refused) -> bool:
        """Return whether the same call may be answered otherwise within the patience that there is."""
        told = refused.retry_after_seconds
        again = refused.status in AGAIN or (refused.status == BEING_ACCEPTED and told is not None)
        return again and (told or 0.0) <= self.retries.most_seconds

    @contextlib.asynccontextmanager
    async def opened(
        self, call: Call, *, timeout: aiohttp.ClientTimeout
    ) -> AsyncIterator[aiohttp.ClientResponse]:
        """Make one attempt at a call, and have its answer open.

        Raises:
            Refused: the answer says no.
        """
        async with self._open_session().request(
            call.method,
            URL(self._url + call.path, encoded=True),
            data=call.body,
            headers=call.headers,
            params=call.query,
            timeout=timeout,
            allow_redirects=False,  # the key is for this service, and no other
        ) as answer:
            if answer.status >= 400:
                told = told_to_wait(answer.headers.get("Retry-After"))
                raise refusal(answer.status, await answer.read(), told)
            yield answer

    async def _attempt(self, call: Call) -> Answer:
        timeout = aiohttp.ClientTimeout(total=call.seconds, sock_connect=CONNECT_SECONDS)
        async with self.opened(call, timeout=timeout) as answer:
            return Answer(status=answer.status, headers=answer.headers, body=await answer.read())

    def _open_session(self) -> aiohttp.ClientSession:
        if self._session is None:
            self._session = aiohttp.ClientSession(headers=self._headers)
        return self._session

"""Asking a road engine over HTTP: how long, how often, and how much of an answer is read."""

import asyncio
import random
from collections.abc import Mapping
from dataclasses import dataclass

import aiohttp

import router
from router.errors import RoadEngineFailed, RoadFailure

FIRST_PAUSE_SECONDS = 0.25
LONGEST_PAUSE_SECONDS = 5.0
TOO_MANY_REQUESTS = 429
PIECE_BYTES = 1 << 16
WORDS_OF_AN_ENGINE = 160
"""How much of what an engine says about a refusal is passed on."""

HEADERS = {
    "User-Agent": f"selat/{router.__version__}",
    "Accept": "application/json",
    "Accept-Encoding": "identity",  # it is near; and what is not packed cannot unpack to more than it seems
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Patience:
    """How a road engine is asked.

    Attributes:
        request_seconds: For one answer.
        all_seconds: For all answers that one problem needs.
        attempts: How often the same is asked where the engine cannot be reached, is overloaded or breaks down.
        at_once: How many questions of one problem are open at a time.
    """

    request_seconds: float = 30.0
    all_seconds: float = 120.0
    attempts: int = 4
    at_once: int = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """A call of a road engine.

    Attributes:
        url: With everything in it that is not in ``body``.
        body: JSON to post; ``None`` to get.
        most_bytes: No sensible answer is longer.
    """

    url: str
    body: bytes | None = None
    most_bytes: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Reply:
    """What an engine said to a question that it understood (200) or refused (any other status below 500)."""

    status: int
    body: bytes


class _Passing(Exception):
    """A failure that may be gone the next moment."""


class Asker:
    """Asks one engine for one problem; ``name`` stands for the engine in what callers are told."""

    def __init__(self, session: aiohttp.ClientSession, patience: Patience, name: str) -> None:
        """Ask through a session, with so much patience."""
        self._session = session
        self._patience = patience
        self._name = name
        self._places = asyncio.Semaphore(patience.at_once)

    async def ask(self, question: Question) -> Reply:
        """Return the reply; ask again where the engine cannot be reached, is overloaded or breaks down.

        A slow engine is not asked again: that would make it slower.

        Raises:
            RoadEngineFailed: there is no reply.
        """
        async with self._places:
            for attempt in range(1, self._patience.attempts):
                try:
                    return await self._once(question)
                except _Passing:
                    await asyncio.sleep(_pause(attempt))
            try:
                return await self._once(question)
            except _Passing as error:
                detail = f"{self._name} failed {self._patience.attempts} times, at last by {error}"
                raise RoadEngineFailed(RoadFailure.UNREACHABLE, detail) from error

    async def _once(self, question: Question) -> Reply:
        seconds = self._patience.request_seconds
        try:
            async with asyncio.timeout(seconds), self._sent(question) as answer:
                if answer.status == TOO_MANY_REQUESTS or answer.status >= 500:
                    raise _Passing(f"status {answer.status}")
                return Reply(status=answer.status, body=await self._read(answer.content, question.most_bytes))
        except TimeoutError:
            detail = f"{self._name} did not answer within {seconds:g} s"
            raise RoadEngineFailed(RoadFailure.SLOW, detail) from None
        except (aiohttp.ClientConnectionError, aiohttp.ClientPayloadError, OSError) as error:
            raise _Passing(f"a broken connection ({type(error).__name__})") from None
        except (aiohttp.ClientError, ValueError) as error:
            raise self.garbled(f"no HTTP ({type(error).__name__})") from None

    def _sent(self, question: Question) -> "aiohttp.client._RequestContextManager":
        return self._session.request(
            "GET" if question.body is None else "POST",
            question.url,
            data=question.body,
            headers=_headers(question),
            allow_redirects=False,
        )

    async def _read(self, content: aiohttp.StreamReader, most: int) -> bytes:
        read = bytearray()
        async for piece in content.iter_chunked(PIECE_BYTES):
            read += piece
            if len(read) > most:
                raise self.garbled(f"more than {most} bytes")
        return bytes(read)

    def garbled(self, what: str) -> RoadEngineFailed:
        """Return the failure of an engine whose answer makes no sense."""
        return RoadEngineFailed(RoadFailure.GARBLED, f"{self._name} answered {what}")

    def refused(self, status: int, words: object) -> RoadEngineFailed:
        """Return the failure of an engine that understood the question and will not answer it."""
        said = words if isinstance(words, str) else "without a word"
        legible = "".join(letter for letter in said[:WORDS_OF_AN_ENGINE] if letter.isprintable())
        return RoadEngineFailed(RoadFailure.REFUSED, f"{self._name} answered {status}: {legible}")


def a_session() -> aiohttp.ClientSession:
    """Return a session of the running loop. Nothing of the environment is used: no proxy, no password file."""
    return aiohttp.ClientSession(
        timeout=aiohttp.ClientTimeout(total=None),  # ``Patience`` says how long
        cookie_jar=aiohttp.DummyCookieJar(),
        auto_decompress=False,
    )


def _headers(question: Question) -> Mapping[str, str]:
    return HEADERS if question.body is None else {**HEADERS, "Content-Type": "application/json"}


def _pause(attempt: int) -> float:
    """Return how long to wait after so many failures: twice as long each time, and never in step with others."""
    longest: float = min(FIRST_PAUSE_SECONDS * 2.0 ** (attempt - 1), LONGEST_PAUSE_SECONDS)
    return longest * random.uniform(0.5, 1.0)  # noqa: S311  (nobody gains by guessing it)

"""When to try again: later each time, never at the same moment as others, and not before the service says."""

import email.utils
import random
import time
from dataclasses import dataclass

AGAIN = frozenset({408, 429, 502, 503, 504})
"""Answers after which the same call may succeed: of the service, and of proxies before it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Retries:
    """How patient a client is with one call.

    Attributes:
        attempts: How often a call is made at most, the first time included.
        first_seconds: The longest pause before the second attempt; it doubles from attempt to attempt.
        most_seconds: The longest pause of all. Where the service asks for a longer one, the call is given up
            at once with ``Overloaded``, which says how long.
    """

    attempts: int = 6
    first_seconds: float = 0.25
    most_seconds: float = 30.0

    def __post_init__(self) -> None:
        if self.attempts < 1 or not 0 <= self.first_seconds <= self.most_seconds:
            raise ValueError("attempts is at least 1, and 0 <= first_seconds <= most_seconds")

    def pause(self, attempt: int, told: float | None) -> float:
        """Return the seconds to wait after an attempt (the first is 1); ``told`` is what ``Retry-After`` said.

        The pause is drawn evenly from nothing up to its bound, so that the clients of a service that was away do
        not come back all at once; what the service asks for comes on top.
        """
        bound = min(self.most_seconds, self.first_seconds * 2 ** (attempt - 1))
        return (told or 0.0) + random.uniform(0, bound)  # noqa: S311 - spreads callers, guards no secret


def told_to_wait(header: str | None) -> float | None:
    """Return the seconds of a ``Retry-After`` header, which names them or an instant; ``None`` without one."""
    if header is None:
        return None
    if header.isascii() and header.isdigit():
        return float(header)
    try:
        then = email.utils.parsedate_to_datetime(header)
    except ValueError:
        return None
    return max(0.0, then.timestamp() - time.time())

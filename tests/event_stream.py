"""Reading server-sent events, as a browser would."""

import json
from collections.abc import Generator, Mapping
from dataclasses import dataclass
from http.client import HTTPConnection
from typing import Any
from urllib.parse import urlsplit


@dataclass(frozen=True, slots=True)
class Event:
    """One event: its id, its name and its parsed data."""

    id: str
    name: str
    data: Any


def events_in(text: str) -> list[Event]:
    """Return the events of a stream that has ended."""
    return [event for block in text.split("\n\n") if (event := _event(block)) is not None]


def watch(url: str, plan_id: str, headers: Mapping[str, str] | None = None) -> Generator[Event, None, None]:
    """Yield the events of a plan as they come, until the stream ends or the generator is closed."""
    connection = HTTPConnection(urlsplit(url).netloc, timeout=60)
    try:
        connection.request("GET", f"/v1/plans/{plan_id}/events", headers=dict(headers or {}))
        answer = connection.getresponse()
        assert (answer.status, answer.headers["Content-Type"]) == (200, "text/event-stream")
        block: list[str] = []
        for line in answer:
            block.append(line.decode())
            if line == b"\n":
                event = _event("".join(block))
                block = []
                if event is not None:
                    yield event
    finally:
        connection.close()


def _event(block: str) -> Event | None:
    fields = dict(
        line.split(": ", 1) for line in block.splitlines() if ": " in line and not line.startswith(":")
    )
    if "event" not in fields:
        return None
    return Event(id=fields["id"], name=fields["event"], data=json.loads(fields["data"]))

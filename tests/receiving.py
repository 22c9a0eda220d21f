"""A receiver of webhooks for tests: answers as told and keeps what it was told."""

import queue
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


@dataclass(frozen=True, slots=True)
class Received:
    """One call of the webhook."""

    path: str
    headers: Mapping[str, str]
    body: bytes


class Receiver:
    """Listens on loopback. Each call is answered by the next of ``statuses``, the last of which goes on for ever."""

    def __init__(self, *statuses: int, location: str = "") -> None:
        """Answer 204 where no status is given; ``location`` is where redirects lead."""
        self.calls: queue.Queue[Received] = queue.Queue()
        self.statuses = list(statuses) or [204]
        self.location = location

    @property
    def url(self) -> str:
        """Return where it listens."""
        return f"http://127.0.0.1:{self.port}/hook"

    def next_status(self) -> int:
        """Return what the next call is answered with."""
        return self.statuses.pop(0) if len(self.statuses) > 1 else self.statuses[0]

    @contextmanager
    def listening(self) -> Iterator["Receiver"]:
        """Listen while the block lasts."""
        receiver = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["Content-Length"]))
                receiver.calls.put(Received(self.path, dict(self.headers), body))
                self.send_response(receiver.next_status())
                if receiver.location:
                    self.send_header("Location", receiver.location)
                self.send_header("Content-Length", "0")
                self.end_headers()

            def log_message(self, *_: object) -> None:
                """Say nothing."""

        with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
            self.port = server.server_port
            thread = threading.Thread(target=server.serve_forever, args=(0.05,))
            thread.start()
            try:
                yield self
            finally:
                server.shutdown()
                thread.join()

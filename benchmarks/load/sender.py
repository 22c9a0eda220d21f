"""Has Locust send a morning, and returns what came of each call."""

import json
import os
import subprocess
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from benchmarks.environments import python_with
from benchmarks.load.morning import Morning, Route

HERE = Path(__file__).parent
CHECKOUT = HERE.parents[1]
PINS = HERE / "locust.txt"
ENVIRONMENT = CHECKOUT / ".venv-bench" / "locust"


@dataclass(frozen=True, slots=True, kw_only=True)
class Call:
    """One call that was sent.

    Attributes:
        at: When it was to be sent, in seconds from the beginning.
        late: How much later it was sent: what the sender itself adds.
        took: Seconds from when it was to be sent until the whole answer was there.
        status: 0 where there was no answer.
        plan_id: Of a submission that was accepted.
    """

    route: Route
    at: float
    late: float
    took: float
    status: int
    plan_id: str | None
    batch: int


class SenderFailed(Exception):
    """Locust ended without having sent everything; the message is the end of what it wrote."""


class Sender:
    """Locust, about to send a morning to an address; use it as ``with`` to have it gone at the end."""

    def __init__(self, morning: Morning, url: str, folder: Path) -> None:
        """Install Locust where it is not yet, lay out what is to be sent, and start.

        Raises:
            EnvironmentUnavailable: Locust cannot be installed.
        """
        python = python_with(PINS, ENVIRONMENT, print, "Locust")
        self._folder = folder
        self._count = len(morning.timetable)
        _lay_out(morning, folder)
        options = ("--headless", "--users", "1", "--spawn-rate", "1", "--only-summary", "--host", url)
        self._log = (folder / "locust.log").open("wb")
        self._process = subprocess.Popen(
            [str(python), "-m", "locust", "--locustfile", str(HERE / "locustfile.py"), *options],
            env={**os.environ, "SELAT_LOAD": str(folder), "PYTHONPATH": ""},
            stdout=self._log,
            stderr=subprocess.STDOUT,
            cwd=folder,
        )

    def __enter__(self) -> "Sender":
        """Use it."""
        return self

    def __exit__(self, *_: object) -> None:
        """End it, should it still run."""
        if self._process.poll() is None:
            self._process.kill()
        self._process.wait()
        self._log.close()

    @property
    def pid(self) -> int:
        """Return the id of its process."""
        return self._process.pid

    @property
    def began(self) -> float | None:
        """Return when the timetable began, in seconds since 1970, or ``None`` where it has not."""
        said = self._folder / "began"
        text = said.read_text() if said.exists() else ""
        return float(text) if text else None

    @property
    def ended(self) -> bool:
        """Whether everything has been sent."""
        return self._process.poll() is not None

    def calls(self) -> Sequence[Call]:
        """Return every call.

        Raises:
            SenderFailed: not all were sent.
        """
        self._process.wait()
        kept = self._folder / "calls.json"
        calls = json.loads(kept.read_text()) if kept.exists() else []
        if len(calls) != self._count:
            wrote = (self._folder / "locust.log").read_text(errors="replace")[-2_000:]
            raise SenderFailed(f"{len(calls)} of {self._count} calls came back:\n{wrote}")
        return [Call(**{**each, "route": Route(each["route"])}) for each in calls]


def _lay_out(morning: Morning, folder: Path) -> None:
    (folder / "bodies").mkdir(parents=True)
    for number, request in enumerate(morning.requests):
        (folder / "bodies" / f"{number:04d}.json").write_text(json.dumps(request))
    (folder / "timetable.json").write_text(json.dumps([asdict(each) for each in morning.timetable]))

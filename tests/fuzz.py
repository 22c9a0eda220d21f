"""Schemathesis over the description that the service gives of itself: ``python -m tests.fuzz SECONDS``.

It makes up calls from ``/openapi.json``, good and bad ones and sequences of them, and holds every answer against the
description: its status, its headers, its media type and its shape; no 500, and no plan after it was erased.
"""

import os
import subprocess
import sys
import tempfile
from pathlib import Path

from tests.running_service import RunningService

SCHEMATHESIS = (sys.executable, "-m", "schemathesis.cli")
LEFT_OUT = "positive_data_acceptance"
"""The description cannot say which ids a reference may name, so that much of what fits it is refused."""


def fuzz_service(data_directory: Path) -> RunningService:
    """Start a service that solves quickly and holds nobody for long."""
    return RunningService(data_directory, SELAT_MAX_TIME_LIMIT_SECONDS="1", SELAT_MAX_WAIT_SECONDS="2")


def fuzz(service: RunningService, *arguments: str) -> str:
    """Run Schemathesis against the service and return what it says.

    Raises:
        AssertionError: it has found something, or the service has logged an error.
    """
    with tempfile.TemporaryDirectory() as folder:
        where = f"{service.url}/openapi.json"
        done = subprocess.run(
            [
                *SCHEMATHESIS,
                "run",
                where,
                "--request-timeout",
                "30",
                "--exclude-checks",
                LEFT_OUT,
                *arguments,
            ],
            cwd=folder,
            env={**os.environ, "NO_COLOR": "1"},
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            check=False,
        )
    assert done.returncode == 0, done.stdout
    assert service.errors() == []
    assert service.call("GET", "/readyz").status == 200
    return done.stdout


def main() -> None:
    """Look for trouble for so many seconds, from another seed each time."""
    with tempfile.TemporaryDirectory() as folder, fuzz_service(Path(folder)) as service:
        service.wait_for_event("worker_ready")
        sys.stdout.write(fuzz(service, "--max-time", sys.argv[1], "--max-examples", "1000"))


if __name__ == "__main__":
    main()

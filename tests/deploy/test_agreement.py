"""Image, Compose file and chart agree with the service and with each other: versions, settings, health checks."""

import json
import os
import re
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import pytest
import yaml

import router
from router.settings import Settings
from tests.deploy.dockerfile import DOCKERFILE, stages

DEPLOY = Path(__file__).parents[2] / "deploy"
COMPOSE = yaml.safe_load((DEPLOY / "compose.yaml").read_text(encoding="utf-8"))
CHART = DEPLOY / "helm" / "selat"
NAMING = [
    DOCKERFILE,
    DEPLOY / "compose.yaml",
    *sorted(CHART.glob("templates/*")),
    *sorted(CHART.glob("**/*values*.yaml")),
    *sorted(CHART.glob("values/*.yaml")),
]
OF_COMPOSE = {"SELAT_PUBLISHED_PORT"}
"""Where the API is published on the host: Compose's own, no setting of the service."""


@pytest.mark.parametrize("file", NAMING, ids=lambda file: file.name)
def test_settings_that_are_named_exist(file: Path) -> None:
    """A setting of another name would be ignored in silence."""
    known = {f"SELAT_{name.upper()}" for name in Settings.model_fields}
    named = set(re.findall(r"\bSELAT_[A-Z_]+\b", file.read_text(encoding="utf-8")))
    assert named - known - OF_COMPOSE == set()


def test_settings_that_the_chart_refuses_exist() -> None:
    schema = json.loads((CHART / "values.schema.json").read_text(encoding="utf-8"))
    refused = schema["properties"]["settings"]["propertyNames"]["not"]["enum"]
    assert set(refused) <= {f"SELAT_{name.upper()}" for name in Settings.model_fields}


def test_all_name_the_version_of_the_package() -> None:
    chart = yaml.safe_load((CHART / "Chart.yaml").read_text(encoding="utf-8"))
    images = {COMPOSE["services"][name]["image"] for name in ("migrate", "api", "worker")}
    assert chart["appVersion"] == router.__version__
    assert images == {f"selat:{router.__version__}"}


# Health checks, run as a container engine would run them.


def of_the_image() -> list[str]:
    """Return the command that the image is asked for its health by."""
    [check] = [each.rest for each in stages(DOCKERFILE.read_text())["runtime"] if each.name == "HEALTHCHECK"]
    command: list[str] = json.loads(check.partition("CMD ")[2])
    return command


def of_workers() -> list[str]:
    """Return that of workers."""
    command: list[str] = COMPOSE["services"]["worker"]["healthcheck"]["test"]
    return command[1:]


@contextmanager
def answering(path: str, status: int) -> Iterator[int]:
    """Answer at one path, on a free port of this machine."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(status if self.path == path else 404)
            self.end_headers()

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    with HTTPServer(("127.0.0.1", 0), Handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield server.server_port
        server.shutdown()


@pytest.mark.parametrize(("status", "code"), [(200, 0), (503, 1)])
@pytest.mark.parametrize(
    ("command", "path", "written"), [(of_the_image(), "/livez", None), (of_workers(), "/metrics", "9464")]
)
def test_a_health_check_asks_and_heeds_the_answer(
    command: list[str], path: str, written: str | None, status: int, code: int
) -> None:
    assert command[0] == "python"
    with answering(path, status) as port:
        words = [word.replace(written, str(port)) if written else word for word in command[1:]]
        settings = {**os.environ, "SELAT_PORT": str(port)}
        asked = subprocess.run([sys.executable, *words], env=settings, check=False, capture_output=True)
    assert asked.returncode == code

"""A really running Prometheus, with the configuration and the rules of ``deploy/`` as they are.

Whom it scrapes and tells is the tests' own. A receiver that keeps what it is told plays Alertmanager's part.
"""

import json
import shutil
import socket
import subprocess
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from types import TracebackType
from typing import Any, Self
from urllib.parse import urlencode, urlsplit
from urllib.request import urlopen

from tests.ops.expressions import PROMETHEUS
from tests.ops.tools import found

LOOK_SECONDS = 0.5
START_SECONDS = 60.0


def wait_until(holds: Callable[[], bool], what: str, seconds: float = START_SECONDS) -> float:
    """Look again and again until something holds, and return after how many seconds it did."""
    began = time.monotonic()
    while not holds():
        assert time.monotonic() - began < seconds, f"not within {seconds:g} s: {what}"
        time.sleep(LOOK_SECONDS)
    return time.monotonic() - began


def free_port() -> int:
    """Return a port of loopback that nobody listens on."""
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        return int(listening.getsockname()[1])


class Monitoring:
    """Prometheus; use it as ``with``."""

    def __init__(self, folder: Path, *, api: str, workers: Sequence[str], alertmanager: str) -> None:
        """Scrape these addresses, and tell that one of alerts."""
        self._address = f"127.0.0.1:{free_port()}"
        self._folder = folder
        shutil.copytree(PROMETHEUS, folder / "prometheus")
        targets = {
            "api": [api],
            "workers": workers,
            "prometheus": [f"http://{self._address}"],
            "alertmanager": [alertmanager],
        }
        for name, addresses in targets.items():
            listed = json.dumps([{"targets": [urlsplit(each).netloc for each in addresses]}])
            (folder / "prometheus" / "targets" / f"{name}.yml").write_text(listed)

    def __enter__(self) -> Self:
        """Start it, and return when it is ready."""
        options = (
            f"--config.file={self._folder}/prometheus/prometheus.yml",
            f"--storage.tsdb.path={self._folder}/data",
            "--storage.tsdb.retention.time=2h",
            f"--web.listen-address={self._address}",
            "--enable-feature=exemplar-storage",
        )
        with (self._folder / "log").open("wb") as log:
            self._process = subprocess.Popen(
                [str(found("prometheus")), *options], stdout=log, stderr=subprocess.STDOUT
            )
        try:
            wait_until(self._ready, "Prometheus is ready")
        except BaseException:
            self._process.kill()
            raise
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Stop it."""
        self._process.terminate()
        self._process.wait(START_SECONDS)

    def ask(self, path: str, **parameters: str) -> Any:
        """Return what Prometheus answers to a call of its API."""
        with urlopen(f"http://{self._address}/api/v1/{path}?{urlencode(parameters)}", timeout=30) as answer:
            return json.load(answer)["data"]

    def values(self, expression: str) -> list[float]:
        """Return the values of an expression now, one for each series.

        Raises:
            HTTPError: Prometheus cannot evaluate it.
        """
        result = self.ask("query", query=expression)["result"]
        return [float(each["value"][1]) for each in result]

    def knows(self, selector: str) -> bool:
        """Return whether there are or were such series."""
        return bool(self.ask("series", **{"match[]": selector}))

    def alerts(self, *states: str) -> set[str]:
        """Return the names of the alerts in one of these states: ``pending``, ``firing``."""
        return {
            each["labels"]["alertname"] for each in self.ask("alerts")["alerts"] if each["state"] in states
        }

    def broken_rules(self) -> dict[str, str]:
        """Return the rules that could not be evaluated, and why."""
        rules = [rule for group in self.ask("rules")["groups"] for rule in group["rules"]]
        return {rule["name"]: rule["lastError"] for rule in rules if rule["health"] == "err"}

    def _ready(self) -> bool:
        try:
            with urlopen(f"http://{self._address}/-/ready", timeout=5):
                return True
        except OSError:
            return False

"""Hosts of their own, made of network namespaces: each with a cable to this machine, which can be pulled.

Needs root and iproute2.
"""

import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass

NETWORK = "10.213.{number}.{end}"
"""One small network for each cable: this machine is at ``.1``, the host at ``.2``."""


def why_not() -> str | None:
    """Return why there can be no hosts here, or ``None`` where there can."""
    if os.geteuid() != 0:
        return "needs root, to make network namespaces"
    if shutil.which("ip") is None:
        return "needs iproute2, to make network namespaces"
    try:
        with host(254):
            return None
    except subprocess.CalledProcessError as error:
        return f"network namespaces cannot be made here: {error.stderr}"


@dataclass(frozen=True, slots=True)
class Host:
    """A network namespace and its cable."""

    number: int

    @property
    def name(self) -> str:
        """Return the name of the namespace."""
        return f"selat-{os.getpid()}-{self.number}"

    @property
    def cable(self) -> str:
        """Return the name of our end of the cable; the other ends in an ``x``. They may have fifteen letters."""
        return f"sl{os.getpid() % 10**6}n{self.number}"

    @property
    def prefix(self) -> tuple[str, ...]:
        """Return the command that runs a command on the host."""
        return ("ip", "netns", "exec", self.name)

    @property
    def address(self) -> str:
        """Return where the host is."""
        return NETWORK.format(number=self.number, end=2)

    @property
    def gateway(self) -> str:
        """Return where the host finds this machine."""
        return NETWORK.format(number=self.number, end=1)

    def pull_cable(self) -> None:
        """Cut the host off: nothing comes or goes any more, and nobody is told."""
        _ip("link", "set", self.cable, "down")

    def plug_in(self) -> None:
        """Undo it."""
        _ip("link", "set", self.cable, "up")


@contextmanager
def host(number: int) -> Iterator[Host]:
    """Make a host; whatever runs on it has to have ended at the end."""
    made = Host(number)
    try:
        _ip("netns", "add", made.name)
        _ip("link", "add", made.cable, "type", "veth", "peer", "name", f"{made.cable}x", "netns", made.name)
        _ip("addr", "add", f"{made.gateway}/30", "dev", made.cable)
        _ip("link", "set", made.cable, "up")
        _ip("-n", made.name, "addr", "add", f"{made.address}/30", "dev", f"{made.cable}x")
        _ip("-n", made.name, "link", "set", f"{made.cable}x", "up")
        _ip("-n", made.name, "link", "set", "lo", "up")
        yield made
    finally:
        with suppress(subprocess.CalledProcessError):  # it may not have come so far
            _ip("link", "del", made.cable)
        with suppress(subprocess.CalledProcessError):
            _ip("netns", "del", made.name)


def _ip(*words: str) -> None:
    subprocess.run(["ip", *words], check=True, capture_output=True, text=True)

"""The environments of the other solvers: made on demand, one each, from pinned and hashed requirements."""

import sys
from collections.abc import Callable
from pathlib import Path

from benchmarks.environments import EnvironmentUnavailable, python_with
from benchmarks.quality.engines import Peer

PINS = Path(__file__).parent
PACKAGES = {Peer.ORTOOLS: "ortools", Peer.PYVRP: "pyvrp", Peer.VROOM: "pyvroom"}


class PeerUnavailable(Exception):
    """A peer cannot be installed here; the message says why."""


def pinned_version(peer: Peer) -> str:
    """Return the version of the peer that its requirements pin."""
    wanted = f"{PACKAGES[peer]}=="
    lines = (PINS / f"{peer}.txt").read_text().splitlines()
    return next(line.removeprefix(wanted).split()[0] for line in lines if line.startswith(wanted))


def python_of(peer: Peer | None, home: Path, tell: Callable[[str], None]) -> Path:
    """Return the interpreter that runs the peer's programs, making its environment where there is none.

    Args:
        peer: ``None`` means this very interpreter.
        home: Where the environments are kept, one folder each.
        tell: Is told when something takes a while.

    Raises:
        PeerUnavailable: it cannot be installed.
    """
    if peer is None:
        return Path(sys.executable)
    what = f"{peer} {pinned_version(peer)}"
    try:
        return python_with(PINS / f"{peer}.txt", home / peer, tell, what)
    except EnvironmentUnavailable as reason:
        raise PeerUnavailable(str(reason)) from None

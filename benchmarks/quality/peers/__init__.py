"""The environments of the other solvers: made on demand, one each, from pinned and hashed requirements."""

import subprocess
import sys
import venv
from collections.abc import Callable
from pathlib import Path

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
    folder = home / peer
    python, ready = folder / "bin" / "python", folder / ".ready"
    pins = (PINS / f"{peer}.txt").read_text()
    if not (ready.exists() and ready.read_text() == pins):
        tell(f"installing {peer} {pinned_version(peer)} into {folder}")
        _install(peer, folder, python)
        ready.write_text(pins)
    return python


def _install(peer: Peer, folder: Path, python: Path) -> None:
    venv.create(folder, clear=True, with_pip=True)
    pip = [
        str(python),
        "-m",
        "pip",
        "install",
        "--quiet",
        "--disable-pip-version-check",
        "--only-binary=:all:",
    ]
    done = subprocess.run(
        [*pip, "--require-hashes", "-r", str(PINS / f"{peer}.txt")],
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        faults = [line for line in done.stderr.splitlines() if line.startswith("ERROR")]
        raise PeerUnavailable(faults[0] if faults else f"pip ended with {done.returncode}")

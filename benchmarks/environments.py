"""Environments of other programs: made on demand from pinned and hashed requirements, apart from ours."""

import subprocess
import venv
from collections.abc import Callable
from pathlib import Path

Tell = Callable[[str], None]


class EnvironmentUnavailable(Exception):
    """An environment cannot be made here; the message says why."""


def python_with(pins: Path, folder: Path, tell: Tell, what: str) -> Path:
    """Return the interpreter of the environment in ``folder``, made anew where it is not that of ``pins``.

    Args:
        pins: Every package with the hashes of its files.
        folder: Where the environment is kept.
        tell: Is told when something takes a while.
        what: What is installed, in words.

    Raises:
        EnvironmentUnavailable: it cannot be installed.
    """
    python, ready = folder / "bin" / "python", folder / ".ready"
    wanted = pins.read_text()
    if not (ready.exists() and ready.read_text() == wanted):
        tell(f"installing {what} into {folder}")
        _install(pins, folder, python)
        ready.write_text(wanted)
    return python


def _install(pins: Path, folder: Path, python: Path) -> None:
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
        [*pip, "--require-hashes", "-r", str(pins)], capture_output=True, text=True, check=False
    )
    if done.returncode:
        faults = [line for line in done.stderr.splitlines() if line.startswith("ERROR")]
        raise EnvironmentUnavailable(faults[0] if faults else f"pip ended with {done.returncode}")

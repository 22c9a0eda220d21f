"""Prometheus and Alertmanager's tool for the tests: found, or fetched where we may; ``python -m tests.ops.tools``.

Where they are not on the path, Debian's packages are unpacked into ``.tools``, which needs no root, only ``apt-get``
and ``dpkg``; nothing of the system is changed. Everywhere else the tests that want them are skipped, and say how to
get them.
"""

import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

TOOLS = Path(__file__).parents[2] / ".tools"
UNPACKED = TOOLS / "usr" / "bin"
PACKAGES = ("prometheus", "prometheus-alertmanager")
PROGRAMS = ("prometheus", "promtool", "amtool")

HOW_TO_GET_THEM = (
    "no Prometheus tools: install prometheus, promtool and amtool "
    "(Debian: apt-get install prometheus prometheus-alertmanager)"
)
_FETCH_SECONDS = 120


def found(program: str) -> Path | None:
    """Return where a program is, or ``None`` where there is none."""
    path = os.pathsep.join([str(UNPACKED), os.environ.get("PATH", "")])
    named = shutil.which(program, path=path)
    return Path(named) if named else None


def fetch_or_say_why() -> str | None:
    """Fetch what is not there yet; return why not where that cannot be."""
    if all(map(found, PROGRAMS)):
        return None
    if shutil.which("apt-get") is None or shutil.which("dpkg") is None:
        return HOW_TO_GET_THEM
    TOOLS.mkdir(exist_ok=True)
    try:
        with tempfile.TemporaryDirectory(dir=TOOLS) as folder:
            _fetch(Path(folder))
    except (subprocess.SubprocessError, OSError) as error:
        said = getattr(error, "stderr", None) or error
        return f"{HOW_TO_GET_THEM}\n{said}"
    return None if all(map(found, PROGRAMS)) else HOW_TO_GET_THEM


def _fetch(folder: Path) -> None:
    download = ("apt-get", "-q", "download", *PACKAGES)
    try:
        _run(*download, folder=folder)
    except subprocess.CalledProcessError:
        if os.geteuid() != 0:
            raise
        _run("apt-get", "-q", "update", folder=folder)  # its lists may be missing, or older than the packages
        _run(*download, folder=folder)
    for package in folder.glob("*.deb"):
        _run("dpkg", "-x", str(package), str(TOOLS), folder=folder)


def _run(*command: str, folder: Path) -> None:
    subprocess.run(
        command, cwd=folder, check=True, capture_output=True, text=True, timeout=_FETCH_SECONDS, umask=0o022
    )


if __name__ == "__main__":
    said = fetch_or_say_why()
    print(said or f"tools for the rules: {found('promtool')}")  # noqa: T201 - the answer of the command
    sys.exit(0 if said is None or "--if-possible" in sys.argv[1:] else 1)

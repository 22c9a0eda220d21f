"""Installing OSRM and Valhalla into ``.roads``, an environment of their own: their wheel needs Python 3.12 or newer."""

import os
import shutil
import subprocess
import tarfile
from collections.abc import Iterator
from pathlib import Path

ROADS = Path(__file__).parents[2] / ".roads"
READY = ROADS / "ready"
ENGINES = ("osrm-bindings==26.10.0", "pyvalhalla==3.9.1")
OSRM_BUILD_NEEDS = ("scikit-build-core==1.1.2", "setuptools-scm==10.3.4", "nanobind==3.1.0")
"""What pip wants before it hands out OSRM's source archive, which has a small extract in it."""

MONACO = ROADS / "monaco.osm.pbf"
_MONACO_IN_ARCHIVE = "test/data/monaco.osm.pbf"
_NEW_ENOUGH = "import sys, venv, ensurepip; sys.exit(sys.version_info < (3, 12))"
_INSTALL_SECONDS = 300
_ARCHIVE_SECONDS = 90


def install_or_say_why() -> str | None:
    """Install the engines where they are not yet; return why not where they cannot be."""
    if _wanted() == (READY.read_text() if READY.exists() else None):
        return None
    python = next(_pythons(), None)
    if python is None:
        return "no road engines: there is no Python 3.12 or newer"
    shutil.rmtree(ROADS, ignore_errors=True)
    try:
        _run(python, "-m", "venv", str(ROADS / "venv"), seconds=_INSTALL_SECONDS)
        _pip("install", *ENGINES, seconds=_INSTALL_SECONDS)
        _fetch_monaco()
    except (subprocess.SubprocessError, OSError) as error:
        return f"no road engines: {error}"
    READY.write_text(_wanted())
    return None


def _wanted() -> str:
    return "\n".join((*ENGINES, *OSRM_BUILD_NEEDS))


def _pythons() -> Iterator[str]:
    """Yield interpreters that really start and are new enough; a shim of pyenv may stand for none."""
    named = (shutil.which(f"python3{minor}") for minor in ("", ".12", ".13", ".14"))
    pyenv = Path(os.environ.get("PYENV_ROOT", Path.home() / ".pyenv")) / "versions"
    for python in (*named, *map(str, sorted(pyenv.glob("3.*/bin/python3")))):
        if (
            python
            and not subprocess.run([python, "-c", _NEW_ENOUGH], capture_output=True, check=False).returncode
        ):
            yield python


def _fetch_monaco() -> None:
    """Take the extract out of OSRM's source archive; where that is not to be had, do without."""
    try:
        _pip("install", *OSRM_BUILD_NEEDS, seconds=_ARCHIVE_SECONDS)
        source = (
            "--no-deps",
            "--no-build-isolation",
            "--no-binary",
            ":all:",
            "--dest",
            str(ROADS),
            ENGINES[0],
        )
        _pip("download", *source, seconds=_ARCHIVE_SECONDS)
    except subprocess.SubprocessError as error:
        print(f"no extract of Monaco: {error}")
        return
    (archive,) = ROADS.glob("osrm_bindings-*.tar.gz")
    with tarfile.open(archive) as packed:
        (member,) = (each for each in packed.getmembers() if each.name.endswith(_MONACO_IN_ARCHIVE))
        extract = packed.extractfile(member)
        assert extract is not None
        MONACO.write_bytes(extract.read())
    archive.unlink()


def _pip(*arguments: str, seconds: int) -> None:
    quiet = ("--quiet", "--disable-pip-version-check")
    _run(
        str(ROADS / "venv" / "bin" / "python"),
        "-m",
        "pip",
        arguments[0],
        *quiet,
        *arguments[1:],
        seconds=seconds,
    )


def _run(*command: str, seconds: int) -> None:
    subprocess.run(command, check=True, timeout=seconds, capture_output=True)

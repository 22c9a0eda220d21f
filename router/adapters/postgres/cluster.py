"""The database files: made once, whole or not at all, and cleared of what a killed server left behind."""

import os
import shutil
import signal
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

from router.adapters.postgres.server_account import ServerAccount
from router.errors import StoreUnavailable

SUPERUSER = "selat"
UNFINISHED = "initdb-"
PROCESSES = Path("/proc")
LEFTOVER_SERVER_SECONDS = 30.0
LOOK_AGAIN_SECONDS = 0.02


@dataclass(frozen=True, slots=True, kw_only=True)
class Cluster:
    """A directory of database files, of one account.

    Attributes:
        durable: ``False`` makes it without waiting for the disk; for tests only.
    """

    files: Path
    account: ServerAccount
    binaries: Path
    durable: bool

    def ensure(self) -> None:
        """Make the files where there are none.

        They are made beside their place and moved there when complete, so that a service killed in the
        middle leaves nothing that looks like a database. The caller holds the lock of the data directory.

        Raises:
            StoreUnavailable: ``initdb`` failed; its words are in the message.
        """
        for unfinished in self.files.parent.glob(f"{UNFINISHED}*"):
            shutil.rmtree(unfinished)
        if (self.files / "PG_VERSION").exists():
            return
        with tempfile.TemporaryDirectory(dir=self.files.parent, prefix=UNFINISHED) as scratch:
            fresh = Path(scratch) / "cluster"
            fresh.mkdir(mode=0o700)
            self.account.own(fresh)
            self._initdb(fresh)
            fresh.rename(self.files)
        if self.durable:
            _sync_directory(self.files.parent)

    def clear_leftovers(self) -> None:
        """Wait for the server of a killed service to end, asking it to, and drop its claim on the files.

        Raises:
            StoreUnavailable: it does not end.
        """
        deadline = time.monotonic() + LEFTOVER_SERVER_SECONDS
        asked = False
        while left := self._server_processes():
            claimant = self._claimant()
            if not asked and claimant in left:
                os.kill(claimant, signal.SIGINT)
                asked = True
            if time.monotonic() > deadline:
                raise StoreUnavailable(f"stop the PostgreSQL server on {self.files} first: {sorted(left)}")
            time.sleep(LOOK_AGAIN_SECONDS)
        self._drop_claim_of_a_stranger()

    def _initdb(self, directory: Path) -> None:
        options = [
            f"--username={SUPERUSER}",
            "--locale=C",
            "--encoding=UTF8",
            "--auth-local=trust",  # the directory of the socket keeps others out
            "--auth-host=reject",
            *(() if self.durable else ("--no-sync",)),
        ]
        with self.account.way_into(directory) as (path, handles), tempfile.TemporaryFile() as output:
            command = [self.binaries / "initdb", "--pgdata", path, *options]
            if self.account.start(command, output=output, handles=handles).wait() != 0:
                output.seek(0)
                raise StoreUnavailable(f"initdb failed: {output.read().decode(errors='replace')}")

    def _claimant(self) -> int | None:
        try:
            return int((self.files / "postmaster.pid").read_text().split("\n", 1)[0])
        except (OSError, ValueError):
            return None

    def _server_processes(self) -> set[int]:
        """Return the PostgreSQL processes at home in these files, as far as the system tells (Linux does)."""
        home = self.files.stat()
        found = set()
        for entry in PROCESSES.glob("[0-9]*"):
            try:
                place = (entry / "cwd").stat()
                program = (entry / "exe").readlink().name
            except OSError:  # it has ended, or is somebody else's
                continue
            if (place.st_dev, place.st_ino) == (home.st_dev, home.st_ino) and program.startswith("postgres"):
                found.add(int(entry.name))
        return found

    def _drop_claim_of_a_stranger(self) -> None:
        """Remove a stale ``postmaster.pid`` whose number now belongs to another program.

        PostgreSQL sees to stale files itself, but believes any living process of that number: after the
        restart of a container, where numbers start again from one, that is often this service.
        """
        claimant = self._claimant()
        if claimant is not None and (PROCESSES / str(claimant)).exists():
            (self.files / "postmaster.pid").unlink()


def _sync_directory(directory: Path) -> None:
    handle = os.open(directory, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)

"""Under which account PostgreSQL runs, and how its programs are started so that they die with us.

PostgreSQL refuses to run as root. A service that is root therefore starts it as the owner of the database
files, or for new ones as ``postgres`` or ``nobody``; no account is ever made.
"""

import ctypes
import os
import pwd
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from router.errors import StoreUnavailable

PR_SET_PDEATHSIG = 1
HANDLES = Path("/proc/self/fd")


@dataclass(frozen=True, slots=True, kw_only=True)
class ServerAccount:
    """The account that PostgreSQL runs under.

    Attributes:
        dropped: Whether it is not the account of this process, so that privileges are dropped to it.
    """

    uid: int
    gid: int
    dropped: bool

    def start(
        self,
        command: Sequence[str | Path],
        *,
        output: IO[bytes],
        handles: Sequence[int] = (),
        own_session: bool = False,
    ) -> subprocess.Popen[bytes]:
        """Start a program under this account; it is interrupted when this *thread* ends.

        Linux ties the signal to the thread that forks, so call this from one that lives as long as the
        service. Elsewhere the program outlives a killed service.

        Args:
            command: The program and its arguments.
            output: Takes what the program says.
            handles: Files of ours that stay open in the program.
            own_session: Keeps a Ctrl-C on our terminal from the program.
        """
        return subprocess.Popen(  # noqa: S603  (the command is ours)
            list(command),
            cwd="/",
            env=_environment(),
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=output,
            pass_fds=handles,
            start_new_session=own_session,
            preexec_fn=_die_with_parent(),  # noqa: PLW1509  (nothing but two system calls)
            user=self.uid if self.dropped else None,
            group=self.gid if self.dropped else None,
            extra_groups=[] if self.dropped else None,
        )

    def own(self, path: Path) -> None:
        """Hand a file or directory of ours to this account."""
        if not self.dropped:
            return
        try:
            os.chown(path, self.uid, self.gid)
        except OSError as error:
            raise StoreUnavailable(f"cannot hand {path} to account {self.uid}: {error}") from error

    @contextmanager
    def way_into(self, directory: Path) -> Iterator[tuple[Path, tuple[int, ...]]]:
        """Give a path to ``directory`` for programs of this account, and the handles to start them with.

        A checkout below ``/root`` is closed to the account that privileges are dropped to. A directory that
        is open already, however, can be entered through the kernel's own link to it, whatever is above it.
        """
        if not (self.dropped and HANDLES.exists()):
            yield directory, ()
            return
        handle = os.open(directory, os.O_RDONLY | os.O_DIRECTORY)
        try:
            yield HANDLES / str(handle), (handle,)
        finally:
            os.close(handle)


def server_account(cluster: Path) -> ServerAccount:
    """Choose the account for the database files at ``cluster``, which need not exist yet.

    Raises:
        StoreUnavailable: this process is root and there is no account to drop to.
    """
    if os.geteuid() != 0:
        return ServerAccount(uid=os.geteuid(), gid=os.getegid(), dropped=False)
    if cluster.exists() and (owner := cluster.stat()).st_uid != 0:
        return ServerAccount(uid=owner.st_uid, gid=owner.st_gid, dropped=True)
    for name in ("postgres", "nobody"):
        try:
            entry = pwd.getpwnam(name)
        except KeyError:
            continue
        return ServerAccount(uid=entry.pw_uid, gid=entry.pw_gid, dropped=True)
    raise StoreUnavailable(
        "PostgreSQL does not run as root and there is neither an account postgres nor nobody: "
        "run the service as an ordinary user, or set DATABASE_URL"
    )


def _environment() -> dict[str, str]:
    """Return our environment without the settings that libpq and PostgreSQL would take from it."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("PG", "LC_", "LANG"))}
    return kept | {"LC_ALL": "C"}


def _die_with_parent() -> Callable[[], None] | None:
    if sys.platform != "linux":
        return None
    # Looked up before the fork: in the child of a process with threads only system calls are safe.
    prctl = ctypes.CDLL(None).prctl
    parent = os.getpid()

    def in_child() -> None:
        prctl(PR_SET_PDEATHSIG, signal.SIGINT)
        if os.getppid() != parent:  # it died before the call
            os._exit(1)

    return in_child

"""The private directory of the server's socket: outside the data directory, whose path may be too long."""

import os
import shutil
import tempfile
from pathlib import Path

from router.adapters.postgres.server_account import ServerAccount

PORT = 5432
"""Part of the socket's name only; nothing listens on the network."""

SOCKET_NAME = f".s.PGSQL.{PORT}"
PATH_LIMIT = 103
"""Bytes in the path of a socket: 107 on Linux, 103 on macOS."""

PREFIX = "selat-"
RANDOM_PART = "12345678"
SHORT = Path("/tmp")  # noqa: S108  (only mkdtemp makes names in it)


def make_socket_directory(account: ServerAccount, *, link: Path) -> Path:
    """Make a directory that only ``account`` (and root) can enter, and point ``link`` to it.

    What ``link`` pointed to before was left behind by a killed service and is removed.
    """
    remove_socket_directory(link=link)
    # Another account may not be able to reach this account's own place for temporary files.
    place = SHORT if account.dropped else Path(tempfile.gettempdir())
    if len(os.fsencode(place / f"{PREFIX}{RANDOM_PART}" / SOCKET_NAME)) > PATH_LIMIT:
        place = SHORT
    directory = Path(tempfile.mkdtemp(prefix=PREFIX, dir=place))
    account.own(directory)
    link.symlink_to(directory)
    return directory


def remove_socket_directory(*, link: Path) -> None:
    """Remove the link and the directory that it points to."""
    if not link.is_symlink():
        return
    directory = link.readlink()
    if directory.name.startswith(PREFIX) and not directory.is_symlink():
        shutil.rmtree(directory, ignore_errors=True)
    link.unlink()


def clear_sockets(directory: Path) -> None:
    """Remove the socket of a server that was killed, and the lock beside it."""
    for leftover in directory.glob(f"{SOCKET_NAME}*"):
        leftover.unlink()

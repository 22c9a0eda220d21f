"""A PostgreSQL server of our own, for a service that was given none.

It is the same database, driver and SQL as in production, started as a child, reached through a socket in a
private directory and gone when the service is gone. ``docs/adr/0004-embedded-database.md`` says why.
"""

import asyncio
import contextlib
import fcntl
import os
import signal
import subprocess
import time
from pathlib import Path
from types import TracebackType
from typing import Self
from urllib.parse import urlencode

import asyncpg
import structlog

from router.adapters.postgres.binaries import find_binaries, runnable_binaries
from router.adapters.postgres.cluster import SUPERUSER, Cluster
from router.adapters.postgres.server_account import server_account
from router.adapters.postgres.sockets import (
    PORT,
    clear_sockets,
    make_socket_directory,
    remove_socket_directory,
)
from router.errors import DataDirectoryInUse, StoreUnavailable

LOOK_AGAIN_SECONDS = 0.02
GRACE_SECONDS = 10.0
RESTART_PAUSE_SECONDS = 1.0
NOT_READY = (OSError, asyncpg.CannotConnectNowError, asyncpg.PostgresConnectionError)
NOT_DURABLE = ("fsync=off", "synchronous_commit=off", "full_page_writes=off")


class EmbeddedPostgres:
    """Runs PostgreSQL on a data directory, as ``async with`` or by ``start`` and ``stop``.

    The data directory holds ``cluster/`` (the database files), ``postgres.log`` (and the one before),
    ``service.lock`` (held while a service runs) and ``socket``, for ``psql -h .selat/socket -U selat``.
    """

    def __init__(
        self, data_directory: Path, *, durable: bool = True, start_timeout_seconds: float = 60.0
    ) -> None:
        """Name the data directory; nothing is touched before ``start``.

        Args:
            data_directory: Where everything is kept; made on first use.
            durable: ``False`` lets a crash of the machine lose what was written; for tests only.
            start_timeout_seconds: How long recovery after a crash may take.
        """
        self._home = data_directory.absolute()
        self._durable = durable
        self._start_timeout_seconds = start_timeout_seconds
        self._lock: int | None = None
        self._cluster: Cluster | None = None
        self._sockets: Path | None = None
        self._process: subprocess.Popen[bytes] | None = None
        self._keeper: asyncio.Task[None] | None = None

    @property
    def dsn(self) -> str:
        """Where to connect, for asyncpg and libpq alike; only while it runs."""
        if self._sockets is None:
            raise StoreUnavailable("the embedded database has not been started")
        return _dsn(self._sockets)

    async def __aenter__(self) -> Self:
        """Start, and start again whenever the server dies."""
        await self.start()
        self._keeper = asyncio.create_task(self._keep_running(), name="keep PostgreSQL running")
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Stop."""
        await self.stop()

    async def start(self) -> str:
        """Start and return the DSN once connections are accepted. Call it from the main thread's loop.

        Raises:
            DataDirectoryInUse: another service runs on this data directory.
            StoreUnavailable: it does not start; the message ends with the server's own last words.
        """
        try:
            await asyncio.to_thread(self._prepare)
            await self._launch()
        except OSError as error:
            await self.stop()
            raise StoreUnavailable(f"cannot use the data directory {self._home}: {error}") from error
        except BaseException:
            await self.stop()
            raise
        return self.dsn

    async def stop(self) -> None:
        """Stop the server and let go of the data directory; doing it twice does no harm."""
        if self._keeper is not None:
            self._keeper.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await self._keeper
            self._keeper = None
        if self._process is not None:
            await _end(self._process)
            self._process = None
        if self._sockets is not None:
            remove_socket_directory(link=self._home / "socket")
            self._sockets = None
        if self._lock is not None:
            os.close(self._lock)
            self._lock = None

    def _prepare(self) -> None:
        self._home.mkdir(parents=True, exist_ok=True)
        self._lock = _locked(self._home / "service.lock")
        files = self._home / "cluster"
        account = server_account(files)
        binaries = runnable_binaries(find_binaries(), account)
        self._cluster = Cluster(files=files, account=account, binaries=binaries, durable=self._durable)
        self._cluster.ensure()
        self._sockets = make_socket_directory(account, link=self._home / "socket")

    async def _launch(self) -> None:
        cluster, sockets = self._cluster, self._sockets
        assert cluster is not None and sockets is not None, "prepared before"  # noqa: S101, PT018
        await asyncio.to_thread(cluster.clear_leftovers)
        clear_sockets(sockets)
        log = self._home / "postgres.log"
        if log.exists():
            log.rename(log.with_suffix(".log.1"))
        with cluster.account.way_into(cluster.files) as (path, handles), log.open("wb") as output:
            command: list[str | Path] = [cluster.binaries / "postgres", "-D", path, *self._options(sockets)]
            # In a session of its own, or a Ctrl-C would stop the database before the service.
            self._process = cluster.account.start(command, output=output, handles=handles, own_session=True)
        await self._until_ready(self._process)

    def _options(self, sockets: Path) -> list[str]:
        settings = [
            "listen_addresses=",
            f"unix_socket_directories={sockets}",
            "unix_socket_permissions=0700",
            f"port={PORT}",
            "timezone=UTC",
            "log_timezone=UTC",
            *(() if self._durable else NOT_DURABLE),
        ]
        return [part for setting in settings for part in ("-c", setting)]

    async def _until_ready(self, process: subprocess.Popen[bytes]) -> None:
        deadline = time.monotonic() + self._start_timeout_seconds
        while True:
            try:
                connection = await asyncpg.connect(self.dsn, timeout=GRACE_SECONDS)
            except NOT_READY as error:
                if process.poll() is not None or time.monotonic() > deadline:
                    raise StoreUnavailable(f"PostgreSQL does not start: {self._last_words()}") from error
                await asyncio.sleep(LOOK_AGAIN_SECONDS)
            else:
                await connection.close()
                return

    def _last_words(self) -> str:
        return "\n".join((self._home / "postgres.log").read_text(errors="replace").splitlines()[-5:])

    async def _keep_running(self) -> None:
        log = structlog.get_logger(__name__)
        while True:
            await asyncio.sleep(RESTART_PAUSE_SECONDS)
            if self._process is None or self._process.poll() is None:
                continue
            log.warning("database_died", exit_code=self._process.returncode)
            try:
                await self._launch()
            except (StoreUnavailable, OSError) as error:
                log.error("database_not_restarted", error=str(error))  # noqa: TRY400  (tried again)


def dsn_of_running(data_directory: Path) -> str:
    """Return where to connect to the server of a service that runs on this data directory.

    Raises:
        StoreUnavailable: there is none, or it has not come so far.
    """
    link = data_directory.absolute() / "socket"
    if not link.exists():
        raise StoreUnavailable(f"no embedded database runs on {data_directory}")
    return _dsn(link.readlink())


def _dsn(sockets: Path) -> str:
    return f"postgresql://{SUPERUSER}@/postgres?" + urlencode({"host": str(sockets), "port": PORT})


def _locked(path: Path) -> int:
    """Lock a file for as long as this process lives; the system lets go of it, however the process ends."""
    handle = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError as error:
        holder = os.pread(handle, 32, 0).decode(errors="replace").strip()
        os.close(handle)
        raise DataDirectoryInUse(
            f"another service (process {holder or 'unknown'}) runs on {path.parent}: "
            "stop it, or set SELAT_DATA_DIR to another directory"
        ) from error
    os.ftruncate(handle, 0)
    os.pwrite(handle, f"{os.getpid()}\n".encode(), 0)
    return handle


async def _end(process: subprocess.Popen[bytes]) -> None:
    """End a server: first let it disconnect everybody and checkpoint, then abort it, then kill it."""
    for ask in (signal.SIGINT, signal.SIGQUIT, signal.SIGKILL):
        if process.poll() is not None:
            return
        process.send_signal(ask)
        deadline = time.monotonic() + GRACE_SECONDS
        while process.poll() is None and time.monotonic() < deadline:
            await asyncio.sleep(LOOK_AGAIN_SECONDS)

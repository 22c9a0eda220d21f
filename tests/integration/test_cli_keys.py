"""Keys and tenants on the command line, beside a running service and without one."""

import os
import re
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.processes import CHECKOUT, COMMAND
from tests.running_service import RunningApi, RunningService


def run(data_directory: Path, *arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    settings = {"SELAT_DATA_DIR": str(data_directory), "COLUMNS": "120", **environment}
    return subprocess.run(
        [*COMMAND, *arguments],
        capture_output=True,
        text=True,
        cwd=CHECKOUT,
        env={**os.environ, **settings},
        check=False,
        timeout=120,
    )


def made(data_directory: Path, *arguments: str) -> str:
    """Return a new key: all that is printed to standard output."""
    done = run(data_directory, "keys", "create", *arguments)
    assert done.returncode == 0, done.stderr
    return done.stdout.removesuffix("\n")


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[RunningService, Path]]:
    directory = tmp_path_factory.mktemp("keys")
    with RunningService(directory) as running:
        yield running, directory


def test_a_key_closes_the_door_to_all_others_until_it_is_revoked_and_after(
    service: tuple[RunningService, Path],
) -> None:
    """Made, shown once and revoked while the service runs; what changes, changes at once."""
    running, directory = service
    assert running.call("GET", "/v1/plans").status == 200
    key = made(directory, "acme", "--label", "the app")
    assert re.fullmatch(r"selat_[0-9a-f]{8}_[\w-]{43}", key)
    bearer = {"Authorization": f"Bearer {key}"}
    assert running.call("GET", "/v1/plans", headers=bearer).status == 200
    assert running.call("GET", "/v1/plans").status == 401
    listed = run(directory, "keys", "list").stdout
    key_id = key.split("_")[1]
    assert key_id in listed
    assert "the app" in listed
    assert key not in listed
    assert run(directory, "keys", "revoke", key_id).returncode == 0
    assert running.call("GET", "/v1/plans", headers=bearer).status == 401
    assert running.call("GET", "/v1/plans").status == 401


def test_tenants_and_keys_can_be_made_before_any_service_runs(tmp_path: Path) -> None:
    assert (
        run(
            tmp_path, "tenants", "set", "acme", "--quota", "5000", "--per", "hour", "--max-running", "2"
        ).returncode
        == 0
    )
    made(tmp_path, "acme", "--scope", "plans:read", "--scope", "checks")
    assert re.search(r"acme +1 +2 +5,000 per hour", run(tmp_path, "tenants", "list").stdout)
    assert "checks plans:read" in run(tmp_path, "keys", "list").stdout
    first = run(tmp_path, "tenants", "secret", "acme").stdout
    assert re.fullmatch(r"whsec_[A-Za-z0-9+/]{43}=\n", first)
    assert run(tmp_path, "tenants", "secret", "acme", "--renew").stdout != first


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("keys", "revoke", "00000000"), "no key 00000000"),
        (("keys", "create", "Not A Name"), "cannot be the name of a tenant"),
        (("keys", "create", "acme", "--scope", "everything"), "everything"),
        (("tenants", "secret", "nobody"), "no tenant 'nobody'"),
        (("tenants", "set", "acme", "--max-running", "0"), "max-running"),
        (("tenants", "set", "acme", "--weight", "-1"), "weight"),
    ],
)
def test_what_cannot_be_is_said_in_words(
    service: tuple[RunningService, Path], arguments: tuple[str, ...], said: str
) -> None:
    done = run(service[1], *arguments)
    assert done.returncode in (1, 2)
    assert said in " ".join(done.stderr.split())
    assert "Traceback" not in done.stderr


def test_without_keys_nobody_else_can_be_served(tmp_path: Path) -> None:
    done = run(tmp_path, "serve", "--api", SELAT_HOST="0.0.0.0", SELAT_PORT="0")  # noqa: S104
    assert done.returncode == 1
    assert "would let anybody in" in done.stderr


def test_with_keys_others_can_be_served(tmp_path: Path) -> None:
    key = made(tmp_path, "acme")
    with RunningApi(tmp_path, SELAT_HOST="0.0.0.0") as running:  # noqa: S104
        assert running.call("GET", "/v1/plans").status == 401
        assert running.call("GET", "/v1/plans", headers={"Authorization": f"Bearer {key}"}).status == 200

"""The compose file is locked up, complete, and fits the image and the settings; a mistake in it is found."""

import re
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.deploy.linters import ROOT, compose_lint

COMPOSE = ROOT / "deploy" / "compose.yaml"
TEXT = COMPOSE.read_text(encoding="utf-8")
FILE: dict[str, Any] = yaml.safe_load(TEXT)
SERVICES: dict[str, Any] = FILE["services"]
MIB = 1 << 20


def test_the_linter_has_nothing_to_say() -> None:
    assert compose_lint(COMPOSE) == []


@pytest.mark.parametrize(
    ("right", "wrong", "rule"),
    [
        ("  read_only: true\n", "", "CL-0007"),
        ("  cap_drop: [ALL]\n", "", "CL-0006"),
        ('  security_opt: ["no-new-privileges:true"]\n', "", "CL-0003"),
        ("prom/prometheus:v3.7.3", "prom/prometheus", "CL-0004"),
        ('"127.0.0.1:9090:9090"', '"9090:9090"', "CL-0005"),
        ("- ./prometheus:/etc/prometheus:ro", "- /var/run/docker.sock:/var/run/docker.sock", "CL-0001"),
        ("POSTGRES_PASSWORD_FILE: /run/secrets/postgres_password", "POSTGRES_PASSWORD: hunter2", "CL-0020"),
        ("    mem_limit: 512m\n    cpus: 1\n    pids_limit: 128\n", "", "CL-0026"),
        ("    networks: [data, front]\n", "    network_mode: host\n", "CL-0008"),
    ],
)
def test_the_linter_finds_a_mistake(right: str, wrong: str, rule: str, tmp_path: Path) -> None:
    assert right in TEXT
    file = tmp_path / "compose.yaml"
    file.write_text(TEXT.replace(right, wrong))
    assert rule in " ".join(compose_lint(file))


def test_everything_is_there() -> None:
    assert SERVICES.keys() == {
        "postgres",
        "migrate",
        "api",
        "worker",
        "prometheus",
        "alertmanager",
        "grafana",
    }
    assert SERVICES["worker"]["deploy"]["replicas"] == 2
    ours = {name: SERVICES[name]["command"] for name in ("migrate", "api", "worker")}
    assert ours == {"migrate": ["migrate"], "api": ["serve", "--api"], "worker": ["work"]}


def test_migrations_end_before_anything_of_ours_starts() -> None:
    for name in ("api", "worker"):
        assert SERVICES[name]["depends_on"]["migrate"]["condition"] == "service_completed_successfully"
    assert SERVICES["migrate"]["depends_on"]["postgres"]["condition"] == "service_healthy"


def test_what_is_mounted_and_named_exists() -> None:
    for name, service in SERVICES.items():
        for volume in service.get("volumes", []):
            source = volume.split(":")[0]
            if source.startswith("."):
                assert (COMPOSE.parent / source).is_dir(), f"{name} mounts {source}, which is not there"
                assert volume.endswith(":ro")
            else:
                assert source in FILE["volumes"]
        assert set(service.get("secrets", [])) <= FILE["secrets"].keys()
        assert set(service["networks"]) <= FILE["networks"].keys()


def test_the_database_is_on_no_network_that_leads_outside() -> None:
    assert SERVICES["postgres"]["networks"] == ["data"]
    assert FILE["networks"]["data"]["internal"] is True
    assert "ports" not in SERVICES["postgres"]


def test_no_password_is_written_down() -> None:
    assert re.findall(r"PASSWORD\w*: (?!\$\{|/run/secrets/).+", TEXT, re.MULTILINE) == []
    assert "deploy/.env" in (ROOT / ".gitignore").read_text(encoding="utf-8").splitlines()


def test_a_worker_has_room_for_its_solver_processes() -> None:
    worker = SERVICES["worker"]
    solves = int(worker["environment"]["SELAT_SOLVES_AT_ONCE"])
    cap = int(worker["environment"]["SELAT_SOLVER_MEMORY_BYTES"]) // MIB
    assert int(worker["mem_limit"].removesuffix("m")) >= 768 + solves * (cap + 256)


def test_nobody_is_killed_who_is_still_stopping() -> None:
    for name in ("api", "worker"):
        grace = float(SERVICES[name]["environment"]["SELAT_STOP_GRACE_SECONDS"])
        assert int(SERVICES[name]["stop_grace_period"].removesuffix("s")) >= grace + 10


def test_prometheus_scrapes_every_process_of_ours() -> None:
    """Each worker by the name of its container: all replicas share the name of the service."""
    targets = {
        file.stem: [target for group in yaml.safe_load(file.read_text()) for target in group["targets"]]
        for file in (COMPOSE.parent / "compose-targets").glob("*.yml")
    }
    worker = SERVICES["worker"]
    port = worker["environment"]["SELAT_METRICS_PORT"]
    names = [f"{FILE['name']}-worker-{number + 1}:{port}" for number in range(worker["deploy"]["replicas"])]
    assert targets["workers"] == names
    assert targets["api"] == [f"api:{SERVICES['api']['environment']['SELAT_PORT']}"]
    assert targets.keys() == {file.stem for file in (COMPOSE.parent / "prometheus" / "targets").glob("*.yml")}

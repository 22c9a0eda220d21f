"""The command line, as a shell sees it."""

import json
import os
import signal
import subprocess
import time
from pathlib import Path

import pytest

from tests.processes import CHECKOUT, COMMAND
from tests.running_service import Json, a_request

pytestmark = pytest.mark.mostly_waits


def run(*arguments: str | Path, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [*COMMAND, *map(str, arguments)],
        capture_output=True,
        text=True,
        cwd=CHECKOUT,
        env={**os.environ, **environment},
        check=False,
        timeout=300,
    )


def written(directory: Path, name: str, content: Json) -> Path:
    path = directory / name
    path.write_text(content if isinstance(content, str) else json.dumps(content), encoding="utf-8")
    return path


@pytest.mark.parametrize("engine", ["search", "routing"])
def test_solving_shows_routes_with_ferries_and_writes_a_plan_that_checks(tmp_path: Path, engine: str) -> None:
    request, plan = written(tmp_path, "request.json", a_request()), tmp_path / "plan.json"
    solved = run("solve", request, "-o", plan, "--engine", engine, "--time-limit", "2", "--seed", "3")
    assert solved.returncode == 0, solved.stderr
    for shown in ("van-0", "sanur", "toyapakeh", "07:00 WITA", "6 stops served", "IDR", "no rule is broken"):
        assert shown in solved.stdout
    assert json.loads(plan.read_text())["solver"]["seed"] == 3
    checked = run("check", request, plan)
    assert (checked.returncode, "no rule is broken" in checked.stdout) == (0, True)


def test_a_day_is_planned_anew_from_files(tmp_path: Path) -> None:
    """The boat home is cancelled while the van is across: another brings it back, and the change is shown."""
    request, plan = written(tmp_path, "request.json", a_request()), tmp_path / "plan.json"
    assert run("solve", request, "-o", plan, "--time-limit", "2").returncode == 0
    steps = json.loads(plan.read_text())["routes"][0]["steps"]
    out, back = [step for step in steps if step["type"] == "ferry"]
    changes = {"at": out["docks_at"], "cancel_sailings": [back["sailing_id"]]}
    new = tmp_path / "new.json"
    replanned = run("replan", request, plan, written(tmp_path, "changes.json", changes), "-o", new)
    assert replanned.returncode == 0, replanned.stderr
    assert json.loads(new.read_text())["replan"]["stranded"] == []
    again = written(tmp_path, "faulty.json", {**changes, "drop_vehicles": ["nobody"]})
    refused = run("replan", request, plan, again)
    assert (refused.returncode, "/drop_vehicles/0" in refused.stderr + refused.stdout) == (2, True)


def test_progress_is_a_line_a_second_where_nobody_looks(tmp_path: Path) -> None:
    request = written(tmp_path, "request.json", a_request(stops=80, time_limit=3))
    lines = [line for line in run("solve", request).stderr.splitlines() if "stops served" in line]
    assert 2 <= len(lines) <= 4
    assert "IDR" in lines[-1]


def test_the_same_seed_and_iterations_find_the_same_plan(tmp_path: Path) -> None:
    request = written(tmp_path, "request.json", a_request(stops=20))
    plans = []
    for name in ("one.json", "two.json"):
        same = ("--seed", "5", "--iterations", "300", "--time-limit", "100")
        assert run("solve", request, "-o", tmp_path / name, *same).returncode == 0
        plans.append((tmp_path / name).read_bytes())
    assert plans[0] == plans[1]


def test_a_request_with_faults_is_told_all_of_them_and_exits_with_2(tmp_path: Path) -> None:
    request = a_request()
    request["stops"][1]["id"] = "p-0"
    request["vehicles"][0]["profil"] = "van"
    failed = run("solve", written(tmp_path, "request.json", request))
    assert failed.returncode == 2
    for told in ("/stops/1/id", "duplicate_id", "/vehicles/0/profil", "unknown_field"):
        assert told in failed.stderr


def test_what_is_not_json_exits_with_2(tmp_path: Path) -> None:
    assert run("solve", written(tmp_path, "request.json", "{")).returncode == 2


def test_a_spoiled_plan_exits_with_1_and_lists_the_rules_broken(tmp_path: Path) -> None:
    request, plan = written(tmp_path, "request.json", a_request(time_limit=1)), tmp_path / "plan.json"
    assert run("solve", request, "-o", plan).returncode == 0
    spoiled = json.loads(plan.read_text())
    spoiled["routes"][0]["steps"].pop(1)
    checked = run("check", request, written(tmp_path, "spoiled.json", spoiled))
    assert checked.returncode == 1
    assert "violation" in checked.stdout


def test_settings_that_cannot_be_are_told_in_words() -> None:
    failed = run("serve", SELAT_PORT="eighty")
    assert failed.returncode == 1
    assert "SELAT_PORT" in failed.stderr
    assert "Traceback" not in failed.stderr


def test_without_keys_only_loopback_is_served() -> None:
    failed = run("serve", SELAT_HOST="0.0.0.0")  # noqa: S104  (it must be refused)
    assert failed.returncode == 1
    assert "loopback" in failed.stderr


def test_ctrl_c_ends_the_search_and_shows_its_best(tmp_path: Path) -> None:
    request = written(tmp_path, "request.json", a_request(stops=40, time_limit=60))
    began = time.monotonic()
    with subprocess.Popen(
        [*COMMAND, "solve", str(request)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        cwd=CHECKOUT,
    ) as process:
        assert process.stderr is not None
        assert any("stops served" in line for line in process.stderr)
        process.send_signal(signal.SIGINT)
        out, _ = process.communicate(timeout=30)
    assert process.returncode == 0
    assert "stopped by cancelled" in out
    assert time.monotonic() - began < 50

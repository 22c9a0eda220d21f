"""A measurement is what an engine's program says, as the judge sees it. The programs here are one line long."""

import json
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from benchmarks.quality.engines import ENGINES, Peer, SuiteName, own_version
from benchmarks.quality.measure import measure
from benchmarks.quality.peers import PINS, pinned_version, python_of
from benchmarks.quality.records import Record, Status, Task
from benchmarks.quality.runners import protocol
from benchmarks.quality.suite import Judgement

TASK = Task(suite=SuiteName.VRPTW, instance="made up", engine="search", version="1", seconds=0.1, seed=7)


class OneStop:
    """A suite of one instance; the only good plan is one route to stop 1."""

    name = SuiteName.VRPTW

    def instances(self) -> tuple[str, ...]:
        """Return its only instance."""
        return ("made up",)

    def budgets(self, _engine: str, seconds: float, seeds: Sequence[int]) -> tuple[tuple[float, int], ...]:
        """Return one."""
        return ((seconds, seeds[0]),)

    def case(self, instance: str, _engine: str) -> protocol.Json:
        """Return next to nothing."""
        return {"name": instance}

    def judge(self, _instance: str, _engine: str, routes: Sequence[Any]) -> Judgement:
        """Look for stop 1."""
        return Judgement(figures={"distance": 1.0}, faults=() if routes == [[1]] else ("not served: 1",))


def run(program: str) -> Record:
    """Measure a program that finds its orders in ``orders``."""
    script = f"import json, sys; orders = json.load(sys.stdin); {program}"
    return measure(TASK, OneStop(), [sys.executable, "-c", script], core=0, machine="here")


def said(*messages: dict[str, Any]) -> str:
    return "; ".join(f"print({json.dumps(message)!r})" for message in messages)


def test_an_answer_is_judged_and_kept_with_its_way_there() -> None:
    record = run(
        said({"at": 0.01, "cost": 9}, {"at": 0.05, "cost": 8}, {"took": 0.1, "cpu": 0.09, "routes": [[1]]})
    )
    assert record.status is Status.GOOD
    assert record.trace == ((0.01, 9), (0.05, 8))
    assert (record.took, record.cpu) == (0.1, 0.09)


def test_a_program_gets_the_case_its_seconds_and_its_seed() -> None:
    wanted = "orders == {'core': 0, 'seconds': 0.1, 'seed': 7, 'case': {'name': 'made up'}}"
    record = run(f"assert {wanted}, orders; " + said({"took": 0.1, "cpu": 0.1, "routes": [[1]]}))
    assert record.status is Status.GOOD, record.faults


def test_a_program_is_not_believed() -> None:
    record = run(said({"took": 0.1, "cpu": 0.1, "routes": [[2]]}))
    assert (record.status, record.faults) == (Status.BROKEN, ("not served: 1",))


def test_no_routes_are_no_plan() -> None:
    assert run(said({"took": 0.1, "cpu": 0.1, "routes": []})).status is Status.NO_PLAN


def test_a_program_that_crashes_is_a_failure_with_its_last_word() -> None:
    record = run("raise SystemExit('out of luck')")
    assert (record.status, record.faults) == (Status.FAILED, ("out of luck",))


def test_a_program_that_says_nothing_is_a_failure() -> None:
    assert run("pass").status is Status.FAILED


def test_a_long_trace_is_thinned_and_keeps_its_end() -> None:
    improving = "[print(json.dumps({'at': n / 1000, 'cost': 1000 - n})) for n in range(500)]; "
    record = run(improving + said({"took": 1.0, "cpu": 1.0, "routes": [[1]]}))
    assert len(record.trace) <= 40
    assert record.trace[-1] == (0.499, 501)


@pytest.mark.parametrize("peer", list(Peer))
def test_peers_are_pinned_by_hash_and_by_no_address(peer: Peer) -> None:
    pins = (PINS / f"{peer}.txt").read_text()
    assert "://" not in pins
    assert pinned_version(peer) in pins
    packages = [line for line in pins.splitlines() if "==" in line]
    assert pins.count("--hash=sha256:") >= len(packages) > 0


def test_our_own_programs_run_in_our_own_environment(tmp_path: Path) -> None:
    assert python_of(None, tmp_path, print) == Path(sys.executable)


def test_every_engine_has_a_program_for_each_of_its_suites() -> None:
    programs = {path.stem for path in Path(protocol.__file__).parent.glob("*.py")}
    wanted = {runner for engine in ENGINES for runner in engine.runners.values()}
    assert wanted <= programs


def test_our_version_changes_with_our_sources_only() -> None:
    assert own_version() == own_version()
    assert len(own_version().split("+")[1]) == 8

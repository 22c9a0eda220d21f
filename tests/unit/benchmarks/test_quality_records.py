"""The file of records: a run can be cut short and taken up again, and nothing is measured twice."""

from dataclasses import replace
from pathlib import Path

from benchmarks.quality.engines import SuiteName
from benchmarks.quality.records import Ledger, Record, Status, Task

TASK = Task(suite=SuiteName.VRPTW, instance="R112", engine="search", version="1", seconds=5.0, seed=1)
RECORD = Record(
    task=TASK,
    machine="here",
    status=Status.GOOD,
    figures={"gap": 0.5},
    took=5.0,
    cpu=4.9,
    trace=((0.1, 9.0), (1.0, 8.0)),
)


def test_what_was_kept_is_read_again_as_it_was(tmp_path: Path) -> None:
    Ledger(tmp_path / "q.jsonl").add(RECORD)
    assert Ledger(tmp_path / "q.jsonl").latest("here") == (RECORD,)


def test_a_run_taken_up_again_knows_what_is_done_and_what_is_not(tmp_path: Path) -> None:
    Ledger(tmp_path / "q.jsonl").add(RECORD)
    ledger = Ledger(tmp_path / "q.jsonl")
    assert ledger.has(TASK, "here")
    assert not ledger.has(TASK, "another machine")
    assert not ledger.has(replace(TASK, seed=2), "here")
    assert not ledger.has(replace(TASK, version="2"), "here")


def test_a_last_line_cut_in_the_middle_is_measured_again(tmp_path: Path) -> None:
    path = tmp_path / "q.jsonl"
    Ledger(path).add(RECORD)
    Ledger(path).add(replace(RECORD, task=replace(TASK, seed=2)))
    path.write_text(path.read_text()[:-20])
    assert Ledger(path).has(TASK, "here")
    assert not Ledger(path).has(replace(TASK, seed=2), "here")


def test_a_run_goes_on_after_a_line_that_was_cut(tmp_path: Path) -> None:
    path = tmp_path / "q.jsonl"
    Ledger(path).add(RECORD)
    path.write_text(path.read_text() + '{"task":{"sui')
    Ledger(path).add(replace(RECORD, task=replace(TASK, seed=2)))
    assert len(Ledger(path).latest("here")) == 2


def test_a_program_that_failed_may_try_again(tmp_path: Path) -> None:
    ledger = Ledger(tmp_path / "q.jsonl")
    ledger.add(replace(RECORD, status=Status.FAILED))
    assert not ledger.has(TASK, "here")


def test_tables_show_the_last_version_only(tmp_path: Path) -> None:
    ledger = Ledger(tmp_path / "q.jsonl")
    ledger.add(RECORD)
    newer = replace(RECORD, task=replace(TASK, version="2"))
    ledger.add(newer)
    assert ledger.latest("here") == (newer,)

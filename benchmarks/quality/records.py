"""What was measured: one record per instance, engine, budget and seed, kept in a file that only grows."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field
from enum import StrEnum
from pathlib import Path
from typing import Any, Self

from benchmarks.quality.engines import SuiteName


class Status(StrEnum):
    """How a measurement ended. Only the first carries figures that count."""

    GOOD = "good"
    NO_PLAN = "no plan"
    BROKEN = "broken rules"
    FAILED = "failed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Task:
    """One measurement to make; equal tasks on one machine are measured once.

    Attributes:
        version: Of the engine.
    """

    suite: SuiteName
    instance: str
    engine: str
    version: str
    seconds: float
    seed: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """A measurement.

    Attributes:
        machine: Where it was made (``Machine.name``).
        figures: What the plan is worth, by name; which names there are depends on the suite.
        faults: What the judge found wrong, or why there is nothing to judge.
        took: Seconds until the answer.
        cpu: Seconds of the core that it had; much less than ``took`` means that others were at work.
        trace: Seconds and cost of each better plan, as the engine says; thinned out.
    """

    task: Task
    machine: str
    status: Status
    figures: Mapping[str, float] = field(default_factory=dict)
    faults: tuple[str, ...] = ()
    took: float = 0.0
    cpu: float = 0.0
    trace: tuple[tuple[float, float], ...] = ()

    def to_json(self) -> dict[str, Any]:
        """Return it as a JSON object."""
        return asdict(self)

    @classmethod
    def from_json(cls, document: dict[str, Any]) -> Self:
        """Read what ``to_json`` wrote."""
        task = Task(**{**document["task"], "suite": SuiteName(document["task"]["suite"])})
        trace = tuple((at, cost) for at, cost in document["trace"])
        rest = {"task": task, "status": Status(document["status"]), "trace": trace}
        return cls(**{**document, **rest, "faults": tuple(document["faults"])})


class Ledger:
    """The file of records. What stands in it is not measured again, so a run can be cut short at any time."""

    def __init__(self, path: Path) -> None:
        """Read what is there already; a last line cut in the middle is dropped, from the file too."""
        self._path = path
        self._drop_cut_line()
        self._records: dict[tuple[Task, str], Record] = {}
        for record in self._read():
            self._records[record.task, record.machine] = record

    def has(self, task: Task, machine: str) -> bool:
        """Return whether the task has been measured on this machine; a failure may be tried again."""
        record = self._records.get((task, machine))
        return record is not None and record.status is not Status.FAILED

    def add(self, record: Record) -> None:
        """Keep a record, on disk at once."""
        self._path.parent.mkdir(parents=True, exist_ok=True)
        with self._path.open("a") as file:
            file.write(json.dumps(record.to_json(), separators=(",", ":")) + "\n")
        self._records[record.task, record.machine] = record

    def latest(self, machine: str) -> tuple[Record, ...]:
        """Return the last record of each task on a machine, whatever the engine's version was."""
        last: dict[tuple[object, ...], Record] = {}
        for (task, made_on), record in self._records.items():
            if made_on == machine:
                key = (task.suite, task.instance, task.engine, task.seconds, task.seed)
                last.pop(key, None)
                last[key] = record
        return tuple(last.values())

    def _drop_cut_line(self) -> None:
        if self._path.exists() and not (text := self._path.read_text()).endswith("\n"):
            self._path.write_text(text[: text.rfind("\n") + 1])

    def _read(self) -> Iterable[Record]:
        if self._path.exists():
            for line in self._path.read_text().splitlines():
                yield Record.from_json(json.loads(line))

"""Runs the measurements that are missing, engine beside engine on each instance, one program per core."""

from collections.abc import Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from queue import SimpleQueue

from benchmarks.quality.engines import Engine, Peer, own_version
from benchmarks.quality.machine import Machine
from benchmarks.quality.measure import measure
from benchmarks.quality.peers import PeerUnavailable, pinned_version, python_of
from benchmarks.quality.records import Ledger, Record, Status, Task
from benchmarks.quality.suite import Suite


@dataclass(frozen=True, slots=True, kw_only=True)
class Selection:
    """What to measure on a suite."""

    instances: Sequence[str]
    engines: Sequence[Engine]
    seconds: float
    seeds: Sequence[int]


@dataclass(slots=True)
class Campaign:
    """One call of the command.

    Attributes:
        cores: One program at a time runs on each.
        environments: Where the peers are installed.
    """

    ledger: Ledger
    machine: Machine
    cores: Sequence[int]
    environments: Path
    _version: str = field(default_factory=own_version)
    _pythons: dict[Peer | None, Path | None] = field(default_factory=dict)

    def run(self, suite: Suite, selection: Selection) -> None:
        """Measure what is not in the ledger yet; a peer that cannot be installed is told and left out."""
        engines = [engine for engine in selection.engines if self._python(engine.peer) is not None]
        tasks = [
            (task, engine)
            for instance in selection.instances
            for engine in engines
            for task in self._tasks(suite, instance, engine, selection)
            if not self.ledger.has(task, self.machine.name)
        ]
        print(
            f"{suite.name}: {len(tasks)} measurements to make, {sum(t.seconds for t, _ in tasks):.0f} s of search"
        )
        free: SimpleQueue[int] = SimpleQueue()
        for core in self.cores:
            free.put(core)

        def on_a_core(job: tuple[Task, Engine]) -> Record:
            core = free.get()
            try:
                return measure(job[0], suite, self._command(suite, job[1]), core, self.machine.name)
            finally:
                free.put(core)

        pool = ThreadPoolExecutor(len(self.cores))
        try:
            for number, record in enumerate(pool.map(on_a_core, tasks), start=1):
                self.ledger.add(record)
                print(f"{number:4d}/{len(tasks)}  {_told(record)}", flush=True)
        finally:
            pool.shutdown(cancel_futures=True)

    def _tasks(self, suite: Suite, instance: str, engine: Engine, selection: Selection) -> Iterable[Task]:
        version = self._version if engine.peer is None else pinned_version(engine.peer)
        for seconds, seed in suite.budgets(engine.name, selection.seconds, selection.seeds):
            yield Task(
                suite=suite.name,
                instance=instance,
                engine=engine.name,
                version=version,
                seconds=seconds,
                seed=seed,
            )

    def _command(self, suite: Suite, engine: Engine) -> list[str]:
        module = f"benchmarks.quality.runners.{engine.runners[suite.name]}"
        return [str(self._python(engine.peer)), "-m", module]

    def _python(self, peer: Peer | None) -> Path | None:
        if peer not in self._pythons:
            try:
                self._pythons[peer] = python_of(peer, self.environments, print)
            except PeerUnavailable as reason:
                self._pythons[peer] = None
                print(f"SKIPPED: {peer} cannot be installed here: {reason}")
        return self._pythons[peer]


def _told(record: Record) -> str:
    """Return a record on one line."""
    task = record.task
    what = f"{task.suite} {task.instance:14} {task.engine:14} {task.seconds:3.0f} s  seed {task.seed}"
    if record.status is not Status.GOOD:
        return f"{what}  {record.status.upper()}: {'; '.join(record.faults)[:150]}"
    figures = "  ".join(f"{name} {value:.6g}" for name, value in record.figures.items())
    return f"{what}  {figures}  ({record.took:.1f} s, {record.cpu:.1f} s of the core)"

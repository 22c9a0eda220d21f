"""Makes one measurement: runs an engine's program on one core, listens to it, and has its answer judged."""

import json
import subprocess
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from benchmarks.quality.records import Record, Status, Task
from benchmarks.quality.runners.protocol import Orders
from benchmarks.quality.suite import Suite

CHECKOUT = Path(__file__).parents[2]

START_SECONDS, PATIENCE = 300.0, 60.0
"""How long a program may take to start (ours compiles itself when it is new), and to end after its time."""

TRACE_POINTS = 40


@dataclass(frozen=True, slots=True)
class Answer:
    """What a program said."""

    trace: list[tuple[float, float]]
    took: float
    cpu: float
    routes: list[Any]


class ProgramFailed(Exception):
    """An engine's program ended without an answer; the message is the end of what it wrote."""


def measure(task: Task, suite: Suite, command: list[str], core: int, machine: str) -> Record:
    """Run the program of ``command`` for a task and return what came of it."""
    orders = Orders(
        core=core, seconds=task.seconds, seed=task.seed, case=suite.case(task.instance, task.engine)
    )
    try:
        answer = _run(command, orders)
    except ProgramFailed as failure:
        return Record(task=task, machine=machine, status=Status.FAILED, faults=(str(failure),))
    judgement = suite.judge(task.instance, task.engine, answer.routes)
    return Record(
        task=task,
        machine=machine,
        status=_status(answer, judgement.faults),
        figures=judgement.figures,
        faults=judgement.faults[:5],
        took=answer.took,
        cpu=answer.cpu,
        trace=_thinned(answer.trace),
    )


def _status(answer: Answer, faults: tuple[str, ...]) -> Status:
    if not answer.routes:
        return Status.NO_PLAN
    return Status.BROKEN if faults else Status.GOOD


def _run(command: list[str], orders: Orders) -> Answer:
    try:
        done = subprocess.run(
            command,
            input=orders.to_json(),
            capture_output=True,
            text=True,
            cwd=CHECKOUT,
            timeout=START_SECONDS + orders.seconds + PATIENCE,
            check=False,
        )
    except subprocess.TimeoutExpired:
        raise ProgramFailed(f"no answer {PATIENCE:.0f} s after its time was up") from None
    said = [json.loads(line) for line in done.stdout.splitlines() if line.startswith("{")]
    if done.returncode or not said or "routes" not in said[-1]:
        wrote = done.stderr.strip().splitlines()
        raise ProgramFailed(wrote[-1] if wrote else f"ended with {done.returncode}, without an answer")
    trace = [(message["at"], message["cost"]) for message in said if "at" in message]
    return Answer(trace=trace, took=said[-1]["took"], cpu=said[-1]["cpu"], routes=said[-1]["routes"])


def _thinned(trace: list[tuple[float, float]]) -> tuple[tuple[float, float], ...]:
    """Return at most so many points, the last of all among them."""
    step = -(-len(trace) // TRACE_POINTS) or 1
    return tuple(trace[::-1][::step][::-1])

"""Really running processes of ours for tests: started, listened to, killed."""

import contextlib
import json
import os
import queue
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, Self

COMMAND = (sys.executable, "-m", "router")
CHECKOUT = Path(__file__).parents[1]

READY_SECONDS = 180.0
"""The first start on a machine may compile the kernel."""

LOOK_SECONDS = 0.05


class RunningProcess:
    """A ``router`` command that runs, and the lines of its log; use it as ``with``."""

    def __init__(self, arguments: Sequence[str], prefix: Sequence[str] = (), **settings: str) -> None:
        """Start it with no settings but these; ``prefix`` is a command that runs it."""
        inherited = {
            k: v for k, v in os.environ.items() if k != "DATABASE_URL" and not k.startswith("SELAT_")
        }
        self._process = subprocess.Popen(
            [*prefix, *COMMAND, *arguments],
            stderr=subprocess.PIPE,
            stdout=subprocess.DEVNULL,
            env={**inherited, "PYTHONFAULTHANDLER": "1", **settings},
            cwd=CHECKOUT,
        )
        self.log: list[Any] = []
        self._news: queue.Queue[Any] = queue.Queue()
        self._reader = threading.Thread(target=self._read_log, daemon=True)
        self._reader.start()

    def __enter__(self) -> Self:
        """Use it."""
        return self

    def __exit__(self, *_: object) -> None:
        """Stop it the polite way, and see that it went."""
        self.terminate()

    @property
    def pid(self) -> int:
        """Return the id of the process."""
        return self._process.pid

    def ask_to_stop(self) -> None:
        """Send it SIGTERM and go on."""
        self._process.terminate()

    def terminate(self, seconds: float = 30.0) -> int:
        """Stop it with SIGTERM and return its exit code."""
        self._process.terminate()
        try:
            code = self._process.wait(seconds)
        except subprocess.TimeoutExpired:
            self._process.send_signal(signal.SIGABRT)  # it shows where its threads are
            self._process.wait()
            self._reader.join(seconds)
            raise AssertionError(f"it does not stop: {self.log[-60:]}") from None
        self._reader.join(seconds)
        return code

    def kill(self) -> None:
        """Kill the process, and nothing else."""
        self._process.kill()
        self._process.wait()

    def kill_everything(self) -> None:
        """Kill every process of it at once, database and solver included."""
        doomed = [self._process.pid, *descendants(self._process.pid)]
        for pid in doomed:
            with contextlib.suppress(ProcessLookupError):  # it has gone with another one
                os.kill(pid, signal.SIGKILL)
        self._process.wait()

    @property
    def ended(self) -> bool:
        """Whether the process is gone."""
        return self._process.poll() is not None

    def wait_for_event(self, name: str) -> Any:
        """Return the next line of the log that tells of an event, from before or from now on."""
        deadline = time.monotonic() + READY_SECONDS
        while True:
            line = self._news.get(timeout=max(deadline - time.monotonic(), 0.001))
            if line["event"] == name:
                return line

    def last_event(self, name: str) -> Any:
        """Return the last line of the log so far that tells of an event, or wait for the first."""
        deadline = time.monotonic() + READY_SECONDS
        while True:
            found = [line for line in list(self.log) if line["event"] == name]
            if found:
                return found[-1]
            assert time.monotonic() < deadline
            time.sleep(LOOK_SECONDS)

    def errors(self) -> list[Any]:
        """Return everything that was logged as an error."""
        return [line for line in self.log if line["level"] in ("error", "critical")]

    def _read_log(self) -> None:
        assert self._process.stderr is not None
        for raw in self._process.stderr:
            try:
                line = json.loads(raw)
            except ValueError:
                line = {"event": raw.decode(errors="replace"), "level": "error"}
            self.log.append(line)
            self._news.put(line)


def descendants(pid: int) -> list[int]:
    """Return the processes that a process has started, and those that they have started."""
    children: dict[int, list[int]] = {}
    for child, parent in _parents():
        children.setdefault(parent, []).append(child)
    found = [pid]
    for each in found:
        found.extend(children.get(each, []))
    return found[1:]


def solver_processes(worker_pid: int) -> list[int]:
    """Return the processes that a worker's fork server has forked: one for each solve under way."""
    servers = fork_servers(worker_pid)
    return [pid for pid, parent in _parents() if parent in servers]


def fork_servers(worker_pid: int) -> list[int]:
    """Return the process of a worker that forks its solver processes, and buries them."""
    return [pid for pid, parent in _parents() if parent == worker_pid and b"forkserver" in _command_line(pid)]


def all_gone(pids: Sequence[int], seconds: float = 5.0) -> bool:
    """Return whether these processes all end within so many seconds; those not buried yet have ended."""
    deadline = time.monotonic() + seconds
    while any(_lives(pid) for pid in pids):
        if time.monotonic() > deadline:
            return False
        time.sleep(LOOK_SECONDS)
    return True


def _lives(pid: int) -> bool:
    try:
        stat = Path(f"/proc/{pid}/stat").read_text()
    except OSError:
        return False
    return stat.rpartition(")")[2].split()[0] != "Z"


def _parents() -> Iterator[tuple[int, int]]:
    for directory in Path("/proc").glob("[0-9]*"):
        try:
            stat = (directory / "stat").read_text()
        except OSError:
            continue
        yield int(directory.name), int(stat.rpartition(")")[2].split()[1])


def _command_line(pid: int) -> bytes:
    try:
        return Path(f"/proc/{pid}/cmdline").read_bytes()
    except OSError:
        return b""

"""The solver process keeps its promises whatever the engine does. Everything here runs real processes."""

import contextlib
import os
import select
import signal
import subprocess
import sys
import textwrap
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pytest

from router.domain.fleet import Conveyance, Vehicle
from router.domain.ids import DepotId, IslandId, Profile, StopId, VehicleId
from router.domain.places import Location, TimeWindow
from router.domain.plan import StoppedBy
from router.domain.problem import Depot, Problem, Stop, StopKind
from router.domain.search import Budget, Incumbent, Outcome
from router.domain.units import Instant
from router.errors import SolverCrashed, SolverOutOfMemory, SolverOverran
from router.solver.process import ChildProcessSolver, Engine
from router.travel.matrix import Block, TravelMatrix
from router.travel.travel import Travel

pytestmark = pytest.mark.alone

PROMISE = 1.0
"""How much later than the time limit an answer may come."""


@pytest.fixture(autouse=True)
def _engines_on_path(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.syspath_prepend(str(Path(__file__).parent))


def solver(engine: str) -> ChildProcessSolver:
    made = ChildProcessSolver(Engine(name=engine, function=f"misbehaving_engines:{engine}"))
    made.warm()
    return made


def tiny_problem(name: str = "tiny") -> Problem:
    here = Location(lat=-8.65, lon=115.22, island=IslandId("bali"), time_zone="Asia/Makassar")
    return Problem(
        name=name,
        currency="IDR",
        dimensions=(),
        depots=(Depot(id=DepotId("d"), location=here),),
        stops=(Stop(id=StopId("s"), kind=StopKind.DROPOFF, location=here, load=()),),
        vehicles=(
            Vehicle(
                id=VehicleId("v"),
                conveyance=Conveyance(profile=Profile("van"), ferry_class=None, deck_slots=1),
                start=DepotId("d"),
                end=DepotId("d"),
                shift=TimeWindow(Instant(0), Instant(3600)),
                capacity=(),
            ),
        ),
    )


def travel_of(problem: Problem) -> Travel:
    minute = np.array([[0, 60], [60, 0]], dtype=np.int32)
    block = Block(places=("d", "s"), seconds=minute, meters=minute)
    return Travel(problem, TravelMatrix({(Profile("van"), IslandId("bali")): block}, "test"))


def ask(
    engine: str,
    *,
    seconds: float = 1.0,
    memory: int | None = None,
    on_incumbent: Callable[[Incumbent], None] = lambda _: None,
    should_stop: Callable[[], bool] = lambda: False,
    name: str = "tiny",
) -> Outcome:
    problem = tiny_problem(name)
    budget = Budget(time_limit=seconds, memory_bytes=memory)
    return solver(engine).propose(problem, travel_of(problem), budget, on_incumbent, should_stop)


@contextlib.contextmanager
def within(seconds: float) -> Iterator[None]:
    began = time.monotonic()
    yield
    assert time.monotonic() - began < seconds


def test_a_prompt_engine_is_answered_long_before_the_limit() -> None:
    with within(5):
        outcome = ask("prompt", seconds=60)
    assert outcome.stopped_by is StoppedBy.OPTIMAL


def test_the_start_of_the_process_is_taken_from_the_engines_time_not_added_to_it() -> None:
    assert 59_000 < ask("prompt", seconds=60).iterations < 60_000


def test_the_time_limit_ends_a_polite_engine_and_is_called_by_its_name() -> None:
    """The engine only saw its stop flag and calls that a cancelling; nobody cancelled."""
    made = solver("polite")
    problem = tiny_problem()
    with within(1 + PROMISE):
        outcome = made.propose(
            problem, travel_of(problem), Budget(time_limit=1), lambda _: None, lambda: False
        )
    assert outcome.stopped_by is StoppedBy.TIME_LIMIT


def test_incumbents_come_at_most_once_a_second() -> None:
    seen: list[Incumbent] = []
    ask("polite", seconds=2.5, on_incumbent=seen.append)
    assert 2 <= len(seen) <= 3
    assert seen[-1].iterations > seen[0].iterations


def test_the_latest_incumbent_is_told_even_when_no_other_follows() -> None:
    seen: list[Incumbent] = []
    ask("quiet_after_one", seconds=1.5, on_incumbent=seen.append)
    assert [incumbent.iterations for incumbent in seen] == [1, 2]


def test_cancelling_ends_the_search_early_and_keeps_its_best() -> None:
    seen = threading.Event()
    with within(10):
        outcome = ask("polite", seconds=60, on_incumbent=lambda _: seen.set(), should_stop=seen.is_set)
    assert outcome.stopped_by is StoppedBy.CANCELLED
    assert outcome.proposal.served() == {"s"}


def test_an_engine_deaf_to_cancelling_is_killed_after_the_grace_and_its_best_is_kept() -> None:
    seen = threading.Event()
    with within(10):
        outcome = ask("deaf", seconds=60, on_incumbent=lambda _: seen.set(), should_stop=seen.is_set)
    assert outcome.stopped_by is StoppedBy.CANCELLED
    assert outcome.iterations == 7


@pytest.mark.parametrize("engine", ["deaf", "holds_the_interpreter_lock"])
def test_an_engine_deaf_to_its_deadline_is_killed_and_its_best_is_kept(engine: str) -> None:
    made = solver(engine)
    problem = tiny_problem()
    with within(1 + PROMISE):
        outcome = made.propose(
            problem, travel_of(problem), Budget(time_limit=1), lambda _: None, lambda: False
        )
    assert outcome.stopped_by is StoppedBy.TIME_LIMIT
    assert outcome.iterations == 7


def test_an_engine_with_nothing_to_show_at_its_deadline_overran() -> None:
    with pytest.raises(SolverOverran), within(4):
        ask("finds_nothing")


def test_an_engine_that_allocates_without_end_is_out_of_memory_though_it_had_a_plan() -> None:
    with pytest.raises(SolverOutOfMemory), within(10):
        ask("allocates", seconds=60, memory=256 << 20)


def test_the_cap_does_not_count_what_the_fork_server_had_loaded() -> None:
    assert ask("prompt", memory=32 << 20).stopped_by is StoppedBy.OPTIMAL


def test_an_abort_under_a_cap_is_out_of_memory_and_without_a_cap_a_crash() -> None:
    with pytest.raises(SolverOutOfMemory):
        ask("aborts", memory=256 << 20)
    with pytest.raises(SolverCrashed, match="SIGABRT"):
        ask("aborts")


def test_what_the_engine_raises_reaches_the_log_of_the_parent() -> None:
    with pytest.raises(SolverCrashed, match="a slip in the engine"):
        ask("raises")


def test_an_exit_without_an_answer_is_a_crash() -> None:
    with pytest.raises(SolverCrashed, match="exit code 3"):
        ask("leaves")


def test_killing_the_child_is_a_crash_and_is_noticed_at_once(tmp_path: Path) -> None:
    pid_file = tmp_path / "pid"

    def kill(_: Incumbent) -> None:
        os.kill(int(pid_file.read_text(encoding="ascii")), signal.SIGKILL)

    with pytest.raises(SolverCrashed, match="SIGKILL"), within(5):
        ask("writes_its_pid_then_spins", seconds=60, on_incumbent=kill, name=str(pid_file))


def test_killing_the_parent_ends_a_child_that_holds_the_interpreter_lock(tmp_path: Path) -> None:
    """Nothing in Python can run in that child; the kernel ends it when the pipe of its parent breaks."""
    pid_file = tmp_path / "pid"
    script = textwrap.dedent(f"""
        import sys
        sys.path[:0] = [{str(Path(__file__).parent)!r}, {str(Path.cwd())!r}]
        import importlib.util
        spec = importlib.util.spec_from_file_location("test_process", {__file__!r})
        tests = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(tests)
        tests.ask("writes_its_pid_then_spins", seconds=300, name={str(pid_file)!r},
                  on_incumbent=lambda _: print("running", flush=True))
    """)
    with subprocess.Popen([sys.executable, "-c", script], stdout=subprocess.PIPE, text=True) as parent:
        assert parent.stdout is not None
        assert parent.stdout.readline() == "running\n"
        parent.kill()
    assert wait_until_gone(int(pid_file.read_text(encoding="ascii")), seconds=5)


def wait_until_gone(pid: int, *, seconds: float) -> bool:
    """Wait for a process that is nobody's child of ours; its own file descriptor says when it ends."""
    try:
        handle = os.pidfd_open(pid)
    except ProcessLookupError:
        return True
    try:
        return bool(select.select([handle], [], [], seconds)[0])
    finally:
        os.close(handle)


def test_solves_side_by_side_do_not_hear_each_other() -> None:
    """One crashes, one is killed, two answer; each call gets its own ending."""

    def ending(engine: str) -> str:
        try:
            return str(ask(engine).stopped_by)
        except (SolverCrashed, SolverOverran) as error:
            return type(error).__name__

    engines = ["leaves", "finds_nothing", "prompt", "deaf"]
    with ThreadPoolExecutor(len(engines)) as threads:
        endings = list(threads.map(ending, engines))
    assert endings == ["SolverCrashed", "SolverOverran", "optimal", "time_limit"]


def test_no_process_is_left_behind(tmp_path: Path) -> None:
    pid_file = tmp_path / "pid"
    ask("writes_its_pid_then_spins", name=str(pid_file))
    assert wait_until_gone(int(pid_file.read_text(encoding="ascii")), seconds=1)

"""Both engines side by side on archipelagos: the search after 5 s, the seeded routing model after 30 s.

Run it with ``python -m benchmarks.ferries``; ``--quick`` takes the smallest instances and a fifth of the time.
Each run has a process and one core of its own. What is in the results file already is not run again, so that
a run that was broken off goes on where it stopped; ``--fresh`` forgets everything.
"""

import argparse
import json
import multiprocessing
import os
import time
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass
from importlib import import_module
from pathlib import Path
from statistics import fmean
from typing import cast

from benchmarks.archipelagos import Decks, sized
from benchmarks.machine import machine
from benchmarks.reading import Instance, read
from router.checking import check
from router.domain.search import Budget, Outcome
from router.domain.units import Seconds
from router.ports import Solver
from router.scheduling import schedule

RESULTS = Path(__file__).parent / "results"
ENGINES = {"search": ("router.solver.solve", 5), "routing": ("router.solver.routing", 30)}
"""Each engine's module and its seconds."""

BAR_SIZE, BAR_PERCENT = 230, 12.0
"""At this size the search is to be cheaper by so much in the mean."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """An instance."""

    stops: int
    decks: Decks
    seed: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """What an engine made of an instance within its time; ``core_share`` is how much of its core it had."""

    stops: int
    decks: str
    seed: int
    engine: str
    time_limit: int
    seconds: float
    served: int
    required_left_out: int
    cost: float
    violations: int
    iterations: int
    core_share: float

    @property
    def key(self) -> tuple[object, ...]:
        """What was run."""
        return self.stops, self.decks, self.seed, self.engine, self.time_limit


def cases(*, quick: bool) -> list[Case]:
    """Return the instances, smallest first."""
    sizes, seeds = ((60,), (1,)) if quick else ((60, 230, 600), (1, 2))
    return [Case(stops=n, decks=decks, seed=seed) for n in sizes for decks in Decks for seed in seeds]


def solve(case: Case, engine: str, time_limit: int) -> Row:
    """Run an engine once, in this process, and let the referee count violations."""
    module, _ = ENGINES[engine]
    solver = cast("Solver", import_module(module))
    # Loads what is compiled, or compiles it. Small problems would not do: they are solved without the kernel.
    _propose(solver, read(sized(60, seed=9, decks=Decks.TIGHT)), 1)
    instance = read(sized(case.stops, seed=case.seed, decks=case.decks))
    began, worked = time.monotonic(), time.process_time()
    outcome = _propose(solver, instance, time_limit)
    seconds, worked = time.monotonic() - began, time.process_time() - worked
    plan = schedule(instance.problem, instance.travel, outcome.proposal)
    return Row(
        **asdict(case),
        engine=engine,
        time_limit=time_limit,
        seconds=round(seconds, 2),
        served=plan.totals.served,
        required_left_out=sum(entry.penalty is None for entry in plan.unserved),
        cost=round(plan.cost.total),
        violations=len(check(instance.problem, instance.travel.matrix, plan)),
        iterations=outcome.iterations,
        core_share=round(worked / seconds, 2),
    )


def _propose(solver: Solver, instance: Instance, time_limit: int) -> Outcome:
    budget = Budget(time_limit=Seconds(time_limit), seed=1, threads=1)
    return solver.propose(instance.problem, instance.travel, budget, lambda _: None, lambda: False)


def on_one_core(case: Case, engine: str, time_limit: int) -> Row:
    """Solve in a fresh process that has one core to itself as far as this machine goes."""
    context = multiprocessing.get_context("spawn")
    with context.Pool(1, _pin) as pool:
        return pool.apply(solve, (case, engine, time_limit))


def _pin() -> None:
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, {max(os.sched_getaffinity(0))})


def load(path: Path) -> list[Row]:
    """Return the rows measured before."""
    return [Row(**row) for row in json.loads(path.read_text())["rows"]] if path.exists() else []


def save(path: Path, rows: Iterable[Row]) -> None:
    """Write the rows as JSON and, beside it, as a table."""
    path.parent.mkdir(exist_ok=True)
    computer = machine()
    document = {"machine": computer, "rows": [asdict(row) for row in rows]}
    path.write_text(json.dumps(document, indent=1) + "\n")
    path.with_suffix(".md").write_text("\n".join(report(computer, rows)) + "\n")


def pairs(rows: Iterable[Row]) -> Iterator[tuple[Row, Row]]:
    """Yield the two engines' rows of each instance that both have run, smallest first."""
    by_case: dict[tuple[int, str, int], dict[str, Row]] = {}
    for row in rows:
        by_case.setdefault((row.stops, row.decks, row.seed), {})[row.engine] = row
    for _, both in sorted(by_case.items()):
        if len(both) == len(ENGINES):
            yield both["search"], both["routing"]


def report(computer: dict[str, str], rows: Iterable[Row]) -> list[str]:
    """Return the results as lines of Markdown."""
    lines = [
        "# Search against routing model on archipelagos",
        "",
        f"Search after {ENGINES['search'][1]} s, OR-Tools' routing model with boarding nodes, started from a greedy",
        f"plan, after {ENGINES['routing'][1]} s; one core each. Made by `make bench-ferries`, search seed 1.",
        "Served stops, required stops left out, cost of the plan with penalties; what the referee objects to; how",
        "much of its core each engine had: below 95 % the numbers are no verdict.",
        "",
        "Machine: " + "; ".join(f"{key} {value}" for key, value in computer.items()) + ".",
        "",
        "| stops | decks | seed | search | | | routing | | | cost lower by | violations | core had |",
        "| ---: | --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: |",
    ]
    found = list(pairs(rows))
    for search, routing in found:
        lines.append(
            f"| {search.stops} | {search.decks} | {search.seed} "
            f"| {search.served} | {search.required_left_out} | {search.cost:,.0f} "
            f"| {routing.served} | {routing.required_left_out} | {routing.cost:,.0f} "
            f"| {lower_by(search, routing):.1f} % | {search.violations + routing.violations} "
            f"| {search.core_share:.0%}, {routing.core_share:.0%} |"
        )
    return [*lines, "", *verdict(found)]


def lower_by(search: Row, routing: Row) -> float:
    """Return by how many percent the search is cheaper."""
    return 100 * (1 - search.cost / routing.cost)


def verdict(found: list[tuple[Row, Row]]) -> list[str]:
    """Return whether the bars are met."""
    fewer = [f"{s.stops} {s.decks} seed {s.seed}" for s, r in found if s.served < r.served]
    missed = [
        f"{s.stops} {s.decks} seed {s.seed} ({s.required_left_out} against {r.required_left_out})"
        for s, r in found
        if s.required_left_out > r.required_left_out
    ]
    at_bar = [lower_by(search, routing) for search, routing in found if search.stops == BAR_SIZE]
    lines = [
        f"Served never fewer: {'no: ' + ', '.join(fewer) if fewer else 'yes'}.",
        f"Required stops left out never more: {'no: ' + ', '.join(missed) if missed else 'yes'}.",
        "Plans compare by required stops left out first: where that says no, the search's plan is the worse one.",
    ]
    if at_bar:
        lines.append(
            f"Cost at {BAR_SIZE} stops lower by {fmean(at_bar):.1f} % in the mean, "
            f"{min(at_bar):.1f} % at least; the bar is {BAR_PERCENT:.0f} %."
        )
    return lines


def main() -> None:
    """Run what is missing, smallest first, and show the table."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--quick", action="store_true", help="60 stops, seed 1, a fifth of the time")
    parser.add_argument("--fresh", action="store_true", help="measure again what was measured before")
    wanted = parser.parse_args()
    path = RESULTS / ("ferries_quick.json" if wanted.quick else "ferries.json")
    rows = {} if wanted.fresh else {row.key: row for row in load(path)}
    for case in cases(quick=wanted.quick):
        for engine, (_, seconds) in ENGINES.items():
            time_limit = max(1, seconds // 5) if wanted.quick else seconds
            key = (case.stops, case.decks, case.seed, engine, time_limit)
            if key not in rows:
                rows[key] = on_one_core(case, engine, time_limit)
                save(path, rows.values())
                print(rows[key], flush=True)
    print("\n".join(report(machine(), rows.values())))


if __name__ == "__main__":
    main()

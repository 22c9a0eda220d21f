"""The search against the proof, on archipelagos of up to ten stops with every feature there is.

Run it with ``python -m benchmarks.tiny``: 300 instances, 100 of stops, vehicles, windows, loads, skills and ferries,
200 with limits, cash, releases, shipments, locks, tickets, reloads, breaks and open ends as well. Each is proven and
then searched for a number of rounds. ``--quick`` takes every tenth. What stands in the results file already is not
run again; ``--fresh`` forgets everything.
"""

import argparse
import json
import sys
import time
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from benchmarks.eventful import eventful, plain
from benchmarks.machine import machine
from router.checking import check
from router.domain.plan import Plan, StoppedBy
from router.domain.problem import Problem
from router.domain.search import Budget
from router.scheduling import schedule
from router.solver import exact, solve
from router.travel.matrix import TravelMatrix
from router.travel.travel import Travel

RESULTS = Path(__file__).parent / "results"
MAKERS = {"plain": (plain, 100), "eventful": (eventful, 200)}
"""Each kind of archipelago, and how many of it."""

MOST_STOPS = 10
ITERATIONS = 20_000
PROOF_SECONDS = 30.0
"""The bar for each proof."""

SHARE = 0.99
"""The bar for the search: the share of instances in which its plan is the best there is."""

CENT = 0.01


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """What proof and search made of an instance; plans compare by required stops left out, then by cost."""

    kind: str
    seed: int
    stops: int
    vehicles: int
    iterations: int
    proven: bool
    missing: int
    cost: float
    proof_seconds: float
    searched_missing: int
    searched_cost: float
    search_seconds: float
    violations: int

    @property
    def key(self) -> tuple[str, int, int]:
        """What was run."""
        return self.kind, self.seed, self.iterations

    @property
    def is_optimal(self) -> bool:
        """Whether the search found the best plan."""
        return self.missing == self.searched_missing and abs(self.cost - self.searched_cost) <= CENT

    @property
    def is_below(self) -> bool:
        """Whether the search is better than what was proven best, which must never be."""
        ours, best = (self.searched_missing, self.searched_cost + CENT), (self.missing, self.cost)
        return self.proven and ours < best


def measure(kind: str, seed: int, iterations: int) -> Row:
    """Prove and search one instance, and let the referee count violations of both plans."""
    make, _ = MAKERS[kind]
    problem, matrix = make(seed, MOST_STOPS)
    travel = Travel(problem, matrix)
    began = time.monotonic()
    proof = exact.propose(problem, travel, Budget(time_limit=PROOF_SECONDS), lambda _: None, lambda: False)
    proof_seconds, began = time.monotonic() - began, time.monotonic()
    budget = Budget(time_limit=10 * PROOF_SECONDS, iteration_limit=iterations)
    found = solve.propose(problem, travel, budget, lambda _: None, lambda: False)
    search_seconds = time.monotonic() - began
    best, searched = (schedule(problem, travel, outcome.proposal) for outcome in (proof, found))
    return Row(
        kind=kind,
        seed=seed,
        stops=len(problem.stops),
        vehicles=len(problem.vehicles),
        iterations=iterations,
        proven=proof.stopped_by is StoppedBy.OPTIMAL,
        missing=_missing(best),
        cost=best.cost.total,
        proof_seconds=round(proof_seconds, 2),
        searched_missing=_missing(searched),
        searched_cost=searched.cost.total,
        search_seconds=round(search_seconds, 2),
        violations=_violations(problem, matrix, (best, searched)),
    )


def _missing(plan: Plan) -> int:
    return sum(entry.penalty is None for entry in plan.unserved)


def _violations(problem: Problem, matrix: TravelMatrix, plans: Iterable[Plan]) -> int:
    return sum(len(check(problem, matrix, plan)) for plan in plans)


def verdict(rows: Sequence[Row]) -> list[str]:
    """Return how the bars are met, in lines."""
    proven = [row for row in rows if row.proven]
    optimal, below = [row for row in proven if row.is_optimal], [row for row in rows if row.is_below]
    slowest = max(rows, key=lambda row: row.proof_seconds)
    missed = [f"{row.kind} {row.seed} (+{_gap(row)})" for row in proven if not row.is_optimal]
    return [
        f"Proven within {PROOF_SECONDS:.0f} s: {len(proven)} of {len(rows)}, the slowest in "
        f"{slowest.proof_seconds:.1f} s ({slowest.kind} {slowest.seed}, {slowest.stops} stops).",
        f"The search's plan is the best there is in {len(optimal)} of {len(proven)}, "
        f"{len(optimal) / max(len(proven), 1):.1%}; the bar is {SHARE:.0%}.",
        f"Not the best: {', '.join(missed) or 'none'}.",
        f"Better than what was proven best: {len(below)}. Violations: {sum(row.violations for row in rows)}.",
    ]


def _gap(row: Row) -> str:
    more = row.searched_missing - row.missing
    return f"{more} stops" if more else f"{100 * (row.searched_cost / row.cost - 1):.2f} %"


def meets_the_bar(rows: Sequence[Row]) -> bool:
    """Return whether everything is proven in time, nothing is below the proof, and the search is good enough."""
    sound = all(row.proven and not row.is_below and row.violations == 0 for row in rows)
    return sound and sum(row.is_optimal for row in rows) >= SHARE * len(rows)


def load(path: Path) -> dict[tuple[str, int, int], Row]:
    """Return the rows measured before."""
    rows = [Row(**row) for row in json.loads(path.read_text())["rows"]] if path.exists() else []
    return {row.key: row for row in rows}


def save(path: Path, rows: Sequence[Row]) -> None:
    """Write the rows as JSON and, beside it, what they say."""
    path.parent.mkdir(exist_ok=True)
    computer = machine()
    document = {"machine": computer, "rows": [asdict(row) for row in rows]}
    path.write_text(json.dumps(document, indent=1) + "\n")
    said = [
        "# Search against proof on tiny archipelagos",
        "",
        f"{len(rows)} instances of up to {MOST_STOPS} stops, {rows[0].iterations:,} rounds of the search, seed 1, one",
        "thread. Made by `python -m benchmarks.tiny`.",
        "",
        "Machine: " + "; ".join(f"{name} {value}" for name, value in computer.items()) + ".",
        "",
        *(f"- {line}" for line in verdict(rows)),
    ]
    path.with_suffix(".md").write_text("\n".join(said) + "\n")


def warm_up() -> None:
    """Load what is compiled before anything is timed."""
    problem, matrix = plain(0, MOST_STOPS)
    budget = Budget(time_limit=600.0, iteration_limit=1)
    solve.propose(problem, Travel(problem, matrix), budget, lambda _: None, lambda: False)


def main() -> None:
    """Run what is missing, and say how the bars are met."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--quick", action="store_true", help="every tenth instance")
    parser.add_argument("--fresh", action="store_true", help="measure again what was measured before")
    parser.add_argument("--iterations", type=int, default=ITERATIONS, help="rounds of the search")
    wanted = parser.parse_args()
    path = RESULTS / ("tiny_quick.json" if wanted.quick else "tiny.json")
    known = {} if wanted.fresh else load(path)
    step = 10 if wanted.quick else 1
    keys = [(kind, seed, wanted.iterations) for kind, (_, n) in MAKERS.items() for seed in range(0, n, step)]
    warm_up()
    for number, key in enumerate(keys, 1):
        if key not in known:
            known[key] = measure(*key)
        if number % 20 == 0 or number == len(keys):
            save(path, [known[key] for key in keys if key in known])
            print(f"{number} of {len(keys)}", flush=True)
    rows = [known[key] for key in keys]
    print("\n".join(verdict(rows)))
    sys.exit(0 if meets_the_bar(rows) else 1)


if __name__ == "__main__":
    main()

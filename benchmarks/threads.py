"""Do two threads for 15 s reach what one reaches in 25 s? ``python -m benchmarks.threads``, some 20 minutes.

On the instances of Gehring and Homberger with 400 stops, seed 1. Needs two cores that do nothing else.
"""

import argparse
import statistics
from pathlib import Path

from benchmarks.quality.evaluate import evaluate
from benchmarks.quality.machine import this_machine
from benchmarks.quality.vrptw import Vrptw, size
from benchmarks.solomon import read_solomon, read_solomon_case
from router.domain.search import Budget
from router.solver.solve import propose
from router.travel.travel import Travel

CHECKOUT = Path(__file__).parents[1]
RESULT = CHECKOUT / "benchmarks" / "results" / "threads.md"
INSTANCES = CHECKOUT.parent / "shared" / "instances" / "vrptw"
STOPS = 400
ONE, TWO = (1, 25.0), (2, 15.0)


def gap(path: Path, best: float, threads: int, seconds: float) -> float:
    """Return the distance over the best known one, in percent."""
    problem, matrix = read_solomon(path)
    budget = Budget(time_limit=seconds, seed=1, threads=threads)
    outcome = propose(problem, Travel(problem, matrix), budget, lambda _: None, lambda: False)
    routes = [[int(stop) for stop in route.stop_ids()] for route in outcome.proposal.routes]
    verdict = evaluate(read_solomon_case(path), routes)
    if verdict.faults:
        raise RuntimeError(f"{path.stem}: {verdict.faults[0]}")
    return 100 * (verdict.distance - best) / best


def main() -> None:
    """Measure, print and write the table."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.threads", description=__doc__)
    parser.add_argument("--data", type=Path, default=INSTANCES, help="folder of the instances")
    parser.add_argument("--every", type=int, default=1, help="take only every so many-th instance")
    said = parser.parse_args()
    suite = Vrptw(said.data)
    names = [name for name in suite.instances() if size(name) == STOPS][:: said.every]
    lines = [
        "# One thread and two",
        "",
        f"Gap to the best known distance in percent, seed 1, {this_machine().name}.",
        "",
        "| instance | 1 thread, 25 s | 2 threads, 15 s |",
        "| --- | --- | --- |",
    ]
    found: list[tuple[float, float]] = []
    for name in names:
        best = suite.best_known[name]
        one, two = (gap(said.data / f"{name}.txt", best, *mode) for mode in (ONE, TWO))
        found.append((one, two))
        lines.append(f"| {name} | {one:.2f} | {two:.2f} |")
        print(lines[-1], flush=True)
    means = [statistics.mean(column) for column in zip(*found, strict=True)]
    lines.append(f"| **mean of {len(found)}** | **{means[0]:.3f}** | **{means[1]:.3f}** |")
    print(lines[-1])
    RESULT.write_text("\n".join(lines) + "\n")


if __name__ == "__main__":
    main()

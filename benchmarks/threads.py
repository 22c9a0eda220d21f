"""Do two threads for 15 s reach what one reaches in 25 s? ``python -m benchmarks.threads``, some 20 minutes.

On the instances of Gehring and Homberger with 400 stops, seed 1. Needs two cores that do nothing else. Cut short, it
goes on where it was; what was measured stays in the table.
"""

import argparse
import statistics
from collections.abc import Mapping
from pathlib import Path

from benchmarks.quality.engines import own_version
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


def head() -> list[str]:
    """Return what stands above the rows: results are taken up again only under the same words."""
    return [
        "# One thread and two",
        "",
        f"Gap to the best known distance in percent, seed 1, {this_machine().name}, Selat {own_version()}.",
        "",
        "| instance | 1 thread, 25 s | 2 threads, 15 s |",
        "| --- | --- | --- |",
    ]


def kept() -> dict[str, tuple[float, float]]:
    """Return what was measured before, if it was on this machine and of this version."""
    lines = RESULT.read_text().splitlines() if RESULT.exists() else []
    if lines[: len(head())] != head():
        return {}
    rows = [line.strip("| ").split(" | ") for line in lines[len(head()) :] if "**" not in line]
    return {name: (float(one), float(two)) for name, one, two in rows}


def write(found: Mapping[str, tuple[float, float]]) -> str:
    """Write the table and return its last line, the means."""
    means = [statistics.mean(column) for column in zip(*found.values(), strict=True)]
    rows = [f"| {name} | {one:.3f} | {two:.3f} |" for name, (one, two) in found.items()]
    last = f"| **mean of {len(found)}** | **{means[0]:.3f}** | **{means[1]:.3f}** |"
    RESULT.write_text("\n".join([*head(), *rows, last]) + "\n")
    return last


def main() -> None:
    """Measure what is not there yet, print and write the table after each instance."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.threads", description=__doc__)
    parser.add_argument("--data", type=Path, default=INSTANCES, help="folder of the instances")
    parser.add_argument("--every", type=int, default=1, help="take only every so many-th instance")
    said = parser.parse_args()
    suite = Vrptw(said.data)
    found = kept()
    for name in [name for name in suite.instances() if size(name) == STOPS][:: said.every]:
        if name not in found:
            best = suite.best_known[name]
            one, two = (gap(said.data / f"{name}.txt", best, *mode) for mode in (ONE, TWO))
            found[name] = one, two
            print(f"{name}: {one:.3f} {two:.3f}", flush=True)
            write(found)
    print(write(found))


if __name__ == "__main__":
    main()

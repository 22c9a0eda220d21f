"""How the search grows: ``python -m benchmarks.scale``, about three minutes.

Archipelagos of five islands with 500 to 10,000 stops: seconds to the first plan that holds, rounds a second once it
stands, and the most memory. Each size has a process of its own.
"""

import argparse
import resource
import subprocess
import sys
import time
from pathlib import Path

from benchmarks.archipelagos import sized
from benchmarks.quality.machine import this_machine
from benchmarks.reading import read
from router.domain.search import Budget
from router.solver.search import Search

SIZES = (500, 1_000, 5_000, 10_000)
SEARCH_SECONDS = 20.0
MIB_IN_KIB = 1024
RESULT = Path(__file__).parent / "results" / "scale.md"


def measure(stops: int) -> str:
    """Return one row of the table."""
    instance = read(sized(stops, seed=1))
    begun = time.monotonic()
    budget = Budget(time_limit=1e6, seed=1)
    search = Search.begin(instance.problem, instance.travel, budget, lambda _: None, lambda: False)
    first = time.monotonic() - begun
    before, begun = search.chain.iterations, time.monotonic()
    while (took := time.monotonic() - begun) < SEARCH_SECONDS:
        search.chain.run(200, 0.1 * search.arc, search.arc)
    speed = (search.chain.iterations - before) / took
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / MIB_IN_KIB
    served = stops - search.chain.best_absent
    return f"| {stops:,} | {first:.2f} | {served:,} | {speed:,.0f} | {memory:,.0f} |"


def main() -> None:
    """Measure every size in a process of its own, print and write the table."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.scale", description=__doc__)
    parser.add_argument("--stops", type=int, help="measure only this size, here")
    said = parser.parse_args()
    if said.stops is not None:
        print(measure(said.stops))
        return
    lines = [
        "# Scale",
        "",
        f"Five islands, seed 1, {this_machine().name}; matrices are made before the clock runs.",
        f"Speed over {SEARCH_SECONDS:.0f} s.",
        "",
        "| stops | first plan, s | served | rounds a second | most memory, MiB |",
        "| --- | --- | --- | --- | --- |",
    ]
    for stops in SIZES:
        command = [sys.executable, "-m", "benchmarks.scale", "--stops", str(stops)]
        done = subprocess.run(command, capture_output=True, text=True, check=True)
        lines.append(done.stdout.strip())
        print(lines[-1], flush=True)
    RESULT.write_text("\n".join(lines) + "\n")


if __name__ == "__main__":
    main()

"""OR-Tools' routing model with boarding nodes on an archipelago, started from a greedy plan."""

from benchmarks.quality.runners.archipelago import run
from router.solver.routing import propose

if __name__ == "__main__":
    run(propose)

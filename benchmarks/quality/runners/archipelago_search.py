"""Our own search on an archipelago. It compiles before the clock starts, as the service's fork server does."""

from benchmarks.quality.runners.archipelago import run
from router.solver.solve import propose
from router.solver.warm import warm

if __name__ == "__main__":
    warm()
    run(propose)

"""Our own search. It compiles before the clock starts, as the service's fork server does."""

import router
from benchmarks.quality.as_problem import as_problem
from benchmarks.quality.runners.protocol import Runner
from router.domain.search import Budget
from router.solver.solve import propose
from router.solver.warm import warm
from router.travel.travel import Travel


def main() -> None:
    """Solve the case on standard input."""
    warm()
    runner = Runner.begin(router.__version__)
    problem, matrix = as_problem(runner.orders.case)
    budget = Budget(time_limit=runner.left(), seed=runner.orders.seed)
    outcome = propose(
        problem,
        Travel(problem, matrix),
        budget,
        lambda incumbent: runner.tell(incumbent.cost),
        lambda: False,
    )
    runner.answer([[int(stop) for stop in route.stop_ids()] for route in outcome.proposal.routes])


if __name__ == "__main__":
    main()

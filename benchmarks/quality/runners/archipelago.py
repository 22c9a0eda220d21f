"""An archipelago as our own engines solve it: the request in, orders and sailings out."""

from collections.abc import Callable

import router
from benchmarks.quality.runners.protocol import Runner
from benchmarks.reading import read
from router.domain.problem import Problem
from router.domain.proposal import Action, Boarding, Reload
from router.domain.search import Budget, Incumbent, Outcome
from router.travel.travel import Travel

Propose = Callable[[Problem, Travel, Budget, Callable[[Incumbent], None], Callable[[], bool]], Outcome]


def run(propose: Propose) -> None:
    """Solve the request on standard input."""
    runner = Runner.begin(router.__version__)
    instance = read(runner.orders.case["request"])
    budget = Budget(time_limit=runner.left(), seed=runner.orders.seed)
    outcome = propose(
        instance.problem,
        instance.travel,
        budget,
        lambda incumbent: runner.tell(incumbent.cost),
        lambda: False,
    )
    runner.answer(
        [
            {"vehicle": route.vehicle_id, "actions": [_told(action) for action in route.actions]}
            for route in outcome.proposal.routes
        ]
    )


def _told(action: Action) -> list[str]:
    if isinstance(action, Reload):
        return ["reload"]
    return ["board", action.sailing_id] if isinstance(action, Boarding) else ["visit", action.stop_id]

"""OR-Tools' routing model with boarding nodes behind the solver port: the plain way, kept to compare with."""

import time
from collections import Counter
from collections.abc import Callable
from math import ceil

from ortools.constraint_solver import pywrapcp
from ortools.constraint_solver.routing_enums_pb2 import LocalSearchMetaheuristic
from ortools.constraint_solver.routing_parameters_pb2 import RoutingSearchParameters

from router.domain.fleet import Vehicle
from router.domain.plan import StoppedBy
from router.domain.problem import Problem
from router.domain.proposal import Boarding, Proposal
from router.domain.search import Budget, Incumbent, Outcome
from router.domain.units import Money
from router.errors import SolverError
from router.solver.greedy import cost_of_proposal, greedy
from router.solver.routing.answers import crosses_soundly, node_routes, read
from router.solver.routing.model import RoutingModel
from router.solver.routing.nodes import Nodes
from router.solver.routing.scope import require_in_scope
from router.solver.timeline import departure, last_return
from router.travel.travel import Travel

ENGINE = "routing"

TELL_SECONDS = 0.5
"""Least time between two incumbents told."""

ASK_SECONDS = 0.05
"""Least time between two questions whether to stop."""


def propose(
    problem: Problem,
    travel: Travel,
    budget: Budget,
    on_incumbent: Callable[[Incumbent], None],
    should_stop: Callable[[], bool],
) -> Outcome:
    """Improve a greedy plan by guided local search until the budget is spent (see ``ports.Solver``).

    The search starts from a plan because by itself it never boards a ferry: the crossing out, the stops
    behind it and the crossing back would have to enter a route in one move. An iteration is a neighbour of a
    plan that the local search looks at. The seed of the budget changes nothing: nothing is left to chance.

    Raises:
        SolverError: the problem asks for something that the model does not know.
    """
    require_in_scope(problem)
    progress = _Progress(budget, on_incumbent, should_stop)
    first = greedy(problem, travel)
    progress.tell(first, _worth(problem, travel, first)[1])
    able = [number for number, vehicle in enumerate(problem.vehicles) if _can_leave(problem, vehicle)]
    if not problem.stops or not able:
        return progress.outcome(StoppedBy.OPTIMAL)
    if progress.time_left() > 0 and budget.iteration_limit != 0:
        boardings = Counter(a.sailing_id for r in first.routes for a in r.actions if isinstance(a, Boarding))
        model = RoutingModel(problem, travel, Nodes.of(problem, travel, able, boardings), able)
        _improve(model, travel, first, progress)
    return progress.outcome()


def _can_leave(problem: Problem, vehicle: Vehicle) -> bool:
    begin, end = departure(problem, vehicle), last_return(problem, vehicle)
    return begin is not None and end is not None and begin <= end


def _improve(model: RoutingModel, travel: Travel, first: Proposal, progress: "_Progress") -> None:
    """Search from the first plan on, telling every plan that is better when its waiting is paid for as well."""
    routing, problem = model.routing, model.problem
    least: int | None = None
    best = _worth(problem, travel, first)

    def at_solution() -> None:
        nonlocal least, best
        objective = routing.CostVar().Value()
        if least is not None and objective >= least:
            return
        proposal = read(model)
        if crosses_soundly(model, travel, proposal):
            least = objective
            worth = _worth(problem, travel, proposal)
            if worth < best:
                best = worth
                progress.tell(proposal, worth[1])

    routing.AddAtSolutionCallback(at_solution)
    routing.AddSearchMonitor(routing.solver().CustomLimit(progress.is_over))
    routing.CloseModelWithParameters(_parameters(progress))
    start = routing.ReadAssignmentFromRoutes(node_routes(model, first), True)  # noqa: FBT003
    if start is None and progress.time_left() <= 0:
        return
    if start is None:
        raise SolverError("the routing model refuses the greedy plan")
    progress.begin()
    routing.SolveFromAssignmentWithParameters(start, _parameters(progress))


def _worth(problem: Problem, travel: Travel, proposal: Proposal) -> tuple[int, Money]:
    """Return what plans compare by: required stops left out, then cost."""
    served = proposal.served()
    left_out = sum(stop.required and stop.id not in served for stop in problem.stops)
    return left_out, cost_of_proposal(problem, travel, proposal)


def _parameters(progress: "_Progress") -> RoutingSearchParameters:
    parameters = pywrapcp.DefaultRoutingSearchParameters()
    parameters.local_search_metaheuristic = LocalSearchMetaheuristic.GUIDED_LOCAL_SEARCH
    parameters.time_limit.FromMilliseconds(max(1, ceil(1000 * progress.time_left())))
    return parameters


class _Progress:
    """Counts iterations, keeps the best plan and says when the search is over."""

    def __init__(
        self, budget: Budget, on_incumbent: Callable[[Incumbent], None], should_stop: Callable[[], bool]
    ) -> None:
        self._budget, self._on_incumbent, self._should_stop = budget, on_incumbent, should_stop
        self._started = time.monotonic()
        self._told = self._asked = 0.0
        self._iterations, self._begun, self._cancelled = 0, False, False
        self._best = Proposal()

    def time_left(self) -> float:
        """Return how many seconds of the budget are left."""
        return self._budget.time_limit - (time.monotonic() - self._started)

    def begin(self) -> None:
        """Count from now on; what came before only read the first plan."""
        self._begun = True

    def tell(self, proposal: Proposal, cost: Money) -> None:
        """Keep a better plan, and pass it on unless another went out a moment ago."""
        self._best = proposal
        elapsed = time.monotonic() - self._started
        if self._told and elapsed < self._told + TELL_SECONDS:
            return
        self._told = elapsed
        self._on_incumbent(
            Incumbent(
                proposal=proposal,
                cost=cost,
                served=len(proposal.served()),
                iterations=self._iterations,
                elapsed_seconds=elapsed,
            )
        )

    def is_over(self) -> bool:
        """Count a neighbour, and return whether the search is to stop."""
        if not self._begun:
            return False
        self._iterations += 1
        now = time.monotonic()
        if now >= self._asked + ASK_SECONDS:
            self._asked = now
            self._cancelled = self._cancelled or self._should_stop()
        return self._cancelled or self._iterations_spent()

    def outcome(self, stopped_by: StoppedBy | None = None) -> Outcome:
        """Return the best plan, and what ended the search if it was not the one given."""
        if stopped_by is None and self._cancelled:
            stopped_by = StoppedBy.CANCELLED
        elif stopped_by is None:
            stopped_by = StoppedBy.ITERATION_LIMIT if self._iterations_spent() else StoppedBy.TIME_LIMIT
        return Outcome(proposal=self._best, iterations=self._iterations, stopped_by=stopped_by, engine=ENGINE)

    def _iterations_spent(self) -> bool:
        limit = self._budget.iteration_limit
        return limit is not None and self._iterations >= limit

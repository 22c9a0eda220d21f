"""One run of CP-SAT that can be stopped and that tells what it finds, all in the thread of the caller."""

import queue
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass

from ortools.sat.python import cp_model

from router.domain.plan import StoppedBy
from router.domain.proposal import Proposal
from router.domain.search import Budget
from router.errors import SolverError
from router.solver.exact.model import Model
from router.solver.exact.plans import read

SECONDS_BETWEEN_LOOKS = 0.02
"""How long the thread of the caller sleeps before it looks for news and asks whether to stop."""

Found = tuple[Proposal, float]
"""A plan with its objective."""


@dataclass(slots=True)
class Allowance:
    """What is left of a budget. An iteration is a conflict of CP-SAT."""

    budget: Budget
    should_stop: Callable[[], bool]
    started: float
    iterations: int = 0
    cancelled: bool = False

    def elapsed(self) -> float:
        """Return the seconds since the beginning."""
        return time.monotonic() - self.started

    def is_over(self) -> bool:
        """Return whether the time is up or somebody wants an end."""
        self.cancelled = self.cancelled or self.should_stop()
        return self.cancelled or self.elapsed() >= self.budget.time_limit

    def stopped_by(self) -> StoppedBy:
        """Return what ended a search that proved nothing."""
        if self.cancelled:
            return StoppedBy.CANCELLED
        over = self.elapsed() >= self.budget.time_limit
        return (
            StoppedBy.TIME_LIMIT if over or self.budget.iteration_limit is None else StoppedBy.ITERATION_LIMIT
        )

    def solver(self) -> cp_model.CpSolver:
        """Return a solver that takes no more than what is left."""
        solver = cp_model.CpSolver()
        # Several workers share what they find as it comes: nothing that could be repeated.
        repeatable = self.budget.iteration_limit is not None
        solver.parameters.num_workers = 1 if repeatable else self.budget.threads
        solver.parameters.random_seed = self.budget.seed
        solver.parameters.max_time_in_seconds = max(self.budget.time_limit - self.elapsed(), 0.001)
        if self.budget.iteration_limit is not None:
            solver.parameters.max_number_of_conflicts = max(self.budget.iteration_limit - self.iterations, 0)
        # On models so small both take longer than what they save.
        solver.parameters.cp_model_probing_level = 0
        solver.parameters.symmetry_level = 0
        # Times in the linear relaxation mean nothing: followed, they improve plans by one second each time.
        solver.parameters.exploit_integer_lp_solution = False
        solver.parameters.exploit_all_lp_solution = False
        return solver


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What a run ends with.

    Attributes:
        proposal: The best plan found, or ``None``.
        bound: No plan has a smaller objective.
        proven: Whether the best plan has none better, or there is none at all.
    """

    proposal: Proposal | None
    bound: float
    proven: bool


def run(model: Model, allowance: Allowance, tell: Callable[[Found], None]) -> Answer:
    """Return the best solution of a model; ``tell`` hears of every better one.

    CP-SAT works in a thread of its own: nothing of the caller's is ever called from another thread.

    Raises:
        SolverError: CP-SAT gave up.
    """
    solver = allowance.solver()
    found: queue.SimpleQueue[Found] = queue.SimpleQueue()
    statuses: list[object] = []
    listener = _Listener(model, found)
    work = threading.Thread(target=lambda: statuses.append(solver.solve(model.cp, listener)), daemon=True)
    work.start()
    best: Proposal | None = None
    running = True
    while running:
        work.join(SECONDS_BETWEEN_LOOKS)
        running = work.is_alive()
        while not found.empty():
            best, objective = found.get()
            tell((best, objective))
        if running and allowance.is_over():
            solver.stop_search()
    if not statuses or statuses[0] == cp_model.MODEL_INVALID:
        raise SolverError("CP-SAT broke off or refused the model")
    allowance.iterations += solver.num_conflicts
    proven = statuses[0] in (cp_model.OPTIMAL, cp_model.INFEASIBLE)
    return Answer(proposal=best, bound=solver.best_objective_bound, proven=proven)


class _Listener(cp_model.CpSolverSolutionCallback):
    """Hands every solution over to the thread of the caller."""

    def __init__(self, model: Model, found: "queue.SimpleQueue[Found]") -> None:
        super().__init__()
        self._model, self._found = model, found

    def on_solution_callback(self) -> None:
        """Read the solution that CP-SAT has just found."""
        self._found.put((read(self._model, self.boolean_value), self.objective_value))

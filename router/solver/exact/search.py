"""CP-SAT over the whole model: proves which plan of a small problem is best."""

import math
import time
from collections.abc import Callable
from dataclasses import replace

from ortools.sat.python import cp_model

from router.domain.plan import StoppedBy
from router.domain.problem import Problem
from router.domain.proposal import Proposal
from router.domain.search import Budget, Incumbent, Outcome
from router.domain.units import Money
from router.solver.exact.bound import Bound
from router.solver.exact.build import build
from router.solver.exact.cost import cost_of
from router.solver.exact.model import Model
from router.solver.exact.plans import hint
from router.solver.exact.solver import Allowance, Answer, Found, run
from router.solver.solve import propose as search
from router.travel.travel import Travel

ENGINE = "exact"

FIRST_ITERATIONS = 2_000
"""How long the search looks for the plan that CP-SAT starts from: some hundredths of a second."""

FIRST_SHARE = 0.2
"""It takes no more than this share of the time."""

BOUND_SHARE = 0.1
"""The bounds are worked out where that takes no more than this share of the time."""

CENT = 0.01
"""Costs that differ by less are the same."""

TELL_SECONDS = 0.5
"""Least time between two incumbents told."""


def propose(
    problem: Problem,
    travel: Travel,
    budget: Budget,
    on_incumbent: Callable[[Incumbent], None],
    should_stop: Callable[[], bool],
) -> Outcome:
    """Find the best plan and prove it, or the best within the budget (see ``ports.Solver``).

    An iteration is a conflict of CP-SAT: with a limit of iterations and a seed the same plan is found on any
    machine. ``is_small`` says for which problems there is hope of a proof.
    """
    allowance = Allowance(budget, should_stop, time.monotonic())
    first = search(problem, travel, _first_budget(budget), on_incumbent, should_stop)
    model = build(problem, travel)
    teller = _Teller(allowance, on_incumbent)
    limits = Bound(model) if Bound.seconds(model) < BOUND_SHARE * budget.time_limit else None
    if limits is not None and _is_best(problem, first, limits):
        return teller.outcome(first.proposal, StoppedBy.OPTIMAL, first.cost)
    best, fewest_known = _serve_required(model, allowance, first.proposal, limits)
    if not fewest_known:
        return teller.outcome(best, allowance.stopped_by())
    if limits is not None and best == first.proposal and first.cost is not None:
        _leave_out_what_is_too_dear(model, limits, _missing(problem, best), first.cost + CENT)
    hint(model, best)
    objective, scale = cost_of(model)
    model.cp.minimize(objective)
    teller.factor = scale.factor
    answer = run(model, allowance, teller.tell)
    bound = Money(max(answer.bound / scale.factor - scale.error, 0.0))
    stopped_by = StoppedBy.OPTIMAL if answer.proven else allowance.stopped_by()
    # Where many plans cost the same, that of the search is home earliest.
    as_good = best == first.proposal and first.cost is not None and first.cost <= teller.least + CENT
    return teller.outcome(best if as_good or answer.proposal is None else answer.proposal, stopped_by, bound)


def _first_budget(budget: Budget) -> Budget:
    return replace(budget, iteration_limit=FIRST_ITERATIONS, time_limit=FIRST_SHARE * budget.time_limit)


def _missing(problem: Problem, proposal: Proposal) -> int:
    """Return how many required stops a plan leaves out."""
    served = proposal.served()
    return sum(stop.required and stop.id not in served for stop in problem.stops)


def _is_best(problem: Problem, first: Outcome, limits: Bound) -> bool:
    """Return whether no plan can be better than that of the search."""
    missing = _missing(problem, first.proposal)
    return first.cost is not None and missing == limits.fewest and first.cost <= limits.least(missing) + CENT


def _leave_out_what_is_too_dear(model: Model, limits: Bound, missing: int, limit: float) -> None:
    """Take out of the model whatever is in no plan that costs no more than ``limit``."""
    for node in limits.must_serve(missing, limit):
        model.cp.add(model.missing[node - 1] == 0)
    for kind, node in limits.too_dear(missing, limit):
        for driver, own in zip(model.fleet, model.type_of, strict=True):
            if own == kind and node in driver.visits:
                model.cp.add(driver.visits[node] == 0)


def _serve_required(
    model: Model, allowance: Allowance, first: Proposal, limits: Bound | None
) -> tuple[Proposal, bool]:
    """Bind the model to leave out no more required stops than must be; return a plan that does.

    Also returned is whether that number is proven; if not, the model is as it was. Most often the search leaves out
    no more than the bound says must be, and there is nothing to prove.
    """
    required = [x for stop, x in zip(model.problem.stops, model.missing, strict=True) if stop.required]
    if not required:
        return first, True
    left_out = cp_model.LinearExpr.sum(required)
    missing = _missing(model.problem, first)
    if missing == 0 or (limits is not None and missing == limits.fewest):
        model.cp.add(left_out <= missing)
        return first, True
    told: list[float] = []
    hint(model, first)
    model.cp.minimize(left_out)
    answer: Answer = run(model, allowance, lambda found: told.append(found[1]))
    model.cp.clear_objective()  # type: ignore[no-untyped-call]
    if not answer.proven or answer.proposal is None:
        return answer.proposal or first, False
    model.cp.add(left_out <= round(told[-1]))
    return answer.proposal, True


class _Teller:
    """Tells incumbents, not too often, and writes the outcome."""

    def __init__(self, allowance: Allowance, on_incumbent: Callable[[Incumbent], None]) -> None:
        self.factor = 1.0
        self.least = math.inf
        self._allowance, self._on_incumbent = allowance, on_incumbent
        self._told_at = -TELL_SECONDS

    def tell(self, found: Found) -> None:
        """Pass a better plan on, unless another went out a moment ago."""
        proposal, objective = found
        self.least = min(self.least, objective / self.factor)
        elapsed = self._allowance.elapsed()
        if elapsed < self._told_at + TELL_SECONDS:
            return
        self._told_at = elapsed
        self._on_incumbent(
            Incumbent(
                proposal=proposal,
                cost=Money(objective / self.factor),
                served=len(proposal.served()),
                iterations=self._allowance.iterations,
                elapsed_seconds=elapsed,
            )
        )

    def outcome(self, proposal: Proposal, stopped_by: StoppedBy, bound: Money | None = None) -> Outcome:
        """Return what the search ends with."""
        return Outcome(
            proposal=proposal,
            iterations=self._allowance.iterations,
            stopped_by=stopped_by,
            engine=ENGINE,
            lower_bound=bound,
        )

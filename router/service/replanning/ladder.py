"""How little has to change: the rest of the day is solved three times, each time with more freedom.

First every stop stays with its vehicle, then only those of vehicles that can go on as planned, at last none does.
Of what comes out the best is taken, where every stop that changes hands is weighed with the cost of a change. Where
nobody says what that is, a plan that takes many stops from undisturbed vehicles is the last to be taken.
"""

import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace

from router.checking import check
from router.domain.ids import StopId, VehicleId
from router.domain.plan import Plan, StoppedBy, StopStep
from router.domain.proposal import Proposal
from router.domain.search import Budget, Outcome
from router.domain.units import Money
from router.domain.violations import Violation
from router.errors import PlanRejected, SolverError
from router.ports import Solver
from router.scheduling import schedule
from router.service.replanning.day import Day
from router.service.replanning.disturbance import disturbed_vehicles
from router.service.replanning.habit import as_planned
from router.service.replanning.homecoming import without_a_way_home
from router.service.replanning.joining import joined
from router.service.replanning.out import Terms
from router.service.replanning.rest import Rest, rest_of
from router.travel.matrix import TravelMatrix
from router.travel.travel import Travel

LEAST_SECONDS = 0.05

SHARES = (0.4, 0.5, 1.0)
"""How much of the time that is left each of the three may take."""

LEAST_KEPT = 0.95
"""Share of the stops of undisturbed vehicles that stay with them, where nobody says what a change costs."""

ENGINE_OF_HABIT = "as planned"


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """A way to go on.

    Attributes:
        plan: Of the whole day, without reasons; the referee has nothing against it.
        to_come: Of the rest of the day.
        rank: What plans compare by, less is better: required stops left out, whether undisturbed vehicles lose more
            than they may, then the cost with that of changes.
        moved: How many stops another vehicle serves than before.
    """

    plan: Plan
    to_come: Plan
    stranded: frozenset[VehicleId]
    rank: tuple[int, bool, float]
    moved: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Climbed:
    """The best way to go on, and how it was found."""

    best: Candidate
    iterations: int
    stopped_by: StoppedBy
    engine: str


class Ladder:
    """The three searches, and what they have in common."""

    def __init__(
        self,
        day: Day,
        roads: TravelMatrix,
        change_cost: Money,
        solver: Solver,
        should_stop: Callable[[], bool],
        *,
        least_kept: float = LEAST_KEPT,
    ) -> None:
        """Take all but the budget; ``least_kept`` is the share of stops that undisturbed vehicles keep."""
        self._day, self._roads, self._change_cost = day, roads, change_cost
        self._solver, self._should_stop = solver, should_stop
        self._was_served_by = served_by(day.history.before)
        disturbed = disturbed_vehicles(day)
        self._of_undisturbed = {
            stop_id: vehicle_id
            for stop_id, vehicle_id in self._was_served_by.items()
            if vehicle_id not in disturbed
        }
        self._least_kept = least_kept * len(self._of_undisturbed)

    def climb(self, budget: Budget, tell: Callable[[Candidate], None]) -> Climbed:
        """Return the best way to go on; ``tell`` hears of it whenever it gets better.

        Raises:
            SolverError: a search failed, and there is no way to go on without it.
            PlanRejected: the referee has something against every plan.
        """
        ends_at = time.monotonic() + budget.time_limit
        found: list[Candidate] = []
        objections: list[Violation] = []
        last, iterations = (
            Outcome(
                proposal=Proposal(), iterations=0, stopped_by=StoppedBy.TIME_LIMIT, engine=ENGINE_OF_HABIT
            ),
            0,
        )
        stranded: frozenset[VehicleId] | None = None
        for kept, share in zip(self._freedoms(), SHARES, strict=True):
            if stranded is None:
                stranded, habit = self._settled(kept)
                self._judge(habit, kept, stranded, found, objections)
            rest, travel = self._rest(kept, stranded)
            best = min(found, key=_rank, default=None)
            seconds = max((ends_at - time.monotonic()) * share, LEAST_SECONDS)
            spending = replace(budget, time_limit=seconds, start_from=None if best is None else best.to_come)
            try:
                last = self._solver.propose(rest.problem, travel, spending, lambda _: None, self._should_stop)
            except SolverError:
                if not found:
                    raise
                break  # there is a way to go on: better than none
            iterations += last.iterations
            self._judge(schedule(rest.problem, travel, last.proposal), kept, stranded, found, objections)
            better = min(found, key=_rank, default=None)
            if better is not None and better is not best:
                tell(better)
            if self._should_stop():
                break
        if not found:
            raise PlanRejected(objections)
        return Climbed(
            best=min(found, key=_rank),
            iterations=iterations,
            stopped_by=last.stopped_by,
            engine=last.engine,
        )

    def everything_free(self, stranded: frozenset[VehicleId]) -> tuple[Rest, Travel]:
        """Return the rest of the day as it is without a thought of who served what."""
        return self._rest({}, stranded)

    def _rest(self, kept: Mapping[StopId, VehicleId], stranded: frozenset[VehicleId]) -> tuple[Rest, Travel]:
        rest = rest_of(self._day, Terms(kept=kept, stranded=stranded))
        return rest, Travel(rest.problem, rest.matrix(self._roads))

    def _settled(self, kept: Mapping[StopId, VehicleId]) -> tuple[frozenset[VehicleId], Plan]:
        """Return who cannot come home, and how all others go on without a thought."""
        stranded = without_a_way_home(self._day, *self._rest(kept, frozenset()))
        while True:
            habit = as_planned(self._day, *self._rest(kept, stranded))
            if habit.lost <= stranded:
                return stranded, habit.plan
            stranded |= habit.lost

    def _freedoms(self) -> Iterator[dict[StopId, VehicleId]]:
        """Yield which stops stay with whom: all that can, those of undisturbed vehicles, none."""
        history = self._day.history
        stays = {
            stop_id: vehicle_id
            for stop_id, vehicle_id in self._was_served_by.items()
            if vehicle_id not in history.dropped
        }
        yield stays
        yield self._of_undisturbed
        yield {}

    def _judge(
        self,
        to_come: Plan,
        kept: Mapping[StopId, VehicleId],
        stranded: frozenset[VehicleId],
        found: list[Candidate],
        objections: list[Violation],
    ) -> None:
        """Add a plan for the rest of the day to those found, or what the referee says to the objections."""
        rest, _ = self._rest(kept, stranded)
        plan = joined(self._day, rest, to_come, stranded)
        if plan is None:
            return
        violations = check(self._day.problem, self._roads, plan, self._day.history)
        if violations:
            objections += violations
            return
        now = served_by(plan)
        moved = sum(self._was_served_by.get(stop_id, vehicle) != vehicle for stop_id, vehicle in now.items())
        stayed = sum(now.get(stop_id) == vehicle for stop_id, vehicle in self._of_undisturbed.items())
        required = sum(entry.penalty is None for entry in plan.unserved)
        rank = required, stayed < self._least_kept, plan.cost.total + self._change_cost * moved
        found.append(Candidate(plan=plan, to_come=to_come, stranded=stranded, rank=rank, moved=moved))


def served_by(plan: Plan) -> dict[StopId, VehicleId]:
    """Return who serves what."""
    return {
        step.stop_id: route.vehicle_id
        for route in plan.routes
        for step in route.steps
        if isinstance(step, StopStep)
    }


def _rank(candidate: Candidate) -> tuple[int, bool, float]:
    return candidate.rank

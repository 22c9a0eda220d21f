"""The reasons for every stop that a proposal leaves out."""

from functools import cached_property

from router.domain.ids import StopId
from router.domain.plan import Reason, ReasonCode
from router.domain.problem import Problem, Stop
from router.domain.proposal import Proposal
from router.solver.explain.alone import Alone
from router.solver.explain.beside import Beside
from router.solver.explain.finding import reasons
from router.travel.travel import Travel


def explain(problem: Problem, travel: Travel, proposal: Proposal) -> dict[StopId, tuple[Reason, ...]]:
    """Return at least one reason for every stop that a possible proposal does not serve.

    A stop is first tried alone in each empty vehicle. For vehicles that could serve it alone, the cheapest
    place among the routes as they are is sought: between neighbours on the stop's land mass, wherever a
    route crosses the water anyway, and in empty vehicles. Stops already placed are not moved, and a route is
    not sent over the water and back to the same shore; the words of a reason claim no more than that.
    """
    served = proposal.served()
    clerk = _Clerk(problem, travel, proposal)
    return {stop.id: clerk.reasons_for(stop) for stop in problem.stops if stop.id not in served}


class _Clerk:
    """Explains one stop after the other; the routes are timed when first needed."""

    def __init__(self, problem: Problem, travel: Travel, proposal: Proposal) -> None:
        self._problem, self._travel, self._proposal = problem, travel, proposal
        self._alone = Alone(problem, travel)

    def reasons_for(self, stop: Stop) -> tuple[Reason, ...]:
        """Return why a stop is left out: first beside the others, then for vehicles that could not anyway."""
        if not self._problem.vehicles:
            return (Reason(code=ReasonCode.FLEET_FULL, vehicle_ids=(), detail="there is no vehicle at all"),)
        able = self._alone.able(stop)
        beside = self._beside.why_not(stop, able) if able else []
        return reasons([*beside, *self._alone.why_not(stop, able)])

    @cached_property
    def _beside(self) -> Beside:
        return Beside(self._problem, self._travel, self._proposal, self._alone.crossing_alone)

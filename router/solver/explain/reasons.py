"""The reasons for every stop that a proposal leaves out."""

from collections.abc import Sequence
from functools import cached_property

from router.domain.fleet import Vehicle
from router.domain.ids import ShipmentId, StopId
from router.domain.plan import Reason, ReasonCode
from router.domain.problem import Problem, Stop
from router.domain.proposal import Proposal
from router.solver.explain.alone import Alone
from router.solver.explain.beside import Beside, Ends
from router.solver.explain.finding import Finding, reasons
from router.travel.travel import Travel

IN_DETAIL, PAIRS_IN_DETAIL = 50, 10
"""So many stops and shipments are tried in every route; the dearest of those that are left out."""


def explain(problem: Problem, travel: Travel, proposal: Proposal) -> dict[StopId, tuple[Reason, ...]]:
    """Return at least one reason for every stop that a possible proposal does not serve.

    A stop is first tried alone in each empty vehicle, then by each vehicle that could serve it alone at every place
    of its route, beside the others and on the decks that they leave. Stops already placed are not moved; the words of
    a reason claim no more than that. The ends of a shipment are tried together and have their reasons in common.
    """
    served = proposal.served()
    clerk = _Clerk(problem, travel, proposal)
    left_out = [stop for stop in problem.stops if stop.id not in served]
    return {stop.id: clerk.reasons_for(stop) for stop in _dearest_first(left_out)}


def _dearest_first(stops: Sequence[Stop]) -> list[Stop]:
    return sorted(stops, key=lambda stop: (not stop.required, -(stop.penalty or 0.0)))


class _Clerk:
    """Explains one stop after the other; the routes are timed when first needed."""

    def __init__(self, problem: Problem, travel: Travel, proposal: Proposal) -> None:
        self._problem, self._travel, self._proposal = problem, travel, proposal
        self._alone = Alone(problem, travel)
        self._shipments = {shipment.id: shipment for shipment in problem.shipments}
        self._told: dict[ShipmentId, tuple[Reason, ...]] = {}
        self._looked_at = 0

    def reasons_for(self, stop: Stop) -> tuple[Reason, ...]:
        """Return why a stop is left out: first beside the others, then for vehicles that could not anyway."""
        if not self._problem.vehicles:
            return (Reason(code=ReasonCode.FLEET_FULL, vehicle_ids=(), detail="there is no vehicle at all"),)
        if stop.shipment is None:
            able = self._alone.able(stop)
            return reasons([*self._why_not_beside((stop,), able), *self._alone.why_not(stop, able)])
        if stop.shipment not in self._told:
            self._told[stop.shipment] = self._shipment(stop.shipment)
        return self._told[stop.shipment]

    def _shipment(self, shipment_id: ShipmentId) -> tuple[Reason, ...]:
        shipment = self._shipments[shipment_id]
        pickup, dropoff = self._problem.stop(shipment.pickup), self._problem.stop(shipment.dropoff)
        able, unable = self._alone.able_pair(pickup, dropoff)
        return reasons([*self._why_not_beside((pickup, dropoff), able), *unable])

    def _why_not_beside(self, ends: Ends, able: Sequence[Vehicle]) -> list[tuple[Vehicle, Finding]]:
        if not able:
            return []
        self._looked_at += 1
        if self._beside.is_tired or self._looked_at > (IN_DETAIL if len(ends) == 1 else PAIRS_IN_DETAIL):
            words = "could be served alone; the dearest stops left out were looked for a place in every route"
            return [(vehicle, Finding(ReasonCode.FLEET_FULL, 0, words)) for vehicle in able]
        return self._beside.why_not(ends, able)

    @cached_property
    def _beside(self) -> Beside:
        return Beside(self._problem, self._travel, self._proposal)

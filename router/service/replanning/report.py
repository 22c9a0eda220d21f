"""What has changed and why, and why what is left out is left out."""

from collections.abc import Iterator, Mapping
from dataclasses import replace

from router.domain.changes import Change, ChangeReason, ReplanReport
from router.domain.ids import StopId, VehicleId
from router.domain.plan import Plan, Reason, ReasonCode
from router.domain.proposal import proposal_of
from router.domain.units import Money
from router.service.replanning.day import Day
from router.service.replanning.disturbance import disturbed_vehicles
from router.service.replanning.ladder import Candidate, Ladder, served_by
from router.solver.explain import explain

Why = tuple[ChangeReason, str]


def reported(day: Day, chosen: Candidate, of: str, change_cost: Money) -> ReplanReport:
    """Return how the chosen plan differs from the one before, whose id is ``of``."""
    stranded = () if chosen.plan.replan is None else chosen.plan.replan.stranded
    return ReplanReport(
        of=of,
        at=day.history.at,
        change_cost=change_cost,
        moved=chosen.moved,
        changes=tuple(_changes(day, chosen.plan)),
        stranded=stranded,
    )


def _changes(day: Day, plan: Plan) -> Iterator[Change]:
    before, now = served_by(day.history.before), served_by(plan)
    known = before.keys() | {entry.stop_id for entry in day.history.before.unserved}
    disturbed = disturbed_vehicles(day)
    for stop in day.problem.stops:
        was, is_now = before.get(stop.id), now.get(stop.id)
        is_new = stop.id not in known and stop.id not in day.history.withdrawn
        is_gone = stop.id in day.history.withdrawn and stop.id in known
        if was != is_now or is_new or is_gone:
            reason, detail = _why(day, stop.id, was, disturbed, is_new=is_new)
            yield Change(stop_id=stop.id, from_vehicle=was, to_vehicle=is_now, reason=reason, detail=detail)


def _why(
    day: Day, stop_id: StopId, was: VehicleId | None, disturbed: Mapping[VehicleId, Why], *, is_new: bool
) -> Why:
    if stop_id in day.history.withdrawn:
        return ChangeReason.STOP_REMOVED, "it is not asked for any more"
    if is_new:
        return ChangeReason.STOP_ADDED, "it is new"
    if was is not None and was in disturbed and disturbed[was][0] is not ChangeReason.STOP_REMOVED:
        return disturbed[was]
    return ChangeReason.BETTER_PLAN, "the plan is better so, even with the cost of the change"


def with_reasons(day: Day, ladder: Ladder, chosen: Candidate) -> Plan:
    """Return the chosen plan with at least one reason for every stop that it leaves out."""
    if not chosen.plan.unserved:
        return chosen.plan
    rest, travel = ladder.everything_free(chosen.stranded)
    found = explain(rest.problem, travel, proposal_of(chosen.to_come)) if rest.problem.vehicles else {}
    unserved = tuple(
        replace(entry, reasons=tuple(_reasons(day, entry.stop_id, found.get(entry.stop_id, ()))))
        for entry in chosen.plan.unserved
    )
    return replace(chosen.plan, unserved=unserved)


def _reasons(day: Day, stop_id: StopId, found: tuple[Reason, ...]) -> Iterator[Reason]:
    """Yield reasons, telling apart who may not come from who left without the load, or with another's."""
    carrier = day.aboard.get(stop_id)
    stop = day.problem.stop(stop_id)
    for reason in found:
        if reason.code is not ReasonCode.VEHICLE_NOT_ALLOWED:
            yield reason
            continue
        could = tuple(v for v in reason.vehicle_ids if day.problem.may_serve(day.problem.vehicle(v), stop))
        never = tuple(v for v in reason.vehicle_ids if v not in could)
        if never:
            yield replace(reason, vehicle_ids=never)
        if could and carrier is not None:
            yield replace(reason, vehicle_ids=could, detail=f"it is on board of vehicle {carrier}")
        elif could:
            detail = "it was not on board when the vehicle left"
            yield Reason(code=ReasonCode.NOT_READY, vehicle_ids=could, detail=detail)
    if not found:
        detail = "no vehicle is left that could serve it"
        yield Reason(code=ReasonCode.FLEET_FULL, vehicle_ids=(), detail=detail)

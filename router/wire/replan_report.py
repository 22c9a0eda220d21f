"""How a replan differs from the plan before, as JSON and back."""

from dataclasses import asdict
from typing import Any

from router.domain.changes import Change, ChangeReason, ReplanReport, Stranded
from router.domain.ids import PlaceId, StopId, VehicleId
from router.domain.problem import Problem
from router.domain.units import Instant, Money, local_time, utc
from router.wire import shapes


def replan_json(report: ReplanReport, problem: Problem) -> dict[str, Any]:
    """Return the ``replan`` member of a plan; its instant is told by the clocks of the first depot."""
    home = problem.depots[0].id if problem.depots else ""
    return {
        "of": report.of,
        "at": _clock(report.at, home, problem),
        "change_cost": round(report.change_cost, 2),
        "moved": report.moved,
        "changes": [asdict(change) for change in report.changes],
        "stranded": [
            {**asdict(one), "since": _clock(one.since, one.place, problem)} for one in report.stranded
        ],
    }


def replan_report(given: shapes.ReplanReport) -> ReplanReport:
    """Return what a plan says of the one before it."""
    return ReplanReport(
        of=given.of,
        at=given.at,
        change_cost=Money(given.change_cost),
        moved=given.moved,
        changes=tuple(map(_change, given.changes)),
        stranded=tuple(map(_stranded, given.stranded)),
    )


def _change(given: shapes.Change) -> Change:
    return Change(
        stop_id=StopId(given.stop_id),
        from_vehicle=None if given.from_vehicle is None else VehicleId(given.from_vehicle),
        to_vehicle=None if given.to_vehicle is None else VehicleId(given.to_vehicle),
        reason=ChangeReason(given.reason),
        detail=given.detail,
    )


def _stranded(given: shapes.Stranded) -> Stranded:
    return Stranded(
        vehicle_id=VehicleId(given.vehicle_id), place=given.place, since=given.since, detail=given.detail
    )


def _clock(instant: Instant, place: PlaceId, problem: Problem) -> str:
    try:
        return local_time(instant, problem.location(place).time_zone).isoformat()
    except KeyError:
        return utc(instant).isoformat()

"""Totals: the counts and sums of the plan and of each route are those of its steps."""

from collections import Counter
from collections.abc import Iterator

from router.checking.case import Case, Finding
from router.checking.sums import RouteSums, route_sums
from router.domain.plan import FerryStep, PlanTotals, StopStep
from router.domain.units import Meters, Seconds


def totals(case: Case) -> Iterator[Finding]:
    """Yield every distance, duration, sum and count that differs from the recomputed one."""
    all_sums = []
    for route, vehicle in case.routes():
        sums = route_sums(case, route, vehicle)
        all_sums.append(sums)
        if route.distance != sums.distance:
            yield Finding(vehicle.id, None, f"a route of {sums.distance} m", f"{route.distance} m")
        if route.duration != sums.duration:
            yield Finding(vehicle.id, None, f"a route of {sums.duration} s", f"{route.duration} s")
    expected = _expected(case, all_sums)
    for name in PlanTotals.__dataclass_fields__:
        if getattr(expected, name) != getattr(case.plan.totals, name):
            yield Finding(
                None,
                None,
                f"{name} of {getattr(expected, name)} in all",
                f"{name} of {getattr(case.plan.totals, name)}",
            )


def _expected(case: Case, all_sums: list[RouteSums]) -> PlanTotals:
    steps = [step for route in case.plan.routes for step in route.steps]
    served = Counter(step.stop_id for step in steps if isinstance(step, StopStep))
    return PlanTotals(
        served=served.total(),
        unserved=sum(stop.id not in served for stop in case.asked_for()),
        vehicles_used=len(case.plan.routes),
        distance=Meters(sum(sums.distance for sums in all_sums)),
        driving=Seconds(sum(sums.driving for sums in all_sums)),
        service=Seconds(sum(sums.service for sums in all_sums)),
        waiting=Seconds(sum(sums.waiting for sums in all_sums)),
        ferry=Seconds(sum(sums.ferry for sums in all_sums)),
        breaks=Seconds(sum(sums.breaks for sums in all_sums)),
        duration=Seconds(sum(sums.duration for sums in all_sums)),
        crossings=sum(isinstance(step, FerryStep) for step in steps),
    )

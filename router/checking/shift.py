"""Shift: a vehicle departs and returns within its shift, both ends included."""

from collections.abc import Iterator

from router.checking.case import Case, Finding
from router.checking.wording import clock, hours
from router.domain.plan import EndStep, StartStep


def shift(case: Case) -> Iterator[Finding]:
    """Yield every departure and every return outside the vehicle's shift."""
    for route, vehicle in case.routes():
        for index, step in enumerate(route.steps):
            if not isinstance(step, StartStep | EndStep):
                continue
            moment = step.departs_at if isinstance(step, StartStep) else step.arrives_at
            verb = "departs" if isinstance(step, StartStep) else "returns"
            if not vehicle.shift.start <= moment <= vehicle.shift.end:
                yield Finding(
                    vehicle.id,
                    index,
                    f"{verb} within the shift, {hours(case, step.place, (vehicle.shift,))}",
                    f"{verb} at {clock(case, step.place, moment)}",
                )

"""Time windows: service begins inside one of the stop's windows, both ends included."""

from collections.abc import Iterator

from router.checking.case import Case, Finding
from router.checking.wording import clock, hours


def time_windows(case: Case) -> Iterator[Finding]:
    """Yield every service that begins outside all windows of its stop."""
    for visit in case.visits():
        stop, begins = visit.stop, visit.step.starts_at
        if stop.windows and not any(window.start <= begins <= window.end for window in stop.windows):
            yield Finding(
                visit.vehicle.id,
                visit.index,
                f"service of {stop.id} begins within {hours(case, stop.id, stop.windows)}",
                f"begins at {clock(case, stop.id, begins)}",
            )

"""Check-in: a vehicle is at the port before check-in closes."""

from collections.abc import Iterator

from router.checking.case import Case, Finding
from router.checking.wording import clock
from router.domain.units import Instant


def check_in(case: Case) -> Iterator[Finding]:
    """Yield every arrival at a port after check-in has closed."""
    for boarding in case.boardings():
        step, port = boarding.step, boarding.line.from_port
        closes = Instant(boarding.sailing.departs - boarding.sailing.check_in)
        if step.arrives_at > closes:
            yield Finding(
                boarding.vehicle.id,
                boarding.index,
                f"at {port} by {clock(case, port, closes)} for sailing {boarding.sailing.id}",
                f"arrives at {clock(case, port, step.arrives_at)}, {step.arrives_at - closes} s late",
            )

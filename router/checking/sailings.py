"""Sailings: a ferry step tells what the timetable tells, of a sailing that is not cancelled."""

from collections.abc import Iterator

from router.checking.case import Boarded, Case, Finding
from router.checking.wording import clock
from router.domain.ids import PortId
from router.domain.units import Instant


def sailings(case: Case) -> Iterator[Finding]:
    """Yield every line, port and time that the timetable contradicts, and every cancelled sailing."""
    for boarding in case.boardings():
        for expected, actual in (*_names(boarding), *_times(case, boarding)):
            if expected != actual:
                yield Finding(boarding.vehicle.id, boarding.index, expected, actual)
        if boarding.sailing.cancelled:
            yield Finding(
                boarding.vehicle.id,
                boarding.index,
                "a sailing that takes place",
                f"{boarding.sailing.id} is cancelled",
            )


def _names(boarding: Boarded) -> Iterator[tuple[str, str]]:
    step, line = boarding.step, boarding.line
    yield (
        f"line {line.id} for sailing {boarding.sailing.id}",
        f"line {step.line_id} for sailing {step.sailing_id}",
    )
    yield f"line {line.id} leaves from {line.from_port}", f"line {line.id} leaves from {step.from_port}"
    yield f"line {line.id} goes to {line.to_port}", f"line {line.id} goes to {step.to_port}"


def _times(case: Case, boarding: Boarded) -> Iterator[tuple[str, str]]:
    step, sailing, line = boarding.step, boarding.sailing, boarding.line
    docks_at = sailing.departs + sailing.crossing
    yield from _time(
        case, line.from_port, "check-in by", sailing.departs - sailing.check_in, step.check_in_by
    )
    yield from _time(case, line.from_port, "departs at", sailing.departs, step.departs_at)
    yield from _time(case, line.to_port, "docks at", docks_at, step.docks_at)
    yield from _time(case, line.to_port, "rolls off at", docks_at + sailing.unload, step.rolls_off_at)


def _time(case: Case, port: PortId, verb: str, expected: int, actual: int) -> Iterator[tuple[str, str]]:
    yield f"{verb} {clock(case, port, Instant(expected))}", f"{verb} {clock(case, port, Instant(actual))}"

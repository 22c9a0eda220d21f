"""Every stop of a plan as a row of a table: those served in order, then those left out."""

from collections.abc import Iterator

from router.domain.fleet import Load
from router.domain.ids import StopId
from router.domain.plan import Route, StopStep, Unserved
from router.wire.exports.subject import Subject
from router.wire.exports.tables import Cell, csv_bytes

COLUMNS = (
    "vehicle_id", "sequence", "stop_id", "kind", "status", "island", "lat", "lon", "arrives_at", "starts_at",
    "departs_at", "drive_seconds", "drive_meters", "cash", "landmark", "reasons",
)  # fmt: skip


def stops_csv(subject: Subject) -> bytes:
    """Return a row for each stop; ``load.<dimension>`` is what is delivered or picked up there.

    ``sequence`` counts the stops of a vehicle from 1; drives are from the place before.
    """
    loads = tuple(f"load.{dimension}" for dimension in subject.problem.dimensions)
    rows = [
        *(row for route in subject.plan.routes for row in _served(subject, route)),
        *(_unserved(subject, entry) for entry in subject.plan.unserved),
    ]
    return csv_bytes((*COLUMNS, *loads), rows)


def _served(subject: Subject, route: Route) -> Iterator[tuple[Cell, ...]]:
    steps = [step for step in route.steps if isinstance(step, StopStep)]
    for number, step in enumerate(steps, start=1):
        times = (step.arrives_at, step.starts_at, step.departs_at)
        yield (
            route.vehicle_id,
            number,
            *_of_stop(subject, step.stop_id, "served"),
            *(subject.clock(instant, step.stop_id) for instant in times),
            step.drive,
            step.distance,
            round(subject.problem.stop(step.stop_id).cash, 2),
            subject.landmarks.get(step.stop_id),
            None,
            *_load(subject, step.stop_id),
        )


def _unserved(subject: Subject, entry: Unserved) -> tuple[Cell, ...]:
    return (
        None,
        None,
        *_of_stop(subject, entry.stop_id, "unserved"),
        *(None,) * 5,
        round(subject.problem.stop(entry.stop_id).cash, 2),
        subject.landmarks.get(entry.stop_id),
        " ".join(dict.fromkeys(reason.code.value for reason in entry.reasons)),
        *_load(subject, entry.stop_id),
    )


def _of_stop(subject: Subject, stop_id: StopId, status: str) -> tuple[Cell, ...]:
    stop, where = subject.problem.stop(stop_id), subject.location(stop_id)
    return stop_id, stop.kind.value, status, where.island, where.lat, where.lon


def _load(subject: Subject, stop_id: StopId) -> Load:
    return subject.problem.stop(stop_id).load

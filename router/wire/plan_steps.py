"""The steps of a plan from any program, in terms of a problem."""

from collections.abc import Iterator, Sequence
from typing import Any

from router.domain.fleet import Load
from router.domain.ids import BreakId, FerryClass, SailingId, StopId, VehicleId
from router.domain.plan import BreakStep, EndStep, FerryStep, ReloadStep, StartStep, Step, StopStep
from router.domain.problem import Problem
from router.domain.units import Instant, Meters, Money, Seconds
from router.errors import Fault
from router.wire import shapes
from router.wire.document import shown
from router.wire.faults import FaultCode, Path, fault
from router.wire.on_board import RELOAD, OnBoard, on_board

_BY_TIMETABLE = (
    "line_id", "from_port", "to_port", "check_in_by", "departs_at", "docks_at", "rolls_off_at", "fare",
)  # fmt: skip


class StepReader:
    """Reads steps and gathers, in ``faults``, what cannot be said in terms of the problem."""

    def __init__(self, problem: Problem) -> None:
        """Start without faults."""
        self.faults: list[Fault] = []
        self._problem = problem
        self._depot_windows = {str(depot.id): depot.windows for depot in problem.depots}

    def steps(self, path: Path, steps: Sequence[shapes.Step], vehicle_id: VehicleId) -> Iterator[Step]:
        """Yield the steps of one route; ``path`` leads to their list."""
        told = on_board([_visit(step) for step in steps if _loads(step)], self._problem)
        aboard = next(told)
        rested_until: Instant | None = None
        for index, step in enumerate(steps):
            here = (*path, index)
            aboard = next(told) if _loads(step) else aboard
            match step:
                case shapes.StartStep():
                    yield self._start(here, step, aboard)
                case shapes.StopStep():
                    yield self._stop(here, step, aboard)
                case shapes.FerryStep():
                    yield from self._ferry(here, step, vehicle_id)
                case shapes.BreakStep():
                    yield _break(step)
                case shapes.ReloadStep():
                    yield self._reload(here, step, aboard, rested_until)
                case shapes.EndStep():
                    yield _end(step)
            rested_until = step.ends_at if isinstance(step, shapes.BreakStep) else None

    def _start(self, path: Path, step: shapes.StartStep, aboard: OnBoard) -> StartStep:
        return StartStep(
            place=step.place,
            departs_at=step.departs_at,
            load=self._load((*path, "load"), step.load, aboard.load),
        )

    def _stop(self, path: Path, step: shapes.StopStep, aboard: OnBoard) -> StopStep:
        return StopStep(
            stop_id=StopId(step.stop_id),
            drive=Seconds(step.drive_seconds),
            distance=Meters(step.drive_meters),
            arrives_at=step.arrives_at,
            starts_at=step.starts_at,
            departs_at=step.departs_at,
            load=self._load((*path, "load"), step.load, aboard.load),
            cash=aboard.cash if step.cash is None else Money(step.cash),
        )

    def _reload(
        self, path: Path, step: shapes.ReloadStep, aboard: OnBoard, rested_until: Instant | None
    ) -> ReloadStep:
        """Return the step; where it does not say when loading begins, that is as soon as the depot allows."""
        starts_at = step.starts_at
        if starts_at is None:
            starts_at = self._first_open(step.place, max(step.arrives_at, rested_until or step.arrives_at))
        return ReloadStep(
            place=step.place,
            drive=Seconds(step.drive_seconds),
            distance=Meters(step.drive_meters),
            arrives_at=step.arrives_at,
            starts_at=starts_at,
            departs_at=step.departs_at,
            load=self._load((*path, "load"), step.load, aboard.load),
        )

    def _first_open(self, place: str, instant: Instant) -> Instant:
        """Return the first instant from then on at which the depot is open; then itself where there is none."""
        windows = self._depot_windows.get(place, ())
        open_from = (max(window.start, instant) for window in windows if window.end >= instant)
        return next(open_from, instant)

    def _ferry(self, path: Path, step: shapes.FerryStep, vehicle_id: VehicleId) -> Iterator[FerryStep]:
        """Yield the step, with the timetable's word wherever it has none of its own."""
        said = {name: getattr(step, name) for name in _BY_TIMETABLE if getattr(step, name) is not None}
        told = self._timetable_says(step.sailing_id, vehicle_id) | said
        untold = [name for name in _BY_TIMETABLE if name not in told]
        for name in untold:
            detail = f"`{name}` is missing, and there is no sailing {shown(step.sailing_id)} to take it from"
            self.faults.append(fault((*path, name), FaultCode.MISSING_FIELD, detail))
        if not untold:
            yield FerryStep(
                sailing_id=SailingId(step.sailing_id),
                drive=Seconds(step.drive_seconds),
                distance=Meters(step.drive_meters),
                arrives_at=step.arrives_at,
                **told,
            )

    def _timetable_says(self, sailing_id: str, vehicle_id: VehicleId) -> dict[str, Any]:
        timetable = self._problem.timetable
        if not timetable.has_sailing(sailing_id):
            return {}
        sailing = timetable.sailing(SailingId(sailing_id))
        line = timetable.line(sailing.line_id)
        return {
            "line_id": line.id,
            "from_port": line.from_port,
            "to_port": line.to_port,
            "check_in_by": sailing.check_in_by,
            "departs_at": sailing.departs,
            "docks_at": sailing.docks_at,
            "rolls_off_at": sailing.rolls_off_at,
            "fare": line.fare(self._ferry_class(vehicle_id)) or Money(0.0),
        }

    def _ferry_class(self, vehicle_id: VehicleId) -> FerryClass | None:
        known = self._problem.has_vehicle(vehicle_id)
        return self._problem.vehicle(vehicle_id).conveyance.ferry_class if known else None

    def _load(self, path: Path, load: dict[str, int] | None, on_board: Load) -> Load:
        if load is None:
            return on_board
        for name in load.keys() - set(self._problem.dimensions):
            detail = (
                f"{shown(name)} is none of the load dimensions {shown(', '.join(self._problem.dimensions))}"
            )
            self.faults.append(fault((*path, name), FaultCode.UNKNOWN_DIMENSION, detail))
        return tuple(load.get(name, 0) for name in self._problem.dimensions)


def _loads(step: shapes.Step) -> bool:
    """Return whether the step changes what is on board."""
    return isinstance(step, shapes.StopStep | shapes.ReloadStep)


def _visit(step: shapes.Step) -> str | None:
    return step.stop_id if isinstance(step, shapes.StopStep) else RELOAD


def _break(step: shapes.BreakStep) -> BreakStep:
    return BreakStep(
        break_id=BreakId(step.break_id),
        starts_at=step.starts_at,
        ends_at=step.ends_at,
        aboard=None if step.aboard is None else SailingId(step.aboard),
    )


def _end(step: shapes.EndStep) -> EndStep:
    return EndStep(
        place=step.place,
        drive=Seconds(step.drive_seconds),
        distance=Meters(step.drive_meters),
        arrives_at=step.arrives_at,
    )

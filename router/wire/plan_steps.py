"""The steps of a plan from any program, in terms of a problem."""

from collections.abc import Iterator, Sequence
from typing import Any

from router.domain.fleet import Load
from router.domain.ids import DepotId, FerryClass, SailingId, StopId, VehicleId
from router.domain.plan import EndStep, FerryStep, StartStep, Step, StopStep
from router.domain.problem import Problem
from router.domain.units import Meters, Money, Seconds
from router.errors import Fault
from router.wire import shapes
from router.wire.derive import loads_on_board
from router.wire.document import Json, shown
from router.wire.faults import FaultCode, Path, fault

_BY_TIMETABLE = (
    "line_id", "from_port", "to_port", "check_in_by", "departs_at", "docks_at", "rolls_off_at", "fare",
)  # fmt: skip


class StepReader:
    """Reads steps and gathers, in ``faults``, what cannot be said in terms of the problem."""

    def __init__(self, problem: Problem) -> None:
        """Start without faults."""
        self.faults: list[Fault] = []
        self._problem = problem

    def steps(self, path: Path, steps: Sequence[shapes.Step], vehicle_id: VehicleId) -> Iterator[Step]:
        """Yield the steps of one route; ``path`` leads to their list."""
        stop_ids = [step.stop_id for step in steps if isinstance(step, shapes.StopStep)]
        on_board = loads_on_board(stop_ids, self._problem)
        stops_made = 0
        for index, step in enumerate(steps):
            here = (*path, index)
            match step:
                case shapes.StartStep():
                    yield self._start(here, step, on_board[stops_made])
                case shapes.StopStep():
                    stops_made += 1
                    yield self._stop(here, step, on_board[stops_made])
                case shapes.FerryStep():
                    yield from self._ferry(here, step, vehicle_id)
                case shapes.EndStep():
                    yield _end(step)
                case shapes.BreakStep() | shapes.ReloadStep():
                    self._refuse_later((*here, "type"), step.type)

    def _start(self, path: Path, step: shapes.StartStep, on_board: Load) -> StartStep:
        return StartStep(
            depot_id=DepotId(step.place),
            departs_at=step.departs_at,
            load=self._load((*path, "load"), step.load, on_board),
        )

    def _stop(self, path: Path, step: shapes.StopStep, on_board: Load) -> StopStep:
        if step.cash:
            self._refuse_later((*path, "cash"), step.cash)
        return StopStep(
            stop_id=StopId(step.stop_id),
            drive=Seconds(step.drive_seconds),
            distance=Meters(step.drive_meters),
            arrives_at=step.arrives_at,
            starts_at=step.starts_at,
            departs_at=step.departs_at,
            load=self._load((*path, "load"), step.load, on_board),
        )

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

    def _refuse_later(self, path: Path, value: Json) -> None:
        detail = f"`{path[-1]}` ({shown(value)}) is not supported yet"
        self.faults.append(fault(path, FaultCode.NOT_SUPPORTED, detail))


def _end(step: shapes.EndStep) -> EndStep:
    return EndStep(
        depot_id=DepotId(step.place),
        drive=Seconds(step.drive_seconds),
        distance=Meters(step.drive_meters),
        arrives_at=step.arrives_at,
    )

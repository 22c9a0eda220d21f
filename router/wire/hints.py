"""What is accepted but probably not what the caller meant."""

from collections.abc import Iterator

import numpy as np

from router.domain.ids import IslandId, PlaceId
from router.domain.problem import Problem
from router.domain.travel_choice import NO_ROAD, InlineMatrices, InlineMatrix, TravelChoice
from router.wire import shapes
from router.wire.faults import Path, RequestWarning, WarningCode, warning

_ELSEWHERE = -1


def stop_hints(request: shapes.PlanRequest) -> Iterator[RequestWarning]:
    """Warn of stops that are ready only after their last window has closed: they are left out."""
    for index, stop in enumerate(request.stops):
        if stop.ready_at is None or not stop.windows:
            continue
        closes = max(window.end for window in stop.windows)
        if stop.ready_at > closes:
            detail = f"it is ready {stop.ready_at - closes} s after its last window has closed, and will be left out"
            yield warning(("stops", index, "ready_at"), WarningCode.NEVER_READY, detail)


def vehicle_hints(request: shapes.PlanRequest) -> Iterator[RequestWarning]:
    """Warn of what a vehicle says to no effect: reloading without a second trip, breaks that are never due."""
    for index, vehicle in enumerate(request.vehicles):
        path: Path = ("vehicles", index)
        if vehicle.reload_seconds and vehicle.max_trips in (None, 1):
            detail = "it loads once only; say how often in `max_trips`"
            yield warning((*path, "reload_seconds"), WarningCode.NO_EFFECT, detail)
        for number, rest in enumerate(vehicle.breaks):
            late, early = rest.window.end, rest.window.start + rest.duration_seconds
            if vehicle.shift.end <= late or vehicle.shift.start >= early:
                detail = (
                    "it is never due: the shift is over by its end, or begins when it would have been taken"
                )
                yield warning((*path, "breaks", number), WarningCode.NO_EFFECT, detail)


def line_hints(problem: Problem) -> Iterator[RequestWarning]:
    """Warn of ferry lines between ports that every vehicle can drive between: no vehicle takes them."""
    masses = [problem.land_masses(profile) for profile in problem.profiles()]
    for index, line in enumerate(problem.timetable.lines):
        one, other = (problem.location(port).island for port in (line.from_port, line.to_port))
        if all(mass[one] == mass[other] for mass in masses):
            detail = f"ports {line.from_port} and {line.to_port} are on one land mass; the line is not used"
            yield warning(("ferries", "lines", index), WarningCode.LINE_WITHIN_LAND_MASS, detail)


def matrix_hints(
    request: shapes.PlanRequest, problem: Problem, choice: TravelChoice
) -> Iterator[RequestWarning]:
    """Warn of matrix cells between places of different land masses: they are not used."""
    if not isinstance(choice, InlineMatrices):
        return
    shared = request.travel is not None and request.travel.matrix is not None
    profiles = problem.profiles()[:1] if shared else problem.profiles()
    for profile in profiles:
        path: Path = ("travel", "matrix") if shared else ("travel", "matrices", profile)
        masses = problem.land_masses(profile)
        mass_of = {place: masses[problem.location(place).island] for place in problem.places()}
        count = _roads_across_water(choice.by_profile[profile], mass_of)
        if count:
            detail = (
                f"{count} cells join places of different land masses; only ferries do, so they are not used"
            )
            yield warning(path, WarningCode.MATRIX_ACROSS_WATER, detail)


def _roads_across_water(matrix: InlineMatrix, mass_of: dict[PlaceId, IslandId]) -> int:
    numbers = {mass: number for number, mass in enumerate(dict.fromkeys(mass_of.values()))}
    mass = np.array([numbers[mass_of[place]] if place in mass_of else _ELSEWHERE for place in matrix.places])
    road = np.asarray(matrix.seconds).reshape(len(mass), len(mass)) != NO_ROAD
    known = mass != _ELSEWHERE
    apart = (mass[:, None] != mass[None, :]) & known[:, None] & known[None, :]
    return int((road & apart).sum())

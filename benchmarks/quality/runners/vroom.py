"""VROOM through pyvroom, with its deepest exploration and a time limit, which it overruns where a step is long."""

from datetime import timedelta
from importlib.metadata import version

import vroom

from benchmarks.quality.runners.protocol import Json, Runner

EXPLORATION = 5
PROFILE = "car"


def problem(case: Json) -> vroom.Input:
    """Return the case as VROOM sees it; a second of travel costs 1."""
    data = vroom.Input()
    data.set_durations_matrix(PROFILE, case["travel"])
    data.add_vehicle([_vehicle(case, number) for number in range(case["fleet"])])
    data.add_job([_shipment(case, *pair) for pair in case["pairs"]] or _jobs(case))
    return data


def _vehicle(case: Json, number: int) -> vroom.Vehicle:
    return vroom.Vehicle(
        number,
        start=0,
        end=0,
        profile=PROFILE,
        capacity=[case["capacity"]],
        time_window=(case["ready"][0], case["due"][0]),
        costs=vroom.VehicleCosts(fixed=case["vehicle_cost"]),
    )


def _jobs(case: Json) -> list[vroom.Job]:
    return [
        vroom.Job(
            node,
            location=node,
            default_service=case["service"][node],
            delivery=vroom.Amount([case["demand"][node]]),
            time_windows=[vroom.TimeWindow(case["ready"][node], case["due"][node])],
        )
        for node in range(1, len(case["demand"]))
    ]


def _shipment(case: Json, pickup: int, dropoff: int) -> vroom.Shipment:
    return vroom.Shipment(
        _end(case, pickup), _end(case, dropoff), amount=vroom.Amount([case["demand"][pickup]])
    )


def _end(case: Json, node: int) -> vroom.ShipmentStep:
    return vroom.ShipmentStep(
        node,
        location=node,
        default_service=case["service"][node],
        time_windows=[vroom.TimeWindow(case["ready"][node], case["due"][node])],
    )


def main() -> None:
    """Solve the case on standard input. There is no seed: nothing is left to chance."""
    runner = Runner.begin(version("pyvroom"))
    data = problem(runner.orders.case)
    solution = data.solve(EXPLORATION, nb_threads=1, timeout=timedelta(seconds=runner.left()))
    routes: dict[int, list[int]] = {}
    for step in solution.routes.itertuples():
        if step.type not in ("start", "end"):
            routes.setdefault(step.vehicle_id, []).append(int(step.location_index))
    runner.answer(list(routes.values()))


if __name__ == "__main__":
    main()

"""VROOM on the static map of an archipelago: ferries are roads with an average wait.

VROOM has skills and several windows. It has no penalties: it serves what it can, required stops first. With
fares in the costs of arcs it cannot charge by the hour too, so that travel by the hour is in the arcs as well.
"""

from datetime import timedelta
from importlib.metadata import version
from typing import Any

import numpy as np
import vroom

from benchmarks.quality.runners.protocol import Json, Runner

EXPLORATION = 5
REQUIRED, DEAREST, CHEAPEST = 100, 50, 1
"""Priorities: of a required stop, and of optional ones by their penalties."""

UNLIMITED = 1_000_000_000

FAR = 1_000_000
"""Seconds where there is no way."""


def problem(case: Json) -> vroom.Input:
    """Return the archipelago as VROOM sees it."""
    data = vroom.Input()
    profiles: dict[tuple[int, float], str] = {}
    for vehicle in case["vehicles"]:
        key = (vehicle["class"], vehicle["per_hour"])
        if key not in profiles:
            profiles[key] = f"map-{len(profiles)}"
            static = case["classes"][vehicle["class"]]
            seconds = np.asarray(static["seconds"])
            data.set_durations_matrix(profiles[key], seconds)
            costs = np.asarray(static["cost"]) + seconds * vehicle["per_hour"] / 3600
            # Time forbids what leads nowhere; at so high a price 600 stops overflow what VROOM adds up in.
            possible = costs[seconds < seconds.max()] if seconds.max() >= FAR else costs
            costs = np.minimum(costs, possible.max(initial=0.0))
            data.set_costs_matrix(profiles[key], np.rint(costs))
    restricted = {stop for vehicle in case["vehicles"] for stop in vehicle["forbidden"]}
    for number, vehicle in enumerate(case["vehicles"]):
        profile = profiles[vehicle["class"], vehicle["per_hour"]]
        data.add_vehicle([_vehicle(case, number, profile, restricted)])
    data.add_job([_job(case, number, restricted) for number in range(len(case["stops"]))])
    return data


def _vehicle(case: Json, number: int, profile: str, restricted: set[int]) -> vroom.Vehicle:
    vehicle = case["vehicles"][number]
    opening = [case["depots"][vehicle[end]] or [0, UNLIMITED] for end in ("start", "end")]
    return vroom.Vehicle(
        number,
        start=vehicle["start"],
        end=vehicle["end"],
        profile=profile,
        capacity=[UNLIMITED if limit is None else limit for limit in vehicle["capacity"]],
        skills=restricted - set(vehicle["forbidden"]),
        time_window=(max(vehicle["open"], opening[0][0]), min(vehicle["close"], opening[1][1])),
        costs=vroom.VehicleCosts(fixed=round(vehicle["fixed"])),
    )


def _job(case: Json, number: int, restricted: set[int]) -> vroom.Job:
    stop = case["stops"][number]
    load = vroom.Amount(stop["load"])
    nothing = vroom.Amount([0] * len(stop["load"]))
    return vroom.Job(
        number,
        location=stop["place"],
        default_service=stop["service"],
        delivery=nothing if stop["pickup"] else load,
        pickup=load if stop["pickup"] else nothing,
        skills={number} & restricted,
        priority=_priority(case, stop["penalty"]),
        time_windows=[vroom.TimeWindow(*window) for window in stop["windows"]],
    )


def _priority(case: Json, penalty: float | None) -> int:
    if penalty is None:
        return REQUIRED
    dearest = max(stop["penalty"] or 0.0 for stop in case["stops"])
    return max(CHEAPEST, round(DEAREST * penalty / dearest)) if dearest else CHEAPEST


def main() -> None:
    """Solve the case on standard input."""
    runner = Runner.begin(version("pyvroom"))
    case = runner.orders.case
    solution = problem(case).solve(EXPLORATION, nb_threads=1, timeout=timedelta(seconds=runner.left()))
    routes: dict[int, dict[str, Any]] = {}
    for step in solution.routes.itertuples():
        route = routes.setdefault(step.vehicle_id, {"vehicle": step.vehicle_id, "departs": 0, "stops": []})
        if step.type == "start":
            route["departs"] = int(step.arrival)
        elif step.type != "end":
            route["stops"].append([int(step.id), int(step.arrival + step.waiting_time)])
    runner.answer(list(routes.values()))


if __name__ == "__main__":
    main()

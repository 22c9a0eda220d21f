"""PyVRP, fed with arrays (``ProblemData``), as its guides recommend for anything large."""

from importlib.metadata import version
from typing import Any

import numpy as np
from pyvrp import (
    Client,
    Depot,
    Location,
    ProblemData,
    Shipment,
    VehicleType,
    solve,
)

from benchmarks.quality.runners.protocol import Json, Runner

INFEASIBLE = 1 << 60
"""Costs from here on are those of plans that break a rule."""


class UntilOver:
    """Stops the search when the time is up, and passes on what the best plan costs."""

    def __init__(self, runner: Runner) -> None:
        """Watch the clock of ``runner``."""
        self._runner = runner

    def __call__(self, best_cost: int) -> bool:
        """Return whether the time is up."""
        if best_cost < INFEASIBLE:
            self._runner.tell(best_cost)
        return self._runner.elapsed() >= self._runner.orders.seconds


def problem(case: Json) -> ProblemData:
    """Return the case as PyVRP sees it."""
    travel = np.asarray(case["travel"], dtype=np.int64)
    early, late, service = case["ready"], case["due"], case["service"]
    clients = [
        Client(
            location=node,
            delivery=[case["demand"][node]],
            service_duration=service[node],
            tw_early=early[node],
            tw_late=late[node],
        )
        for node in range(1, len(travel))
        if not case["pairs"]
    ]
    shipments = [
        Shipment(
            pickup_location=pickup,
            delivery_location=dropoff,
            pickup_tw_early=early[pickup],
            pickup_tw_late=late[pickup],
            pickup_service_duration=service[pickup],
            delivery_tw_early=early[dropoff],
            delivery_tw_late=late[dropoff],
            delivery_service_duration=service[dropoff],
            amount=[case["demand"][pickup]],
        )
        for pickup, dropoff in case["pairs"]
    ]
    vehicles = VehicleType(
        num_available=case["fleet"],
        capacity=[case["capacity"]],
        fixed_cost=case["vehicle_cost"],
        tw_early=early[0],
        tw_late=late[0],
    )
    return ProblemData(
        locations=[Location(0, 0) for _ in travel],
        clients=clients,
        depots=[Depot(location=0, tw_early=early[0], tw_late=late[0])],
        vehicle_types=[vehicles],
        distance_matrices=[travel],
        duration_matrices=[travel],
        shipments=shipments,
    )


def node_of(data: ProblemData, activity: Any) -> int:
    """Return the location of a client, a pick-up or a delivery."""
    if activity.is_client():
        return int(data.client(activity.idx).location)
    shipment = data.shipment(activity.idx)
    return int((shipment.pickup if activity.is_pickup() else shipment.delivery).location)


def main() -> None:
    """Solve the case on standard input."""
    runner = Runner.begin(version("pyvrp"))
    data = problem(runner.orders.case)
    result = solve(data, UntilOver(runner), seed=runner.orders.seed, collect_stats=False, display=False)
    routes = [
        [node_of(data, activity) for activity in route if not activity.is_depot()]
        for route in result.best.routes()
    ]
    runner.answer(routes)


if __name__ == "__main__":
    main()

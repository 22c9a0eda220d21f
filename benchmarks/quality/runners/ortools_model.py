"""The routing model of OR-Tools for a case, shared by its two runners."""

from typing import Any

from ortools.constraint_solver import pywrapcp

from benchmarks.quality.runners.protocol import Json, Runner


class OrToolsModel:
    """One routing model with its answer."""

    def __init__(self, case: Json) -> None:
        """Build the model: arcs, loads, times, pairs and the cost of a vehicle."""
        self.manager = pywrapcp.RoutingIndexManager(len(case["demand"]), case["fleet"], 0)
        self.routing = pywrapcp.RoutingModel(self.manager)
        self._arcs(case)
        self._loads(case)
        self._times(case)
        self._shipments(case)
        if case["vehicle_cost"]:
            self.routing.SetFixedCostOfAllVehicles(case["vehicle_cost"])

    def report_to(self, runner: Runner) -> None:
        """Tell the runner of every better plan."""
        self.routing.AddAtSolutionCallback(lambda: runner.tell(self.routing.CostVar().Value()))

    def routes(self, solution: Any) -> list[list[int]]:
        """Return the customers of each vehicle; none where there is no solution."""
        if solution is None:
            return []
        return [self._route(solution, vehicle) for vehicle in range(self.routing.vehicles())]

    def _route(self, solution: Any, vehicle: int) -> list[int]:
        route: list[int] = []
        index = solution.Value(self.routing.NextVar(self.routing.Start(vehicle)))
        while not self.routing.IsEnd(index):
            route.append(self.manager.IndexToNode(index))
            index = solution.Value(self.routing.NextVar(index))
        return route

    def _arcs(self, case: Json) -> None:
        self.routing.SetArcCostEvaluatorOfAllVehicles(self.routing.RegisterTransitMatrix(case["travel"]))

    def _loads(self, case: Json) -> None:
        demand = self.routing.RegisterUnaryTransitVector(case["demand"])
        self.routing.AddDimension(demand, 0, case["capacity"], True, "load")  # noqa: FBT003

    def _times(self, case: Json) -> None:
        spent = [
            [drive + service for drive in row]
            for row, service in zip(case["travel"], case["service"], strict=True)
        ]
        day = case["due"][0]
        transit = self.routing.RegisterTransitMatrix(spent)
        self.routing.AddDimension(transit, day, day, False, "time")  # noqa: FBT003
        time = self.routing.GetDimensionOrDie("time")
        for node in range(1, len(case["demand"])):
            time.CumulVar(self.manager.NodeToIndex(node)).SetRange(case["ready"][node], case["due"][node])

    def _shipments(self, case: Json) -> None:
        time, solver = self.routing.GetDimensionOrDie("time"), self.routing.solver()
        for pair in case["pairs"]:
            pickup, dropoff = (self.manager.NodeToIndex(node) for node in pair)
            self.routing.AddPickupAndDelivery(pickup, dropoff)
            solver.Add(self.routing.VehicleVar(pickup) == self.routing.VehicleVar(dropoff))
            solver.Add(time.CumulVar(pickup) <= time.CumulVar(dropoff))


def parameters(seconds: float) -> Any:
    """Return search parameters with a time limit."""
    search = pywrapcp.DefaultRoutingSearchParameters()
    search.time_limit.FromMilliseconds(max(1, int(1000 * seconds)))
    return search

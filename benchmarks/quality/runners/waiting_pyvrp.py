"""PyVRP on the static map of an archipelago: ferries are roads with an average wait.

PyVRP has no skills: a vehicle that may not come to a stop gets a map on which the stop is out of reach. A
stop with several windows is a group of clients of which one is visited. A required stop gets a prize
larger than any route, since with one that nobody can reach PyVRP would find no plan at all.
"""

from importlib.metadata import version

import numpy as np
from numpy.typing import NDArray
from pyvrp import Client, ClientGroup, Depot, Location, ProblemData, VehicleType, solve

from benchmarks.quality.runners.protocol import Json, Runner
from benchmarks.quality.runners.pyvrp import UntilOver

FINER = 36
"""PyVRP counts in whole numbers; with 36 to a unit of money, rates per hour become whole rates per second."""

REQUIRED_PRIZE = 10_000_000
FAR = 1_000_000
UNLIMITED = 1_000_000_000

Matrix = NDArray[np.int64]


class StaticPlan:
    """The archipelago as PyVRP sees it, and the way back from its clients to stops."""

    def __init__(self, case: Json) -> None:
        """Build everything."""
        self._case = case
        self._profiles: dict[tuple[int, tuple[int, ...]], int] = {}
        self._maps: list[tuple[Matrix, Matrix]] = []
        self.stop_of: list[int] = []
        self._clients: list[Client] = []
        self._groups: list[ClientGroup] = []
        for number in range(len(case["stops"])):
            self._add_stop(number)
        vehicles = [self._vehicle(vehicle) for vehicle in case["vehicles"]]
        self.data = ProblemData(
            locations=[Location(0, 0) for _ in range(case["places"])],
            clients=self._clients,
            depots=[self._depot(number, hours) for number, hours in enumerate(case["depots"])],
            vehicle_types=vehicles,
            distance_matrices=[cost for cost, _ in self._maps],
            duration_matrices=[seconds for _, seconds in self._maps],
            groups=self._groups,
        )

    def _depot(self, number: int, hours: list[int] | None) -> Depot:
        early, late = hours or [0, UNLIMITED]
        return Depot(location=number, tw_early=early, tw_late=late)

    def _add_stop(self, number: int) -> None:
        """Add a client for each window of a stop."""
        stop = self._case["stops"][number]
        windows = stop["windows"] or [[0, UNLIMITED]]
        prize = FINER * round(REQUIRED_PRIZE if stop["penalty"] is None else stop["penalty"])
        first = len(self._clients)
        several = len(windows) > 1
        for early, late in windows:
            self.stop_of.append(number)
            self._clients.append(
                Client(
                    location=stop["place"],
                    delivery=[] if stop["pickup"] else stop["load"],
                    pickup=stop["load"] if stop["pickup"] else [],
                    service_duration=stop["service"],
                    tw_early=early,
                    tw_late=late,
                    prize=prize,
                    required=False,
                    group=len(self._groups) if several else None,
                )
            )
        if several:
            self._groups.append(ClientGroup(list(range(first, len(self._clients))), required=False))

    def _vehicle(self, vehicle: Json) -> VehicleType:
        return VehicleType(
            num_available=1,
            capacity=[UNLIMITED if limit is None else limit for limit in vehicle["capacity"]],
            start_depot=vehicle["start"],
            end_depot=vehicle["end"],
            fixed_cost=FINER * round(vehicle["fixed"]),
            tw_early=vehicle["open"],
            tw_late=vehicle["close"],
            unit_duration_cost=round(FINER * vehicle["per_hour"] / 3600),
            profile=self._profile(vehicle["class"], tuple(vehicle["forbidden"])),
        )

    def _profile(self, kind: int, forbidden: tuple[int, ...]) -> int:
        """Return the number of a map on which these stops are out of reach."""
        key = (kind, forbidden)
        if key not in self._profiles:
            static = self._case["classes"][kind]
            cost = np.asarray(static["cost"], dtype=np.int64) * FINER
            seconds = np.asarray(static["seconds"], dtype=np.int64)
            away = [self._case["stops"][stop]["place"] for stop in forbidden]
            for matrix, far in ((cost, FAR * FINER), (seconds, FAR)):
                matrix[:, away] = far
                np.fill_diagonal(matrix, 0)
            self._profiles[key] = len(self._maps)
            self._maps.append((cost, seconds))
        return self._profiles[key]


def main() -> None:
    """Solve the case on standard input."""
    runner = Runner.begin(version("pyvrp"))
    plan = StaticPlan(runner.orders.case)
    result = solve(plan.data, UntilOver(runner), seed=runner.orders.seed, collect_stats=False, display=False)
    runner.answer(
        [
            {
                "vehicle": route.vehicle_type(),
                "departs": route.start_time(),
                "stops": [[plan.stop_of[a.idx], a.start_time] for a in route if a.is_client()],
            }
            for route in result.best.routes()
        ]
    )


if __name__ == "__main__":
    main()

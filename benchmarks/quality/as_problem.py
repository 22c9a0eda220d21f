"""A benchmark case as our own domain sees it: one metre and one second are one whole unit of the case."""

import numpy as np
from numpy.typing import NDArray

from benchmarks.quality.runners.protocol import Json
from router.domain.fleet import Conveyance, Vehicle, VehicleCosts
from router.domain.ids import DepotId, IslandId, Profile, ShipmentId, StopId, VehicleId
from router.domain.places import Location, TimeWindow
from router.domain.problem import Depot, Problem, Shipment, Stop, StopKind
from router.domain.units import METERS_PER_KM, Instant, Money, Seconds
from router.travel.matrix import Block, TravelMatrix

HERE = Location(lat=0.0, lon=0.0, island=IslandId("plane"), time_zone="UTC")
PROFILE = Profile("van")
DEPOT = DepotId("0")


def as_problem(case: Json) -> tuple[Problem, TravelMatrix]:
    """Return the problem of a case (``Case.to_json``) and its matrix; a metre costs 1, and stops are numbered."""
    shipments = {node: ShipmentId(f"s{number}") for number, pair in enumerate(case["pairs"]) for node in pair}
    pickups = {pickup for pickup, _ in case["pairs"]}
    customers = range(1, len(case["demand"]))
    problem = Problem(
        name=case["name"],
        currency="XXX",
        dimensions=("demand",),
        depots=(Depot(id=DEPOT, location=HERE),),
        stops=tuple(_stop(case, node, node in pickups, shipments.get(node)) for node in customers),
        vehicles=tuple(_vehicle(case, number) for number in range(case["fleet"])),
        shipments=tuple(
            Shipment(id=shipments[pickup], pickup=StopId(str(pickup)), dropoff=StopId(str(dropoff)))
            for pickup, dropoff in case["pairs"]
        ),
    )
    return problem, _matrix(np.asarray(case["travel"], dtype=np.int32), case["name"])


def _matrix(travel: NDArray[np.int32], name: str) -> TravelMatrix:
    places = tuple(str(node) for node in range(len(travel)))
    return TravelMatrix({(PROFILE, HERE.island): Block(places=places, seconds=travel, meters=travel)}, name)


def _stop(case: Json, node: int, is_pickup: bool, shipment: ShipmentId | None) -> Stop:  # noqa: FBT001
    return Stop(
        id=StopId(str(node)),
        kind=StopKind.PICKUP if is_pickup else StopKind.DROPOFF,
        location=HERE,
        load=(abs(case["demand"][node]),),
        windows=(TimeWindow(Instant(case["ready"][node]), Instant(case["due"][node])),),
        service=Seconds(case["service"][node]),
        shipment=shipment,
    )


def _vehicle(case: Json, number: int) -> Vehicle:
    return Vehicle(
        id=VehicleId(f"v{number}"),
        conveyance=Conveyance(profile=PROFILE, ferry_class=None, deck_slots=1),
        start=DEPOT,
        end=DEPOT,
        shift=TimeWindow(Instant(case["ready"][0]), Instant(case["due"][0])),
        capacity=(case["capacity"],),
        costs=VehicleCosts(fixed=Money(float(case["vehicle_cost"])), per_km=Money(float(METERS_PER_KM))),
    )

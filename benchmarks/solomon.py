"""Reads VRPTW instances in Solomon's format under the DIMACS convention: one decimal, cut off, counted in tenths."""

from pathlib import Path

import numpy as np

from router.domain.fleet import Conveyance, Vehicle, VehicleCosts
from router.domain.ids import DepotId, IslandId, Profile, StopId, VehicleId
from router.domain.places import Location, TimeWindow
from router.domain.problem import Depot, Problem, Stop, StopKind
from router.domain.units import Instant, Money, Seconds
from router.travel.matrix import Block, TravelMatrix

TENTHS = 10
"""All distances and times are counted in tenths of the instance's unit."""

ISLAND, PROFILE = IslandId("plane"), Profile("van")


def read_solomon(path: Path) -> tuple[Problem, TravelMatrix]:
    """Return the problem and its matrix; one metre and one second are a tenth of a unit, and a metre costs 1."""
    rows = [line.split() for line in path.read_text().splitlines() if line.strip()]
    fleet, capacity = (int(x) for x in rows[3 if rows[2][0] == "NUMBER" else 2])
    nodes = np.array([[float(x) for x in row] for row in rows if len(row) == 7 and row[0].isdigit()])
    xy = nodes[:, 1:3]
    gaps = np.hypot(xy[:, None, 0] - xy[None, :, 0], xy[:, None, 1] - xy[None, :, 1])
    tenths = np.floor(gaps * TENTHS + 1e-9).astype(np.int32)
    horizon = TimeWindow(Instant(0), Instant(int(nodes[0, 5]) * TENTHS))
    here = Location(lat=0.0, lon=0.0, island=ISLAND, time_zone="UTC")
    problem = Problem(
        name=path.stem,
        currency="XXX",
        dimensions=("demand",),
        depots=(Depot(id=DepotId("0"), location=here),),
        stops=tuple(_stop(node, here) for node in nodes[1:]),
        vehicles=tuple(_vehicle(k, capacity, horizon) for k in range(fleet)),
    )
    places = tuple(str(int(node[0])) for node in nodes)
    return problem, TravelMatrix({(PROFILE, ISLAND): Block(places=places, seconds=tenths, meters=tenths)}, path.stem)


def _stop(node: "np.ndarray[tuple[int], np.dtype[np.float64]]", here: Location) -> Stop:
    number, _, _, demand, ready, due, service = (int(x) for x in node)
    return Stop(
        id=StopId(str(number)),
        kind=StopKind.DROPOFF,
        location=here,
        load=(demand,),
        windows=(TimeWindow(Instant(ready * TENTHS), Instant(due * TENTHS)),),
        service=Seconds(service * TENTHS),
    )


def _vehicle(number: int, capacity: int, horizon: TimeWindow) -> Vehicle:
    return Vehicle(
        id=VehicleId(f"v{number}"),
        conveyance=Conveyance(profile=PROFILE, ferry_class=None, deck_slots=1),
        start=DepotId("0"),
        end=DepotId("0"),
        shift=horizon,
        capacity=(capacity,),
        costs=VehicleCosts(per_km=Money(1000.0)),
    )

"""Compile the kernel and leave it on disk: ``python -m router.solver.warm``, at install and in the image.

The first compilation takes about a minute; no request should wait for it.
"""

from pathlib import Path

import numpy as np

from router.domain.fleet import Conveyance, Vehicle, VehicleCosts
from router.domain.ids import DepotId, IslandId, Profile, StopId, VehicleId
from router.domain.places import Location, TimeWindow
from router.domain.problem import Depot, Problem, Stop, StopKind
from router.domain.search import Budget
from router.domain.units import Instant, Money, Seconds
from router.solver import kernel
from router.solver.solve import Search, propose
from router.travel.matrix import Block, TravelMatrix
from router.travel.travel import Travel


def warm() -> None:
    """Run every compiled function once on a plan of one stop."""
    _drop_stale_cache()
    problem, matrix = _tiny()
    travel = Travel(problem, matrix)
    budget = Budget(time_limit=Seconds(600), iteration_limit=2)
    propose(problem, travel, budget, lambda _: None, lambda: False)
    search = Search.begin(problem, travel, budget, lambda _: None, lambda: False)
    search.load(search.best())


def _drop_stale_cache() -> None:
    """Delete compiled code older than any source: numba looks only at a function's own file, not at what it calls."""
    folder = Path(kernel.__file__).parent
    newest = max(source.stat().st_mtime for source in folder.glob("*.py"))
    cached = [file for file in folder.glob("__pycache__/*.nb[ic]") if file.stat().st_mtime < newest]
    for file in cached:
        file.unlink()


def _tiny() -> tuple[Problem, TravelMatrix]:
    here = Location(lat=0.0, lon=0.0, island=IslandId("one"), time_zone="UTC")
    day = TimeWindow(Instant(0), Instant(3600))
    profile = Profile("van")
    problem = Problem(
        name="warm",
        currency="IDR",
        dimensions=("parcels",),
        depots=(Depot(id=DepotId("depot"), location=here),),
        stops=(Stop(id=StopId("stop"), kind=StopKind.DROPOFF, location=here, load=(1,), penalty=Money(1e9)),),
        vehicles=(
            Vehicle(
                id=VehicleId("van"),
                conveyance=Conveyance(profile=profile, ferry_class=None, deck_slots=1),
                start=DepotId("depot"),
                end=DepotId("depot"),
                shift=day,
                capacity=(1,),
                costs=VehicleCosts(),
            ),
        ),
    )
    places = ("depot", "stop")
    zeros = np.zeros((2, 2), dtype=np.int32)
    block = Block(places=places, seconds=zeros, meters=zeros)
    return problem, TravelMatrix({(profile, here.island): block}, "warm")


if __name__ == "__main__":
    warm()

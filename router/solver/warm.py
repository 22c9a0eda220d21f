"""Compile the kernel and leave it on disk: ``python -m router.solver.warm``, at install and in the image.

The first compilation takes a minute or two of each of two cores; no request should wait for it.
"""

import multiprocessing
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

import numpy as np

from router.domain.fleet import Conveyance, Vehicle, VehicleCosts
from router.domain.ids import DepotId, IslandId, Profile, StopId, VehicleId
from router.domain.places import Location, TimeWindow
from router.domain.problem import Depot, Problem, Stop, StopKind
from router.domain.search import Budget
from router.domain.units import Instant, Money, Seconds
from router.solver import kernel, plain
from router.solver.course import follow
from router.solver.search import Search
from router.travel.matrix import Block, TravelMatrix
from router.travel.travel import Travel

STOPS = (1, 2)
"""One stop goes to the full kernel, two to the plain one."""


def warm() -> None:
    """Load every compiled function of both kernels into this process, compiling what is not on disk."""
    _drop_stale_cache()
    for stops in STOPS:
        _run(stops)


def compile_ahead() -> None:
    """Compile both kernels anew where their sources are younger, each in a process of its own."""
    _drop_stale_cache()
    with ProcessPoolExecutor(len(STOPS), multiprocessing.get_context("spawn")) as processes:
        list(processes.map(_run, STOPS))


def _run(stops: int) -> None:
    problem, matrix = _tiny(stops)
    budget = Budget(time_limit=Seconds(600), iteration_limit=2)
    search = Search.begin(problem, Travel(problem, matrix), budget, lambda _: None, lambda: False)
    follow(search)
    search.load(search.best())
    search.chain.place_all(1, 1.0)


def _drop_stale_cache() -> None:
    """Delete compiled code older than any source: numba looks only at a function's own file, not at what it calls."""
    folders = [Path(package.__file__ or "").parent for package in (kernel, plain)]
    newest = max(source.stat().st_mtime for folder in folders for source in folder.glob("*.py"))
    compiled = (file for folder in folders for file in folder.glob("__pycache__/*.nb[ic]"))
    cached = [file for file in compiled if file.stat().st_mtime < newest]
    for file in cached:
        file.unlink()


def _tiny(count: int) -> tuple[Problem, TravelMatrix]:
    here = Location(lat=0.0, lon=0.0, island=IslandId("one"), time_zone="UTC")
    day = TimeWindow(Instant(0), Instant(3600))
    profile = Profile("van")
    names = [f"stop-{k}" for k in range(count)]
    problem = Problem(
        name="warm",
        currency="IDR",
        dimensions=("parcels",),
        depots=(Depot(id=DepotId("depot"), location=here),),
        stops=tuple(
            Stop(id=StopId(name), kind=StopKind.DROPOFF, location=here, load=(1,), penalty=Money(1e9))
            for name in names
        ),
        vehicles=(
            Vehicle(
                id=VehicleId("van"),
                conveyance=Conveyance(profile=profile, ferry_class=None, deck_slots=1),
                start=DepotId("depot"),
                end=DepotId("depot"),
                shift=day,
                capacity=(2,),
                costs=VehicleCosts(),
            ),
        ),
    )
    zeros = np.zeros((count + 1, count + 1), dtype=np.int32)
    block = Block(places=("depot", *names), seconds=zeros, meters=zeros)
    return problem, TravelMatrix({(profile, here.island): block}, "warm")


if __name__ == "__main__":
    compile_ahead()

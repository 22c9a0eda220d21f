"""A problem on Malta, and road engines that know its roads, where both the engines and the extract are there."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace

import pytest

from benchmarks.roads.engines import MALTA, Engines, Server, engines, osrm_server, valhalla_server
from router.domain.places import Location
from router.domain.problem import Problem

VALLETTA = (35.8989, 14.5147)
MDINA = (35.8869, 14.4031)
MELLIEHA = (35.9572, 14.3622)
MARSAXLOKK = (35.8417, 14.5447)
SLIEMA = (35.9122, 14.5042)
VICTORIA = (36.0443, 14.2426)
"""Of Gozo, where a ferry goes, and no road."""


def installed_engines() -> Engines:
    """Return the engines; skip where they or the extract are not there."""
    found = engines()
    if found is None:
        pytest.skip("no road engines: `make roads` installs them where there is a Python 3.12")
    if not MALTA.exists():
        pytest.skip("../shared/data/osm/malta.osm.pbf is not there")
    return found


@contextmanager
def osrm_of_malta(profile: str = "car", *, ferries: bool = True) -> Iterator[Server]:
    """Give an OSRM server."""
    found = installed_engines()
    with osrm_server(found, found.build_osrm(MALTA, profile, ferries=ferries)) as server:
        yield server


@contextmanager
def valhalla_of_malta(*, hard_exclusions: bool = True) -> Iterator[Server]:
    """Give a Valhalla server."""
    found = installed_engines()
    with valhalla_server(found, found.build_valhalla(MALTA), hard_exclusions=hard_exclusions) as server:
        yield server


def moved(question: Problem, towns: dict[str, tuple[float, float]]) -> Problem:
    """Return the problem with its places where the towns of their names are; islands stay what they are called."""

    def at(name: str, location: Location) -> Location:
        lat, lon = towns[name]
        return replace(location, lat=lat, lon=lon)

    timetable = question.timetable
    ports = tuple(replace(port, location=at(port.id, port.location)) for port in timetable.ports)
    return replace(
        question,
        depots=tuple(replace(depot, location=at(depot.id, depot.location)) for depot in question.depots),
        stops=tuple(replace(stop, location=at(stop.id, stop.location)) for stop in question.stops),
        timetable=replace(timetable, ports=ports),
    )

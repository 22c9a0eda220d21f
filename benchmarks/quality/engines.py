"""The engines that are compared, what each is asked to solve, and where it lives."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from types import MappingProxyType

import router


class SuiteName(StrEnum):
    """The three kinds of instances."""

    VRPTW = "vrptw"
    PDPTW = "pdptw"
    FERRIES = "ferries"


class Peer(StrEnum):
    """The other solvers; each has an environment of its own, pinned in ``peers/<name>.txt``."""

    ORTOOLS = "ortools"
    PYVRP = "pyvrp"
    VROOM = "vroom"


@dataclass(frozen=True, slots=True, kw_only=True)
class Engine:
    """One way of solving.

    Attributes:
        title: Its name in tables.
        peer: Whose environment it needs; ``None`` means ours.
        runners: For each suite that it takes part in, its module under ``runners``.
    """

    name: str
    title: str
    runners: Mapping[SuiteName, str]
    peer: Peer | None = None


def _on_land(runner: str) -> Mapping[SuiteName, str]:
    return MappingProxyType({SuiteName.VRPTW: runner, SuiteName.PDPTW: runner})


def _at_sea(runner: str) -> Mapping[SuiteName, str]:
    return MappingProxyType({SuiteName.FERRIES: runner})


SEARCH, LONG_SEARCH, ROUTING = "search", "search-long", "routing"
PYVRP_WAITING, VROOM_WAITING = "pyvrp-waiting", "vroom-waiting"

ENGINES: tuple[Engine, ...] = (
    Engine(
        name=SEARCH,
        title="Selat",
        runners=MappingProxyType({**_on_land("search"), **_at_sea("archipelago_search")}),
    ),
    Engine(
        name="ortools-usual",
        title="OR-Tools, guided local search",
        runners=_on_land("ortools_usual"),
        peer=Peer.ORTOOLS,
    ),
    Engine(
        name="ortools-tuned",
        title="OR-Tools, string removal",
        runners=_on_land("ortools_tuned"),
        peer=Peer.ORTOOLS,
    ),
    Engine(name="pyvrp", title="PyVRP", runners=_on_land("pyvrp"), peer=Peer.PYVRP),
    Engine(name="vroom", title="VROOM", runners=_on_land("vroom"), peer=Peer.VROOM),
    Engine(name=LONG_SEARCH, title="Selat, three long runs", runners=_at_sea("archipelago_search")),
    Engine(
        name=ROUTING, title="OR-Tools with boarding nodes, seeded", runners=_at_sea("archipelago_routing")
    ),
    Engine(
        name=PYVRP_WAITING,
        title="PyVRP, ferries as average waiting",
        runners=_at_sea("waiting_pyvrp"),
        peer=Peer.PYVRP,
    ),
    Engine(
        name=VROOM_WAITING,
        title="VROOM, ferries as average waiting",
        runners=_at_sea("waiting_vroom"),
        peer=Peer.VROOM,
    ),
)
"""In the order of the tables."""

WHAT_DECIDES = ("domain", "travel", "scheduling", "solver")
"""The packages of ours that decide what the search finds."""


def own_version() -> str:
    """Return our release with a digest of the sources that decide what the search finds."""
    home = Path(router.__file__).parent
    digest = hashlib.sha256()
    for package in WHAT_DECIDES:
        for source in sorted((home / package).rglob("*.py")):
            digest.update(source.relative_to(home).as_posix().encode() + source.read_bytes())
    return f"{router.__version__}+{digest.hexdigest()[:8]}"

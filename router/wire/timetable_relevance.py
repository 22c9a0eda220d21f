"""Which lines of timetables a request has a use for, and which land their ports stand on."""

from collections.abc import Iterator
from dataclasses import dataclass

from router.domain.ids import IslandId, LineId, PortId, Profile
from router.domain.places import land_masses
from router.domain.timetable import FerryNetwork, NetworkLine
from router.errors import AtSea
from router.travel.useful_lines import Crossing, useful
from router.wire import shapes
from router.wire.document import Json, matches, values
from router.wire.faults import Path, RequestWarning, WarningCode, warning
from router.wire.siting import Land
from router.wire.structure import shape

_PLACES = (
    "/depots/*/location",
    "/stops/*/location",
    "/shipments/*/pickup/location",
    "/shipments/*/dropoff/location",
)
_NAMED_AT_SEA = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Chosen:
    """What is to be taken from one timetable.

    Attributes:
        islands: Where its ports stand, as far as there is land.
        lines: Those of use.
        ports: Those that lines of the request itself name.
    """

    islands: dict[PortId, IslandId]
    lines: tuple[NetworkLine, ...]
    ports: frozenset[PortId]
    warnings: tuple[RequestWarning, ...]


def choose(document: Json, networks: dict[Path, FerryNetwork], land: Land) -> dict[Path, Chosen]:
    """Return what the request needs of each network.

    That is every line that may be part of a way between two of its lands, at most three lines long, together with
    the lines of the request and of the other networks, and every line that it has a ticket for.
    """
    islands = {path: _islands(network, land) for path, network in networks.items()}
    lines = [(path, line) for path, network in networks.items() for line in network.lines]
    crossings = [_crossing(line.from_port, line.to_port, islands[path]) for path, line in lines]
    afloat = [crossing for crossing in crossings if crossing is not None]
    of_use = _of_use(document, afloat, islands, land)
    ticketed = _ticketed(document, [line for _, line in lines])
    chosen: dict[Path, list[NetworkLine]] = {path: [] for path in networks}
    for (path, line), crossing in zip(lines, crossings, strict=True):
        if crossing is not None and (crossing in of_use or line.id in ticketed):
            chosen[path].append(line)
    return {
        path: Chosen(
            islands=islands[path],
            lines=tuple(chosen[path]),
            ports=_named_ports(document) & islands[path].keys(),
            warnings=tuple(_at_sea(path, network, islands[path])),
        )
        for path, network in networks.items()
    }


def _islands(network: FerryNetwork, land: Land) -> dict[PortId, IslandId]:
    found = {port.id: port.island for port in network.ports if port.island is not None}
    unsaid = [port for port in network.ports if port.island is None]
    placed = land.locate_many([(port.lat, port.lon) for port in unsaid])
    for port, placement in zip(unsaid, placed, strict=True):
        if not isinstance(placement, AtSea):
            found[port.id] = placement.island
    return found


def _crossing(from_port: PortId, to_port: PortId, islands: dict[PortId, IslandId]) -> Crossing | None:
    """Return the lands that a line joins; ``None`` where one of its ports stands on none."""
    if from_port not in islands or to_port not in islands:
        return None
    return islands[from_port], islands[to_port]


def _of_use(
    document: Json, crossings: list[Crossing], islands: dict[Path, dict[PortId, IslandId]], land: Land
) -> set[Crossing]:
    """Return those of the crossings that vehicles of some profile have a use for."""
    wanted = set(_lands(document, _PLACES, land).values())
    sent = list(_sent_crossings(document, islands, land))
    found: set[Crossing] = set()
    links = land.fixed_links()
    known = wanted.union(*crossings, *sent)
    profiles = {Profile(name) for name in values(document, "/vehicles/*/profile") if isinstance(name, str)}
    # One for each choice of bridges: what is sent may name any number of profiles.
    for profile in {tuple(link.carries(name) for link in links): name for name in profiles}.values():
        mass = land_masses(known, links, profile)
        joined = [(mass[here], mass[there]) for here, there in [*crossings, *sent]]
        needed = useful(joined, {mass[island] for island in wanted})
        found.update(crossing for crossing, is_needed in zip(crossings, needed, strict=False) if is_needed)
    return found


def _lands(document: Json, patterns: tuple[str, ...], land: Land) -> dict[Path, IslandId]:
    """Return the island of every sound position that is on land."""
    found: dict[Path, IslandId] = {}
    unsaid: dict[Path, tuple[float, float]] = {}
    for pattern in patterns:
        for path, value in matches(document, pattern):
            location, _ = shape(shapes.Location, value)
            if location is not None and location.island is not None:
                found[path] = IslandId(location.island)
            elif location is not None:
                unsaid[path] = (location.lat, location.lon)
    for path, placement in zip(unsaid, land.locate_many(list(unsaid.values())), strict=True):
        if not isinstance(placement, AtSea):
            found[path] = placement.island
    return found


def _sent_crossings(
    document: Json, islands: dict[Path, dict[PortId, IslandId]], land: Land
) -> Iterator[Crossing]:
    """Yield the lands that lines of the request itself join; they may name ports of timetables, too."""
    ports = {port: island for of_network in islands.values() for port, island in of_network.items()}
    for path, island in _lands(document, ("/ferries/ports/*/location",), land).items():
        name = document["ferries"]["ports"][path[2]].get("id")
        if isinstance(name, str):
            ports[PortId(name)] = island
    for line in values(document, "/ferries/lines/*"):
        ends = (line.get("from_port"), line.get("to_port")) if isinstance(line, dict) else ()
        known = [ports[PortId(end)] for end in ends if isinstance(end, str) and end in ports]
        if len(known) == 2:
            yield known[0], known[1]


def _ticketed(document: Json, lines: list[NetworkLine]) -> set[LineId]:
    """Return the lines that a vehicle has a ticket for; sailings of services are called by their line."""
    tickets = {name for name in values(document, "/vehicles/*/tickets/*") if isinstance(name, str)}
    prefixes = {name[:end] for name in tickets for end, letter in enumerate(name) if letter == "/"}
    return {
        line.id
        for line in lines
        if tickets and (line.id in prefixes or any(sailing.id in tickets for sailing in line.sailings))
    }


def _named_ports(document: Json) -> frozenset[PortId]:
    ends = [*values(document, "/ferries/lines/*/from_port"), *values(document, "/ferries/lines/*/to_port")]
    return frozenset(PortId(name) for name in ends if isinstance(name, str))


def ports_at_sea(path: Path, network: FerryNetwork, land: Land) -> tuple[RequestWarning, ...]:
    """Return a warning where ports that lines use are on no land; ``path`` leads to what is to blame."""
    return tuple(_at_sea(path, network, _islands(network, land)))


def _at_sea(path: Path, network: FerryNetwork, islands: dict[PortId, IslandId]) -> Iterator[RequestWarning]:
    used = {port for line in network.lines for port in (line.from_port, line.to_port)}
    lost = [port.id for port in network.ports if port.id in used and port.id not in islands]
    if lost:
        some = ", ".join(lost[:_NAMED_AT_SEA]) + (", …" if len(lost) > _NAMED_AT_SEA else "")
        detail = (
            f"{len(lost)} of its ports are on no land of the layer, so that their lines are not used: {some}"
        )
        yield warning(path, WarningCode.PORT_AT_SEA, detail)

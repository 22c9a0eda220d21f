"""Ports, lines and sailings: what moves over water, and when."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from itertools import pairwise

from router.domain.ids import FerryClass, LineId, PortId, SailingId
from router.domain.places import Location
from router.domain.units import Instant, Money, Seconds
from router.errors import DomainError


@dataclass(frozen=True, slots=True, kw_only=True)
class Port:
    """A harbour; its clocks are those of ``location.time_zone``."""

    id: PortId
    location: Location


@dataclass(frozen=True, slots=True, kw_only=True)
class Sailing:
    """One departure of a ferry line.

    Attributes:
        id: Unique in the whole timetable.
        line_id: The line it belongs to.
        departs: When it casts off.
        crossing: How long it is under way.
        check_in: How long before ``departs`` a vehicle must be at the port.
        unload: How long after docking a vehicle rolls off.
        deck_slots: Room on deck, shared by all vehicles; ``None`` means unlimited.
        cancelled: Such a sailing carries nobody; it is kept to be named in reasons.
    """

    id: SailingId
    line_id: LineId
    departs: Instant
    crossing: Seconds
    check_in: Seconds
    unload: Seconds
    deck_slots: int | None = None
    cancelled: bool = False

    def __post_init__(self) -> None:
        if self.crossing <= 0 or self.check_in < 0 or self.unload < 0:
            raise DomainError(
                f"sailing {self.id}: crossing must be positive, check-in and unloading not negative"
            )
        if self.deck_slots is not None and self.deck_slots < 0:
            raise DomainError(f"sailing {self.id}: deck_slots must not be negative")

    @property
    def check_in_by(self) -> Instant:
        """The latest instant to be at the port of departure."""
        return Instant(self.departs - self.check_in)

    @property
    def docks_at(self) -> Instant:
        """When the ship reaches the port of arrival."""
        return Instant(self.departs + self.crossing)

    @property
    def rolls_off_at(self) -> Instant:
        """When the vehicle is on the road again."""
        return Instant(self.departs + self.crossing + self.unload)


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A ferry line in one direction, with its sailings in order of departure.

    ``fares`` names the classes carried and what each pays; ``None`` carries everything free.
    """

    id: LineId
    from_port: PortId
    to_port: PortId
    sailings: tuple[Sailing, ...]
    fares: Mapping[FerryClass, Money] | None = None

    def __post_init__(self) -> None:
        if self.from_port == self.to_port:
            raise DomainError(f"line {self.id} ends where it starts")
        if any(s.line_id != self.id for s in self.sailings):
            raise DomainError(f"line {self.id} holds a sailing of another line")
        if any(b.departs < a.departs for a, b in pairwise(self.sailings)):
            raise DomainError(f"sailings of line {self.id} are out of order")

    def fare(self, ferry_class: FerryClass | None) -> Money | None:
        """Return what this class pays, or ``None`` where the line does not carry it."""
        if self.fares is None:
            return Money(0.0)
        return None if ferry_class is None else self.fares.get(ferry_class)


@dataclass(frozen=True, slots=True, kw_only=True)
class Timetable:
    """All ports and lines of a plan."""

    ports: tuple[Port, ...] = ()
    lines: tuple[Line, ...] = ()
    _ports: dict[PortId, Port] = field(init=False, repr=False, compare=False)
    _lines: dict[LineId, Line] = field(init=False, repr=False, compare=False)
    _sailings: dict[SailingId, Sailing] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        ports = {port.id: port for port in self.ports}
        lines = {line.id: line for line in self.lines}
        sailings = {sailing.id: sailing for line in self.lines for sailing in line.sailings}
        _require_unique("port", len(self.ports), len(ports))
        _require_unique("line", len(self.lines), len(lines))
        _require_unique("sailing", sum(len(line.sailings) for line in self.lines), len(sailings))
        for line in self.lines:
            if line.from_port not in ports or line.to_port not in ports:
                raise DomainError(f"line {line.id} names a port that does not exist")
        object.__setattr__(self, "_ports", ports)
        object.__setattr__(self, "_lines", lines)
        object.__setattr__(self, "_sailings", sailings)

    def port(self, port_id: PortId) -> Port:
        """Return the port; raise ``KeyError`` where there is none."""
        return self._ports[port_id]

    def line(self, line_id: LineId) -> Line:
        """Return the line; raise ``KeyError`` where there is none."""
        return self._lines[line_id]

    def sailing(self, sailing_id: SailingId) -> Sailing:
        """Return the sailing; raise ``KeyError`` where there is none."""
        return self._sailings[sailing_id]

    def sailings(self) -> Iterable[Sailing]:
        """Yield every sailing, cancelled ones too."""
        return self._sailings.values()

    def has_port(self, port_id: str) -> bool:
        """Return whether there is such a port."""
        return port_id in self._ports

    def has_sailing(self, sailing_id: str) -> bool:
        """Return whether there is such a sailing."""
        return sailing_id in self._sailings


def _require_unique(noun: str, listed: int, distinct: int) -> None:
    if listed != distinct:
        raise DomainError(f"a {noun} id stands twice in the timetable")

"""The ferry network of a request as the timetable of a problem."""

from collections.abc import Iterator

from router.domain.ferries import Line, Port, Sailing, Timetable
from router.domain.ids import FerryClass, LineId, PortId, SailingId
from router.domain.places import Location
from router.domain.units import Money, Seconds
from router.wire import shapes


def timetable_of(ferries: shapes.Ferries, locations: Iterator[Location]) -> Timetable:
    """Return lines and the ports that they use; no matrix has to name the others."""
    used = {port for line in ferries.lines for port in (line.from_port, line.to_port)}
    ports = [
        Port(id=PortId(port.id), location=location)
        for port, location in zip(ferries.ports, locations, strict=True)
    ]
    return Timetable(
        ports=tuple(port for port in ports if port.id in used), lines=tuple(map(_line, ferries.lines))
    )


def _line(line: shapes.Line) -> Line:
    sailings = sorted((_sailing(line, sailing) for sailing in line.sailings), key=lambda s: (s.departs, s.id))
    fares = {FerryClass(name): Money(fare) for name, fare in line.fares.items()} if line.fares else None
    return Line(
        id=LineId(line.id),
        from_port=PortId(line.from_port),
        to_port=PortId(line.to_port),
        sailings=tuple(sailings),
        fares=fares,
    )


def _sailing(line: shapes.Line, sailing: shapes.Sailing) -> Sailing:
    return Sailing(
        id=SailingId(sailing.id),
        line_id=LineId(line.id),
        departs=sailing.departs,
        crossing=Seconds(sailing.crossing_seconds or line.crossing_seconds),
        check_in=Seconds(line.check_in_seconds),
        unload=Seconds(line.unload_seconds),
        deck_slots=sailing.deck_slots,
        cancelled=sailing.cancelled,
    )

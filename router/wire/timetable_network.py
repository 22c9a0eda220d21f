"""A timetable's document as a network, and a network as its document."""

from collections.abc import Iterable
from datetime import date
from typing import Any

import orjson

from router.domain.ferries import Sailing
from router.domain.ids import FerryClass, IslandId, LineId, PortId, SailingId
from router.domain.timetable import (
    EVERY_DAY,
    Closure,
    FerryNetwork,
    Headway,
    NetworkLine,
    NetworkPort,
    Service,
)
from router.domain.units import Instant, Money, Seconds, local_time
from router.wire import shapes
from router.wire.shapes.timetables import WEEKDAYS
from router.wire.siting import Land

JsonObject = dict[str, Any]


def to_network(timetable: shapes.Timetable, land: Land) -> FerryNetwork:
    """Return what a timetable means that ``read_timetable`` returned; ``land`` knows the clocks left out."""
    return FerryNetwork(
        title=timetable.title,
        notes=timetable.notes,
        currency=timetable.currency,
        ports=tuple(_port(port, land) for port in timetable.ports),
        lines=tuple(map(_line, timetable.lines)),
        closures=tuple(map(_closure, timetable.exceptions)),
    )


def network_bytes(network: FerryNetwork) -> bytes:
    """Return a network as the JSON of a timetable; what ``to_network`` makes of that is the same network again."""
    zones = {port.id: port.time_zone for port in network.ports}
    document = {
        "title": network.title,
        "notes": network.notes,
        "currency": network.currency,
        "ports": [_port_said(port) for port in network.ports],
        "lines": [_line_said(line, zones[line.from_port]) for line in network.lines],
        "exceptions": [_closure_said(closure) for closure in network.closures],
    }
    return orjson.dumps(_without_empty(document))


def _port(port: shapes.TimetablePort, land: Land) -> NetworkPort:
    where = port.location
    return NetworkPort(
        id=PortId(port.id),
        name=port.name,
        lat=where.lat,
        lon=where.lon,
        island=None if where.island is None else IslandId(where.island),
        time_zone=port.time_zone or land.time_zone(where.lat, where.lon),
    )


def _line(line: shapes.TimetableLine) -> NetworkLine:
    return NetworkLine(
        id=LineId(line.id),
        name=line.name,
        from_port=PortId(line.from_port),
        to_port=PortId(line.to_port),
        crossing=Seconds(line.crossing_seconds),
        check_in=Seconds(line.check_in_seconds),
        unload=Seconds(line.unload_seconds),
        fares={FerryClass(name): Money(fare) for name, fare in line.fares.items()} if line.fares else None,
        deck_slots=line.deck_slots,
        sailings=tuple(_sailing(line, sailing) for sailing in line.sailings),
        services=tuple(map(_service, line.services)),
    )


def _sailing(line: shapes.TimetableLine, sailing: shapes.Sailing) -> Sailing:
    return Sailing(
        id=SailingId(sailing.id),
        line_id=LineId(line.id),
        departs=sailing.departs,
        crossing=Seconds(sailing.crossing_seconds or line.crossing_seconds),
        check_in=Seconds(line.check_in_seconds),
        unload=Seconds(line.unload_seconds),
        deck_slots=line.deck_slots if sailing.deck_slots is None else sailing.deck_slots,
        cancelled=sailing.cancelled,
    )


def _service(service: shapes.Service) -> Service:
    days = frozenset(map(WEEKDAYS.index, service.days)) or EVERY_DAY
    only_dates = service.dates and not (service.days or service.from_ or service.until)
    return Service(
        days=frozenset() if only_dates else days,
        first=service.from_,
        last=service.until,
        dates=frozenset(service.dates),
        except_dates=frozenset() if only_dates else frozenset(service.except_dates),
        times=tuple(service.times),
        every=tuple(
            Headway(start=e.start, end=e.end, interval=Seconds(e.interval_seconds)) for e in service.every
        ),
        crossing=None if service.crossing_seconds is None else Seconds(service.crossing_seconds),
        deck_slots=service.deck_slots,
        time_zone=service.time_zone,
    )


def _closure(exception: shapes.ServiceException) -> Closure:
    return Closure(
        reason=exception.reason,
        start=exception.start,
        end=exception.end,
        line_ids=frozenset(map(LineId, exception.line_ids)),
        port_ids=frozenset(map(PortId, exception.port_ids)),
    )


def _port_said(port: NetworkPort) -> JsonObject:
    where = {"lat": port.lat, "lon": port.lon, "island": port.island}
    return {
        "id": port.id,
        "name": port.name,
        "location": {name: value for name, value in where.items() if value is not None},
        "time_zone": port.time_zone,
    }


def _line_said(line: NetworkLine, time_zone: str) -> JsonObject:
    return {
        "id": line.id,
        "name": line.name,
        "from_port": line.from_port,
        "to_port": line.to_port,
        "crossing_seconds": line.crossing,
        "check_in_seconds": line.check_in,
        "unload_seconds": line.unload,
        "fares": dict(line.fares or {}),
        "deck_slots": line.deck_slots,
        "sailings": [_sailing_said(sailing, line, time_zone) for sailing in line.sailings],
        "services": [_without_empty(_service_said(service)) for service in line.services],
    }


def _sailing_said(sailing: Sailing, line: NetworkLine, time_zone: str) -> JsonObject:
    said = {
        "id": sailing.id,
        "departs": local_time(sailing.departs, time_zone).isoformat(),
        "crossing_seconds": sailing.crossing if sailing.crossing != line.crossing else None,
        "deck_slots": sailing.deck_slots if sailing.deck_slots != line.deck_slots else None,
        "cancelled": sailing.cancelled or None,
    }
    return _without_empty(said)


def _service_said(service: Service) -> JsonObject:
    days = sorted(service.days) if service.days != EVERY_DAY else []
    return {
        "days": [WEEKDAYS[day] for day in days],
        "from": service.first,
        "until": service.last,
        "dates": _sorted_texts(service.dates),
        "except_dates": _sorted_texts(service.except_dates),
        "times": list(map(_clock, service.times)),
        "every": [
            {"start": _clock(e.start), "end": _clock(e.end), "interval_seconds": e.interval}
            for e in service.every
        ],
        "crossing_seconds": service.crossing,
        "deck_slots": service.deck_slots,
        "time_zone": service.time_zone,
    }


def _closure_said(closure: Closure) -> JsonObject:
    return _without_empty(
        {
            "reason": closure.reason,
            "start": _utc(closure.start),
            "end": _utc(closure.end),
            "line_ids": sorted(closure.line_ids),
            "port_ids": sorted(closure.port_ids),
        }
    )


def _utc(instant: Instant) -> str:
    return local_time(instant, "UTC").isoformat()


def _clock(seconds: int) -> str:
    hours, rest = divmod(seconds, 3600)
    minutes, second = divmod(rest, 60)
    return f"{hours:02d}:{minutes:02d}" + (f":{second:02d}" if second else "")


def _sorted_texts(days: Iterable[date]) -> list[str]:
    return [day.isoformat() for day in sorted(days)]


def _without_empty(document: JsonObject) -> JsonObject:
    """Return the object without what says no more than leaving it out."""
    return {
        name: value for name, value in document.items() if value is not None and value not in ("", [], {})
    }

"""A ferry network as timetables tell it: which line sails at what time on which days, and when nothing sails.

``sailings_within`` turns that into departures; what a plan works with (``domain.ferries``) has nothing else.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from router.domain.ferries import Sailing
from router.domain.ids import FerryClass, IslandId, LineId, PortId, SailingId
from router.domain.units import Instant, Money, Seconds, instant_of, local_time
from router.errors import DomainError

EVERY_DAY = frozenset(range(7))
"""Days of the week as ``date.weekday`` counts them: Monday is 0."""

MOST_CLOCK_SECONDS = 168 * 3600
"""The latest time that a service day may have: the midnight a week after it."""

_DAY = 24 * 3600


@dataclass(frozen=True, slots=True, kw_only=True)
class NetworkPort:
    """A harbour of a network.

    Attributes:
        island: The land mass it stands on, where the timetable says it.
        time_zone: IANA name of its clocks.
    """

    id: PortId
    lat: float
    lon: float
    time_zone: str
    name: str = ""
    island: IslandId | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Headway:
    """A departure every so many seconds, from ``start`` on (inclusive) until ``end`` (exclusive).

    Both are seconds since the midnight of the service day.
    """

    start: int
    end: int
    interval: Seconds

    def __post_init__(self) -> None:
        if self.interval <= 0 or not 0 <= self.start <= self.end:
            raise DomainError("departures follow each other at an interval above zero, from start to end")


@dataclass(frozen=True, slots=True, kw_only=True)
class Service:
    """Departures that share their days.

    Attributes:
        days: Days of the week.
        first: The first service day; ``None``: since ever.
        last: The last service day; ``None``: for ever.
        dates: Service days besides those.
        except_dates: No service days, whatever the rest says, but for ``dates``.
        times: Departures in seconds since the midnight of the service day; past 24 hours is allowed.
        every: Departures at intervals.
        crossing: Where it is not that of the line.
        deck_slots: Where it is not that of the line.
        time_zone: The clocks of days and times where they are not those of the port of departure.
    """

    days: frozenset[int] = EVERY_DAY
    first: date | None = None
    last: date | None = None
    dates: frozenset[date] = frozenset()
    except_dates: frozenset[date] = frozenset()
    times: tuple[int, ...] = ()
    every: tuple[Headway, ...] = ()
    crossing: Seconds | None = None
    deck_slots: int | None = None
    time_zone: str | None = None

    def __post_init__(self) -> None:
        if not self.days and (not self.dates or self.first or self.last or self.except_dates):
            raise DomainError("a service on no day of the week runs on its dates alone, and has some")

    def runs_on(self, day: date) -> bool:
        """Return whether this is a service day."""
        if day in self.dates:
            return True
        within = (self.first is None or self.first <= day) and (self.last is None or day <= self.last)
        return within and day.weekday() in self.days and day not in self.except_dates

    def clock_times(self) -> Iterator[int]:
        """Yield the departures of a service day, in seconds since its midnight, in no order."""
        yield from self.times
        for headway in self.every:
            yield from range(headway.start, headway.end, headway.interval)


@dataclass(frozen=True, slots=True, kw_only=True)
class NetworkLine:
    """A ferry line in one direction.

    Attributes:
        crossing: How long its ships are under way.
        check_in: How long before departure a vehicle must be at the port.
        unload: How long after docking a vehicle rolls off.
        fares: The classes carried and what each pays; ``None`` carries everything free.
        deck_slots: Room on deck of each sailing; ``None`` means unlimited.
        sailings: Departures told one by one.
        services: Departures told by days and times.
    """

    id: LineId
    from_port: PortId
    to_port: PortId
    crossing: Seconds
    check_in: Seconds
    unload: Seconds
    name: str = ""
    fares: Mapping[FerryClass, Money] | None = None
    deck_slots: int | None = None
    sailings: tuple[Sailing, ...] = ()
    services: tuple[Service, ...] = ()

    def __post_init__(self) -> None:
        if self.from_port == self.to_port:
            raise DomainError(f"line {self.id} ends where it starts")


@dataclass(frozen=True, slots=True, kw_only=True)
class Closure:
    """Nothing departs in ``[start, end)``: a holiday, a storm.

    Attributes:
        line_ids: The lines concerned.
        port_ids: All lines from or to these ports are concerned, too. Where neither is named, every line is.
    """

    reason: str
    start: Instant
    end: Instant
    line_ids: frozenset[LineId] = frozenset()
    port_ids: frozenset[PortId] = frozenset()

    def __post_init__(self) -> None:
        if self.end < self.start:
            raise DomainError(f"{self.reason} ends before it starts")

    def concerns(self, line: NetworkLine) -> bool:
        """Return whether the line is closed while this lasts."""
        if not self.line_ids and not self.port_ids:
            return True
        return line.id in self.line_ids or not self.port_ids.isdisjoint((line.from_port, line.to_port))


@dataclass(frozen=True, slots=True, kw_only=True)
class FerryNetwork:
    """A whole timetable; every reference in it resolves. Amounts are in ``currency`` (ISO 4217)."""

    ports: tuple[NetworkPort, ...] = ()
    lines: tuple[NetworkLine, ...] = ()
    closures: tuple[Closure, ...] = ()
    title: str = ""
    notes: str = ""
    currency: str = "IDR"

    def __post_init__(self) -> None:
        ports, lines = {port.id for port in self.ports}, {line.id for line in self.lines}
        if len(ports) != len(self.ports) or len(lines) != len(self.lines):
            raise DomainError("an id stands twice among the ports or among the lines of a network")
        if any({line.from_port, line.to_port} - ports for line in self.lines):
            raise DomainError("a line of a network names a port that does not exist")
        if any(closure.line_ids - lines or closure.port_ids - ports for closure in self.closures):
            raise DomainError("a closure names a line or a port that does not exist")


def sailings_within(line: NetworkLine, time_zone: str, start: Instant, end: Instant) -> Iterator[Sailing]:
    """Yield the sailings of a line that depart in ``[start, end)``, in no order; closures are not looked at.

    What services say twice, with the same crossing and without a bound on the deck, sails once. A sailing of a
    service is called ``<line>/<local departure, YYYY-MM-DDTHH:MM>``; where that is taken, ``/2`` follows, and so
    on. Ids do not depend on what else is asked for as long as ``start`` is a local midnight.

    Args:
        line: One of a network.
        time_zone: That of its port of departure.
        start: The first instant.
        end: The instant after the last.
    """
    told = [sailing for sailing in line.sailings if start <= sailing.departs < end]
    yield from told
    taken = {sailing.id for sailing in line.sailings}
    for departs, crossing, deck_slots in _departures(line, time_zone, start, end):
        name = f"{line.id}/{local_time(departs, time_zone):%Y-%m-%dT%H:%M}"
        sailing_id, number = name, 1
        while sailing_id in taken:
            number += 1
            sailing_id = f"{name}/{number}"
        taken.add(SailingId(sailing_id))
        yield Sailing(
            id=SailingId(sailing_id),
            line_id=line.id,
            departs=departs,
            crossing=crossing,
            check_in=line.check_in,
            unload=line.unload,
            deck_slots=deck_slots,
        )


def local_days(start: Instant, end: Instant, time_zone: str) -> tuple[Instant, Instant]:
    """Return the local midnights before ``start`` and after ``end``: every local day that they touch, whole."""
    first, last = (local_time(instant, time_zone).date() for instant in (start, end))
    return _midnight(first, time_zone), _midnight(last + timedelta(days=1), time_zone)


_Departure = tuple[Instant, Seconds, int | None]


def _departures(line: NetworkLine, time_zone: str, start: Instant, end: Instant) -> list[_Departure]:
    """Return instant, crossing and deck slots of the departures of a line's services, in order."""
    found: dict[_Departure, int] = {}
    for service in line.services:
        crossing = line.crossing if service.crossing is None else service.crossing
        slots = line.deck_slots if service.deck_slots is None else service.deck_slots
        for departs in _instants(service, service.time_zone or time_zone, start, end):
            departure = (departs, crossing, slots)
            found[departure] = 1 if slots is None else found.get(departure, 0) + 1
    ordered = sorted(found, key=lambda each: (each[0], each[1], -1 if each[2] is None else each[2]))
    return [departure for departure in ordered for _ in range(found[departure])]


def _instants(service: Service, time_zone: str, start: Instant, end: Instant) -> Iterator[Instant]:
    """Yield the departures of a service in ``[start, end)``."""
    times = sorted(service.clock_times())
    if not times:
        return
    day = local_time(Instant(start - times[-1]), time_zone).date() - timedelta(days=1)
    after = local_time(end, time_zone).date() + timedelta(days=2)
    while day < after:
        if service.runs_on(day):
            midnight = _clock_zero(day, time_zone)
            yield from (Instant(midnight + t) for t in times if start <= midnight + t < end)
        day += timedelta(days=1)


def _clock_zero(day: date, time_zone: str) -> Instant:
    """Return what the times of a service day count from: twelve hours before its noon, as in GTFS.

    That is midnight, but for the days on which clocks are changed: so 08:00 is 08:00 by the clocks on them, too.
    """
    noon = datetime.combine(day, time(12), tzinfo=ZoneInfo(time_zone))
    return Instant(instant_of(noon) - _DAY // 2)


def _midnight(day: date, time_zone: str) -> Instant:
    return instant_of(datetime.combine(day, time(0), tzinfo=ZoneInfo(time_zone)))

"""Generated archipelagos against a brute force that tries every chain of sailings."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise, permutations, product
from math import inf

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from router.domain.ferries import Line, Sailing, Timetable
from router.domain.fleet import Vehicle
from router.domain.ids import FerryClass, IslandId, LineId, PortId, SailingId
from router.domain.places import TimeWindow
from router.domain.units import Instant, Money, Seconds
from router.travel.ferries import LONGEST_CHAIN
from router.travel.matrix import Drive
from router.travel.travel import Crossing, Travel
from tests.builders import depot, dropoff, port, problem, road_matrix, van

ISLANDS = ("a", "b", "c", "d")
# Most lead from a towards d, so that chains are common.
STRAITS = ("ab", "ac", "ad", "bc", "bd", "cb", "cd", "ba", "da")
IV, II = FerryClass("IV"), FerryClass("II")
DAY_END = 400
SHIFT = TimeWindow(Instant(0), Instant(DAY_END))
VAN = van("van-1", start="home", shift=SHIFT, ferry_class="IV")
FLEET = (VAN, van("van-2", start="home", shift=SHIFT, ferry_class="IV", deck_slots=2))


@st.composite
def lines(draw: st.DrawFn, name: str) -> Line:
    """Return a line whose sailings may overtake each other."""
    strait = draw(st.sampled_from(STRAITS))
    from_port, to_port = (PortId(f"{island}{draw(st.sampled_from([0, 0, 1]))}") for island in strait)
    line_id = LineId(name)
    sailings = [
        Sailing(
            id=SailingId(f"{name}/{number}"),
            line_id=line_id,
            departs=Instant(departs),
            crossing=Seconds(draw(st.integers(1, 60))),
            check_in=Seconds(draw(st.integers(0, 8))),
            unload=Seconds(draw(st.integers(0, 3))),
            deck_slots=draw(st.sampled_from([None, 1, 2, 2, 3])),
            cancelled=draw(st.integers(0, 9)) == 0,
        )
        for number, departs in enumerate(sorted(draw(st.lists(st.integers(10, 300), min_size=1, max_size=6))))
    ]
    fares = draw(
        st.sampled_from(
            [None, {IV: Money(1.0)}, {IV: Money(3.0)}, {IV: Money(2.0), II: Money(0.5)}, {II: Money(0.5)}]
        )
    )
    return Line(id=line_id, from_port=from_port, to_port=to_port, sailings=tuple(sailings), fares=fares)


@st.composite
def archipelagos(draw: st.DrawFn) -> Travel:
    """Return four islands with two ports each, a depot on ``a``, a stop on ``d``, and up to nine lines."""
    count = draw(st.integers(3, 9))
    question = problem(
        depots=[depot("home", island="a", km=draw(st.integers(0, 9)))],
        stops=[dropoff("door", island="d", km=draw(st.integers(0, 9)))],
        ports=[
            port(f"{island}{k}", island=island, km=draw(st.integers(0, 9)))
            for island in ISLANDS
            for k in (0, 1)
        ],
        lines=[draw(lines(f"line-{number}")) for number in range(count)],
        vehicles=FLEET,
    )
    closed = draw(st.sampled_from([(), (("home", "a0"),), (("b0", "b1"), ("c1", "c0"))]))
    return Travel(question, road_matrix(question, seconds_per_km=1, closed=closed))


@dataclass(frozen=True)
class Way:
    """One chain of sailings as the brute force found it."""

    from_port: PortId
    to_port: PortId
    sailings: tuple[Sailing, ...]
    fare: float
    meters: int


def ways(travel: Travel, vehicle: Vehicle, origin: str, destination: str) -> Iterator[Way]:
    """Yield every chain of up to three sailings, useful or not, by the dullest code."""
    timetable = travel.problem.timetable
    for length in range(1, LONGEST_CHAIN + 1):
        for row in permutations(timetable.lines, length):
            starts = [timetable.port(line.from_port).location.island for line in row]
            ends = [timetable.port(line.to_port).location.island for line in row]
            islands = [*starts, ends[-1]]
            fares = [line.fare(vehicle.conveyance.ferry_class) for line in row]
            roads = [travel.drive(vehicle.profile, a.to_port, b.from_port) for a, b in pairwise(row)]
            joined = islands[0] == origin and islands[-1] == destination and starts[1:] == ends[:-1]
            if not joined or len(set(islands)) < len(islands) or None in fares or None in roads:
                continue
            for sailings in product(*(line.sailings for line in row)):
                if all(_carries(s, vehicle) for s in sailings) and _connect(sailings, roads):
                    fare = sum(fare for fare in fares if fare is not None)
                    meters = sum(road.meters for road in roads if road is not None)
                    yield Way(row[0].from_port, row[-1].to_port, sailings, fare, meters)


def _carries(sailing: Sailing, vehicle: Vehicle) -> bool:
    roomy = sailing.deck_slots is None or sailing.deck_slots >= vehicle.conveyance.deck_slots
    return roomy and not sailing.cancelled


def _connect(sailings: Sequence[Sailing], roads: Sequence[Drive | None]) -> bool:
    return all(
        road is not None and before.rolls_off_at + road.seconds <= after.check_in_by
        for (before, after), road in zip(pairwise(sailings), roads, strict=True)
    )


def timed(travel: Travel, vehicle: Vehicle) -> list[tuple[int, int]]:
    """Return when each way from the depot to the stop leaves at the latest, and when it arrives."""
    found = []
    for way in ways(travel, vehicle, "a", "d"):
        before = travel.drive(vehicle.profile, "home", way.from_port)
        after = travel.drive(vehicle.profile, way.to_port, "door")
        if before is not None and after is not None:
            leave = way.sailings[0].check_in_by - before.seconds
            found.append((leave, way.sailings[-1].rolls_off_at + after.seconds))
    return found


def arrival(travel: Travel, vehicle: Vehicle, leave: int) -> float:
    """Return the earliest arrival at the stop, infinite where there is none."""
    journey = travel.earliest_arrival(vehicle.conveyance, "home", "door", Instant(leave))
    return inf if journey is None else journey.arrives_at


unhurried = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
vehicles = st.sampled_from(FLEET)
instants = st.integers(0, DAY_END)


@unhurried
@given(archipelagos(), vehicles, instants)
def test_the_earliest_arrival_is_that_of_the_best_chain(travel: Travel, vehicle: Vehicle, leave: int) -> None:
    best = min((arrives for latest, arrives in timed(travel, vehicle) if leave <= latest), default=inf)
    assert arrival(travel, vehicle, leave) == best


@unhurried
@given(archipelagos(), vehicles, instants)
def test_the_latest_departure_is_that_of_the_best_chain(
    travel: Travel, vehicle: Vehicle, arrive_by: int
) -> None:
    best = max((latest for latest, arrives in timed(travel, vehicle) if arrives <= arrive_by), default=None)
    journey = travel.latest_departure(vehicle.conveyance, "home", "door", Instant(arrive_by))
    assert (None if journey is None else journey.departs_at) == best


@unhurried
@given(archipelagos(), vehicles, instants, instants)
def test_leaving_later_never_arrives_earlier(travel: Travel, vehicle: Vehicle, one: int, other: int) -> None:
    assert arrival(travel, vehicle, min(one, other)) <= arrival(travel, vehicle, max(one, other))


@unhurried
@given(archipelagos(), vehicles, instants)
def test_the_latest_departure_is_the_inverse_of_the_earliest_arrival(
    travel: Travel, vehicle: Vehicle, arrive_by: int
) -> None:
    journey = travel.latest_departure(vehicle.conveyance, "home", "door", Instant(arrive_by))
    if journey is None:
        assert arrival(travel, vehicle, -DAY_END) > arrive_by
    else:
        assert arrival(travel, vehicle, journey.departs_at) == journey.arrives_at <= arrive_by
        assert arrival(travel, vehicle, journey.departs_at + 1) > arrive_by


@unhurried
@given(archipelagos(), vehicles, instants, st.data())
def test_adding_a_sailing_never_hurts(
    travel: Travel, vehicle: Vehicle, leave: int, data: st.DataObject
) -> None:
    timetable = travel.problem.timetable
    line = data.draw(st.sampled_from(timetable.lines))
    extra = Sailing(
        id=SailingId("extra"),
        line_id=line.id,
        departs=Instant(data.draw(st.integers(10, 300))),
        crossing=Seconds(data.draw(st.integers(1, 60))),
        check_in=Seconds(5),
        unload=Seconds(0),
        deck_slots=data.draw(st.sampled_from([None, 1])),
    )
    more = replace(line, sailings=tuple(sorted((*line.sailings, extra), key=lambda s: s.departs)))
    lines = tuple(more if old is line else old for old in timetable.lines)
    richer = replace(travel.problem, timetable=Timetable(ports=timetable.ports, lines=lines))
    assert arrival(Travel(richer, travel.matrix), vehicle, leave) <= arrival(travel, vehicle, leave)


@unhurried
@given(archipelagos(), vehicles, st.data())
def test_whatever_deck_is_full_a_crossing_as_good_as_any_chain_is_offered(
    travel: Travel, vehicle: Vehicle, data: st.DataObject
) -> None:
    """Decks that hold the whole fleet are never full; of the others, one is taken to be."""
    slots = sum(v.conveyance.deck_slots for v in FLEET)
    sailings = list(travel.problem.timetable.sailings())
    small = [s.id for s in sailings if s.deck_slots is not None and s.deck_slots < slots]
    full = data.draw(st.sampled_from([SailingId("none"), *small]))
    offered = [
        crossing
        for crossing in travel.crossings(vehicle.conveyance, IslandId("a"), IslandId("d"))
        if full not in {sailing.id for sailing in crossing.sailings}
    ]
    for way in ways(travel, vehicle, "a", "d"):
        if full not in {sailing.id for sailing in way.sailings}:
            assert any(_as_good(crossing, way) for crossing in offered)


def _as_good(crossing: Crossing, way: Way) -> bool:
    return (
        (crossing.from_port, crossing.to_port) == (way.from_port, way.to_port)
        and crossing.check_in_by >= way.sailings[0].check_in_by
        and crossing.rolls_off_at <= way.sailings[-1].rolls_off_at
        and crossing.fare <= way.fare
        and crossing.meters <= way.meters
    )


@unhurried
@given(archipelagos(), vehicles)
def test_every_crossing_offered_is_a_chain_that_the_brute_force_finds(
    travel: Travel, vehicle: Vehicle
) -> None:
    found = {(way.sailings, way.fare, way.meters) for way in ways(travel, vehicle, "a", "d")}
    for crossing in travel.crossings(vehicle.conveyance, IslandId("a"), IslandId("d")):
        assert (crossing.sailings, crossing.fare, crossing.meters) in found
        assert crossing.check_in_by == crossing.sailings[0].check_in_by
        assert crossing.rolls_off_at == crossing.sailings[-1].rolls_off_at

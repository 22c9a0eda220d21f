"""Which crossings from land mass to land mass are offered, and which are not."""

from dataclasses import replace
from itertools import pairwise

import pytest

from router.domain.ferries import Line, Port
from router.domain.fleet import Conveyance, Vehicle
from router.domain.ids import IslandId, PlaceId, PortId, SailingId
from router.domain.units import Meters, Money, Seconds
from router.travel.travel import Crossing, Travel
from tests.builders import MINUTE, at, between, bridge, depot, dropoff, line, port, problem, road_matrix, van

BALI, PENIDA, LOMBOK = IslandId("bali"), IslandId("penida"), IslandId("lombok")
SANUR, TOYAPAKEH = port("sanur", island="bali", km=10), port("toyapakeh", island="penida")
FLEET = (van("van-1"), van("van-2"), van("van-3"))


def crossings(
    lines: list[Line],
    *,
    ports: tuple[Port, ...] = (SANUR, TOYAPAKEH),
    vehicles: tuple[Vehicle, ...] = FLEET,
    destination: IslandId = PENIDA,
    conveyance: Conveyance | None = None,
    closed: tuple[tuple[PlaceId, PlaceId], ...] = (),
) -> tuple[Crossing, ...]:
    question = problem(lines=lines, ports=ports, vehicles=vehicles)
    travel = Travel(question, road_matrix(question, closed=closed))
    return travel.crossings(conveyance or vehicles[0].conveyance, BALI, destination)


def names(found: tuple[Crossing, ...]) -> list[list[str]]:
    return [[sailing.id for sailing in crossing.sailings] for crossing in found]


def test_a_crossing_runs_from_check_in_to_roll_off_and_costs_the_fare_of_the_class() -> None:
    (found,) = crossings([line("boat", "sanur", "toyapakeh", ["08:00"], fares={"IVB": 210000, "II": 35000})])
    assert (found.from_port, found.to_port) == ("sanur", "toyapakeh")
    assert (found.check_in_by, found.rolls_off_at) == (at("07:40"), at("08:50"))
    assert (found.fare, found.drive, found.meters) == (Money(210000), Seconds(0), Meters(0))


def test_cancelled_sailings_do_not_exist() -> None:
    found = crossings([line("boat", "sanur", "toyapakeh", ["08:00", "10:00"], cancelled=["08:00"])])
    assert names(found) == [["boat 10:00"]]


@pytest.mark.parametrize("ferry_class", ["II", None])
def test_a_line_with_fares_carries_only_the_classes_it_names(ferry_class: str | None) -> None:
    motorbike = van("bike-1", ferry_class=ferry_class)
    assert not crossings(
        [line("boat", "sanur", "toyapakeh", ["08:00"], fares={"IVB": 210000})], vehicles=(motorbike,)
    )


def test_a_line_without_fares_carries_everything_free() -> None:
    unclassed = van("van-1", ferry_class=None)
    (found,) = crossings([line("boat", "sanur", "toyapakeh", ["08:00"])], vehicles=(unclassed,))
    assert found.fare == Money(0)


def test_a_deck_smaller_than_the_vehicle_never_carries_it() -> None:
    truck = van("truck-1", deck_slots=3)
    small = line("boat", "sanur", "toyapakeh", ["08:00"], deck_slots=2)
    assert not crossings([small], vehicles=(truck,))
    assert crossings([small], vehicles=(van("van-1", deck_slots=2),))


def test_sailings_outside_every_shift_are_left_out() -> None:
    early = van("van-1", shift=between("06:00", "09:00"))
    found = crossings([line("boat", "sanur", "toyapakeh", ["06:10", "08:00", "08:20"])], vehicles=(early,))
    assert names(found) == [["boat 08:00"]], "06:10 checks in before the shift, 08:20 rolls off after it"


def test_a_barred_sailing_is_taken_by_others_and_makes_no_other_useless() -> None:
    """A ticket for ten o'clock bars the boat at eight, though it would overtake the slow one before it."""
    boats = [
        line("slow", "sanur", "toyapakeh", ["07:50"], crossing=120 * MINUTE),
        line("boat", "sanur", "toyapakeh", ["08:00", "10:00"]),
    ]
    free = FLEET[0].conveyance
    ticketed = replace(free, barred=frozenset({SailingId("boat 08:00")}))
    assert names(crossings(boats, conveyance=free)) == [["boat 08:00"], ["boat 10:00"]]
    assert names(crossings(boats, conveyance=ticketed)) == [["slow 07:50"], ["boat 10:00"]]


def test_a_slow_dear_boat_is_useless_beside_a_fast_cheap_one() -> None:
    slow = line("slow", "sanur", "toyapakeh", ["07:50"], crossing=120 * MINUTE, fares={"IVB": 300})
    fast = line("fast", "sanur", "toyapakeh", ["08:00"], fares={"IVB": 200})
    assert names(crossings([slow, fast])) == [["fast 08:00"]]


def test_a_slow_but_cheaper_boat_is_offered() -> None:
    slow = line("slow", "sanur", "toyapakeh", ["07:50"], crossing=120 * MINUTE, fares={"IVB": 100})
    fast = line("fast", "sanur", "toyapakeh", ["08:00"], fares={"IVB": 200})
    assert names(crossings([slow, fast])) == [["slow 07:50"], ["fast 08:00"]]


def test_a_boat_that_may_be_full_makes_no_other_useless() -> None:
    slow = line("slow", "sanur", "toyapakeh", ["07:50"], crossing=120 * MINUTE)
    fast = line("fast", "sanur", "toyapakeh", ["08:00"], deck_slots=2)
    assert names(crossings([slow, fast])) == [["slow 07:50"], ["fast 08:00"]]


def test_a_deck_that_takes_the_whole_fleet_is_as_good_as_unlimited() -> None:
    slow = line("slow", "sanur", "toyapakeh", ["07:50"], crossing=120 * MINUTE)
    fast = line("fast", "sanur", "toyapakeh", ["08:00"], deck_slots=3)
    assert names(crossings([slow, fast])) == [["fast 08:00"]]


def test_enough_better_boats_that_may_be_full_do_make_another_useless() -> None:
    slow = line("slow", "sanur", "toyapakeh", ["07:30"], crossing=240 * MINUTE)
    better = [
        line(f"fast-{k}", "sanur", "toyapakeh", ["08:00", "08:30"], deck_slots=1, crossing=45 * MINUTE + k)
        for k in range(2)
    ]
    assert ["slow 07:30"] not in names(crossings([slow, *better]))
    assert ["slow 07:30"] in names(crossings([slow, better[0]]))


def test_crossings_are_sorted_by_ports_and_check_in() -> None:
    kusamba = port("kusamba", island="bali", km=30)
    found = crossings(
        [
            line("b", "sanur", "toyapakeh", ["08:00", "10:00"]),
            line("a", "kusamba", "toyapakeh", ["09:00", "11:00"]),
        ],
        ports=(SANUR, TOYAPAKEH, kusamba),
    )
    assert names(found) == [["a 09:00"], ["a 11:00"], ["b 08:00"], ["b 10:00"]]


CHAIN_PORTS = (
    SANUR,
    TOYAPAKEH,
    port("sampalan", island="penida", km=8),
    port("lembar", island="lombok"),
)


def test_a_chain_drives_between_the_ports_of_the_island_between() -> None:
    out = line("out", "sanur", "toyapakeh", ["08:00"], fares={"IVB": 100})
    on = line("on", "sampalan", "lembar", ["09:00", "09:18", "11:00"], fares={"IVB": 50})
    (found,) = crossings([out, on], ports=CHAIN_PORTS, destination=LOMBOK)
    assert names((found,)) == [["out 08:00", "on 09:18"]], (
        "off at 08:50, 8 minutes of road, check-in by 08:58"
    )
    assert (found.from_port, found.to_port, found.fare) == (PortId("sanur"), PortId("lembar"), Money(150))
    assert (found.drive, found.meters) == (8 * MINUTE, 8000)


def test_a_chain_needs_a_road_between_its_ports() -> None:
    lines = [line("out", "sanur", "toyapakeh", ["08:00"]), line("on", "sampalan", "lembar", ["12:00"])]
    closed = (("toyapakeh", "sampalan"),)
    assert not crossings(lines, ports=CHAIN_PORTS, destination=LOMBOK, closed=closed)


def test_a_chain_goes_on_by_the_sure_boat_and_by_those_before_it_that_may_be_full() -> None:
    lines = [
        line("out", "sanur", "toyapakeh", ["08:00"]),
        line("small", "toyapakeh", "lembar", ["09:30", "13:00"], deck_slots=1),
        line("large", "toyapakeh", "lembar", ["12:00", "14:00"]),
    ]
    assert names(crossings(lines, ports=CHAIN_PORTS, destination=LOMBOK)) == [
        ["out 08:00", "large 12:00"],
        ["out 08:00", "small 09:30"],
    ]


def test_of_many_onward_boats_that_may_be_full_only_the_first_two_are_followed() -> None:
    lines = [
        line("out", "sanur", "toyapakeh", ["08:00"]),
        line("small", "toyapakeh", "lembar", ["09:30", "10:00", "10:30"], deck_slots=1),
        line("large", "toyapakeh", "lembar", ["12:00"]),
    ]
    found = crossings(lines, ports=CHAIN_PORTS, destination=LOMBOK)
    assert {c.sailings[-1].id for c in found} == {"small 09:30", "small 10:00", "large 12:00"}


def test_a_later_connection_is_offered_where_it_is_cheaper() -> None:
    lines = [
        line("out", "sanur", "toyapakeh", ["08:00"], fares={"IVB": 10}),
        line("dear", "toyapakeh", "lembar", ["09:30"], fares={"IVB": 90}),
        line("cheap", "toyapakeh", "lembar", ["12:00", "14:00"], fares={"IVB": 20}),
    ]
    found = crossings(lines, ports=CHAIN_PORTS, destination=LOMBOK)
    assert {str(c.sailings[-1].id): float(c.fare) for c in found} == {"cheap 12:00": 30, "dear 09:30": 100}


def _ladder(*islands: str) -> tuple[list[Line], tuple[Port, ...]]:
    """Return a line from each island to the next, an hour apart, and their ports."""
    ports = tuple(port(f"port-{island}", island=island) for island in islands)
    lines = [
        line(f"{a}-{b}", f"port-{a}", f"port-{b}", [f"{7 + hour:02}:30"], crossing=600, check_in=600)
        for hour, (a, b) in enumerate(pairwise(islands))
    ]
    return lines, ports


def test_three_lines_in_a_row_are_taken_and_four_are_not() -> None:
    lines, ports = _ladder("bali", "penida", "lembongan", "lombok", "sumbawa")
    reached = crossings(lines, ports=ports, destination=LOMBOK)
    assert names(reached) == [["bali-penida 07:30", "penida-lembongan 08:30", "lembongan-lombok 09:30"]]
    assert not crossings(lines, ports=ports, destination=IslandId("sumbawa"))


def test_no_chain_touches_an_island_twice() -> None:
    padangbai = port("padangbai", island="bali", km=50)
    lines = [
        line("out", "sanur", "toyapakeh", ["08:00"]),
        line("back", "toyapakeh", "padangbai", ["10:00"]),
        line("on", "padangbai", "lembar", ["12:00"]),
    ]
    found = crossings(lines, ports=(*CHAIN_PORTS, padangbai), destination=LOMBOK)
    assert names(found) == [["on 12:00"]]


def test_lines_within_one_land_mass_are_never_taken() -> None:
    question = problem(
        ports=(SANUR, TOYAPAKEH),
        lines=[line("boat", "sanur", "toyapakeh", ["08:00"])],
        fixed_links=[bridge("bali", "penida", profiles=["motorbike"])],
        vehicles=(van("van-1"), van("bike-1", profile="motorbike")),
    )
    travel = Travel(question, road_matrix(question))
    over_water, over_bridge = (vehicle.conveyance for vehicle in question.vehicles)
    assert names(travel.crossings(over_water, BALI, PENIDA)) == [["boat 08:00"]]
    assert travel.crossings(over_bridge, BALI, BALI) == ()


def test_a_bridge_over_an_island_without_a_place_joins_its_neighbours() -> None:
    question = problem(
        depots=[depot(island="batam")],
        stops=[dropoff("p-1", island="rempang", km=40)],
        fixed_links=[bridge("batam", "tonton"), bridge("tonton", "rempang")],
    )
    assert question.land_masses(question.vehicles[0].profile) == {"batam": "batam", "rempang": "batam"}

"""Leave then, be there when? Be there by then, leave when?"""

from router.domain.fleet import Vehicle
from router.domain.ids import PlaceId
from router.domain.units import Instant, Meters, Seconds
from router.travel.matrix import Drive
from router.travel.travel import Journey, Travel
from tests.builders import MINUTE, at, depot, dropoff, line, port, problem, road_matrix, van

VAN = van()


def travel(
    *vehicles: Vehicle, departures: tuple[str, ...] = ("08:00", "10:00"), closed: tuple[str, ...] = ()
) -> Travel:
    """Return ten minutes of road to the port of Sanur, the boat, and five minutes to the stop beyond."""
    question = problem(
        depots=[depot("dps", km=0)],
        stops=[dropoff("near", km=3), dropoff("far", island="penida", km=5)],
        ports=[port("sanur", island="bali", km=10), port("toyapakeh", island="penida", km=0)],
        lines=[
            line("out", "sanur", "toyapakeh", departures, fares={"IVB": 7}),
            line("dear", "sanur", "toyapakeh", departures, fares={"IVB": 9}),
        ],
        vehicles=vehicles or (VAN,),
    )
    return Travel(question, road_matrix(question, closed=[("dps", place) for place in closed]))


def test_places_of_one_land_mass_are_joined_by_the_road() -> None:
    leave = at("07:00")
    assert travel().earliest_arrival(VAN.conveyance, "dps", "near", leave) == Journey(
        departs_at=leave, arrives_at=at("07:03"), crossing=None, drive=Seconds(180), meters=Meters(3000)
    )
    assert travel().latest_departure(VAN.conveyance, "dps", "near", at("07:03")) == Journey(
        departs_at=leave, arrives_at=at("07:03"), crossing=None, drive=Seconds(180), meters=Meters(3000)
    )


def test_without_a_road_there_is_no_journey() -> None:
    cut = travel(closed=("near", "sanur"))
    for destination in ("near", "far"):
        assert cut.earliest_arrival(VAN.conveyance, "dps", destination, at("07:00")) is None
        assert cut.latest_departure(VAN.conveyance, "dps", destination, at("19:00")) is None


def test_who_is_at_the_port_by_check_in_sails_and_who_is_a_second_late_waits_for_the_next() -> None:
    """The boat at eight wants the van at Sanur by 07:40, so it leaves the depot by 07:30."""
    in_time = _arrival(travel(), at("07:30"))
    assert in_time.arrives_at == at("08:55")
    assert in_time.crossing is not None
    assert in_time.crossing.sailings[0].id == "out 08:00"
    assert (in_time.drive, in_time.meters) == (Seconds(15 * MINUTE), Meters(15_000))
    assert _arrival(travel(), Instant(at("07:30") + 1)).arrives_at == at("10:55")


def test_after_the_last_boat_nobody_arrives() -> None:
    assert travel().earliest_arrival(VAN.conveyance, "dps", "far", Instant(at("09:30") + 1)) is None


def test_of_boats_that_arrive_together_the_cheapest_is_taken() -> None:
    crossing = _arrival(travel(), at("07:00")).crossing
    assert crossing is not None
    assert float(crossing.fare) == 7


def test_the_latest_departure_catches_the_last_boat_that_arrives_in_time() -> None:
    last = travel().latest_departure(VAN.conveyance, "dps", "far", at("10:55"))
    assert last is not None
    assert (last.departs_at, last.arrives_at) == (at("09:30"), at("10:55"))
    before = travel().latest_departure(VAN.conveyance, "dps", "far", Instant(at("10:55") - 1))
    assert before is not None
    assert before.departs_at == at("07:30")
    assert travel().latest_departure(VAN.conveyance, "dps", "far", Instant(at("08:55") - 1)) is None


def test_each_conveyance_has_its_own_boats() -> None:
    unclassed = van("van-2", ferry_class="VIII")
    both = travel(VAN, unclassed)
    assert both.earliest_arrival(VAN.conveyance, "dps", "far", at("07:00")) is not None
    assert both.earliest_arrival(unclassed.conveyance, "dps", "far", at("07:00")) is None


def test_a_drive_is_the_road_of_the_matrix() -> None:
    assert travel().drive(VAN.profile, "dps", "near") == Drive(Seconds(180), Meters(3000))
    assert travel().drive(VAN.profile, "dps", "far") is None


def test_the_land_mass_of_a_place_is_its_road_network() -> None:
    assert travel().land_mass(VAN.profile, PlaceId("far")) == "penida"


def _arrival(ways: Travel, leave: Instant) -> Journey:
    journey = ways.earliest_arrival(VAN.conveyance, "dps", "far", leave)
    assert journey is not None
    return journey

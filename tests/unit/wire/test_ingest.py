"""What a request means."""

from router.domain.ids import DepotId, LineId, PortId, SailingId, StopId, VehicleId
from router.domain.problem import StopKind
from router.domain.travel_choice import NO_ROAD, InlineMatrices, TravelProvider
from router.wire.ingest import Ingested, to_problem
from tests.builders import at, between
from tests.unit.wire.requests import (
    Json,
    OneClock,
    clock,
    ferry_request,
    place,
    read,
    whole_matrix,
    window,
)


def _meaning(document: Json) -> Ingested:
    return to_problem(read(document), OneClock())


def test_what_is_left_out_takes_its_default() -> None:
    meant = _meaning(ferry_request())
    stop, vehicle = meant.problem.stop(StopId("p-2")), meant.problem.vehicle(VehicleId("van-1"))
    assert (meant.budget.time_limit, meant.budget.seed, meant.budget.iteration_limit) == (20, 1, None)
    assert meant.choice is TravelProvider.GREAT_CIRCLE
    assert meant.problem.currency == "IDR"
    assert (stop.kind, stop.service, stop.required, stop.allowed_vehicles) == (
        StopKind.DROPOFF,
        0,
        True,
        None,
    )
    assert (vehicle.conveyance.deck_slots, vehicle.costs.fixed, vehicle.capacity) == (1, 0.0, (None,))


def test_what_is_said_is_taken() -> None:
    document = ferry_request()
    document["options"] = {"time_limit_seconds": 5, "seed": 7, "iteration_limit": 100}
    document["stops"][0] |= {"kind": "pickup", "penalty": 0, "service_seconds": 60, "requires": ["cold"]}
    document["vehicles"][0] |= {"ferry_class": "II", "deck_slots": 0, "costs": {"per_km": 2.5}}
    meant = _meaning(document)
    stop, vehicle = meant.problem.stop(StopId("p-1")), meant.problem.vehicle(VehicleId("van-1"))
    assert (meant.budget.time_limit, meant.budget.seed, meant.budget.iteration_limit) == (5, 7, 100)
    assert (stop.kind, stop.required, stop.service) == (StopKind.PICKUP, False, 60)
    assert stop.requires == frozenset({"cold"})
    assert (vehicle.conveyance.ferry_class, vehicle.conveyance.deck_slots) == ("II", 0)
    assert vehicle.costs.per_km == 2.5


def test_dimensions_are_those_of_all_loads_and_capacities() -> None:
    """A capacity not named is unlimited, a load not named is nothing."""
    document = ferry_request()
    document["vehicles"][0]["capacity"] = {"grams": 500}
    problem = _meaning(document).problem
    assert problem.dimensions == ("grams", "parcels")
    assert problem.vehicle(VehicleId("van-1")).capacity == (500, None)
    assert [stop.load for stop in problem.stops] == [(0, 1), (0, 0)]


def test_windows_are_sorted_and_joined() -> None:
    """A caller may give them in any order, touching or overlapping."""
    document = ferry_request()
    spans = [("14:00", "16:00"), ("09:00", "10:00"), ("10:00", "11:00"), ("15:00", "17:00")]
    document["stops"][0]["windows"] = [window(*span) for span in spans]
    document["depots"][0]["windows"] = [window("12:00", "13:00"), window("05:00", "06:00")]
    problem = _meaning(document).problem
    assert problem.stop(StopId("p-1")).windows == (between("09:00", "11:00"), between("14:00", "17:00"))
    assert problem.depot(DepotId("dps")).windows == (between("05:00", "06:00"), between("12:00", "13:00"))


def test_an_empty_list_or_map_says_nothing() -> None:
    """As in Protocol Buffers, where it cannot be told from an absent one."""
    document = ferry_request()
    document["stops"][0]["allowed_vehicles"] = []
    document["ferries"]["lines"][0]["fares"] = {}
    problem = _meaning(document).problem
    assert problem.stop(StopId("p-1")).allowed_vehicles is None
    assert problem.timetable.line(LineId("out")).fare(None) == 0.0


def test_a_sailing_may_take_longer_than_its_line() -> None:
    document = ferry_request()
    line = document["ferries"]["lines"][0] | {"check_in_seconds": 1200, "unload_seconds": 300}
    line["sailings"] = [
        {"id": "late", "departs": clock("10:00"), "crossing_seconds": 3600, "deck_slots": 0},
        {"id": "early", "departs": clock("08:00"), "cancelled": True},
    ]
    document["ferries"]["lines"][0] = line
    timetable = _meaning(document).problem.timetable
    assert [sailing.id for sailing in timetable.line(LineId("out")).sailings] == ["early", "late"]
    early, late = timetable.sailing(SailingId("early")), timetable.sailing(SailingId("late"))
    assert (early.check_in_by, early.docks_at, early.rolls_off_at) == (at("07:40"), at("08:45"), at("08:50"))
    assert (late.docks_at, late.deck_slots) == (at("11:00"), 0)
    assert (early.deck_slots, early.cancelled, late.cancelled) == (None, True, False)


def test_a_port_keeps_the_clocks_it_says() -> None:
    document = ferry_request()
    document["ferries"]["ports"][0]["time_zone"] = "Asia/Jakarta"
    timetable = _meaning(document).problem.timetable
    zones = [timetable.port(PortId(name)).location.time_zone for name in ("sanur", "toyapakeh")]
    assert zones == ["Asia/Jakarta", "Asia/Makassar"]


def test_a_port_that_no_line_uses_needs_no_row_in_a_matrix() -> None:
    document = ferry_request() | {"travel": {"matrix": whole_matrix()}}
    document["ferries"]["ports"].append({"id": "benoa", "location": place()})
    assert not _meaning(document).problem.timetable.has_port("benoa")


def test_one_matrix_serves_every_profile() -> None:
    document = ferry_request() | {"travel": {"matrix": whole_matrix()}}
    document["vehicles"].append(document["vehicles"][0] | {"id": "bike-1", "profile": "motorbike"})
    choice = _meaning(document).choice
    assert isinstance(choice, InlineMatrices)
    assert choice.by_profile.keys() == {"van", "motorbike"}
    assert choice.by_profile["van"] is choice.by_profile["motorbike"]  # type: ignore[index]


def test_null_is_no_road() -> None:
    cells = [[0, 1, 2, 3, 4]] * 4 + [[5, None, 7, 8, None]]
    document = ferry_request() | {"travel": {"matrix": whole_matrix() | {"seconds": cells, "meters": cells}}}
    choice = _meaning(document).choice
    assert isinstance(choice, InlineMatrices)
    (one,) = choice.by_profile.values()
    assert list(one.seconds) == [0, 1, 2, 3, 4] * 4 + [5, NO_ROAD, 7, 8, NO_ROAD]


def test_roads_across_water_are_warned_of() -> None:
    meant = _meaning(ferry_request() | {"travel": {"matrix": whole_matrix()}})
    assert [(w.pointer, w.code) for w in meant.warnings] == [("/travel/matrix", "matrix_across_water")]
    assert meant.warnings[0].detail.startswith("12 cells ")


def test_roads_to_places_of_no_concern_are_not() -> None:
    """A matrix may be cut for many requests; what its other places are joined to is nobody's business."""
    places = ("dps", "p-1", "p-2", "sanur", "toyapakeh", "elsewhere")
    on_penida = {"p-2", "toyapakeh"}

    def road(origin: str, destination: str) -> int | None:
        apart = (origin in on_penida) != (destination in on_penida)
        return None if apart and "elsewhere" not in (origin, destination) else 9

    cells = [[road(origin, destination) for destination in places] for origin in places]
    travel = {"matrix": {"places": places, "seconds": cells, "meters": cells}}
    assert _meaning(ferry_request() | {"travel": travel}).warnings == ()


def test_a_line_within_one_land_mass_is_warned_of() -> None:
    document = ferry_request()
    document["ferries"]["ports"][1]["location"] = place("bali")
    assert [(w.pointer, w.code) for w in _meaning(document).warnings] == [
        ("/ferries/lines/0", "line_within_land_mass"),
        ("/ferries/lines/1", "line_within_land_mass"),
    ]

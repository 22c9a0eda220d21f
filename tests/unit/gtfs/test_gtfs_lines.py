"""From the trips of a feed to lines: who may board where, when, by which clocks, and how often."""

from router.adapters.gtfs.reader import GtfsReader
from router.domain.stored_timetables import FeedDefaults
from router.domain.timetable import FerryNetwork, NetworkLine, sailings_within
from router.domain.units import Instant, Seconds, local_time
from tests.builders import MINUTE, at
from tests.timetables import FEED, feed

Rows = list[dict[str, str]]
STOPS: Rows = [
    {
        "stop_id": name,
        "stop_name": name,
        "stop_lat": "0",
        "stop_lon": "0",
        "stop_timezone": "",
        "parent_station": "",
    }
    for name in ("one", "two", "three")
]


def network_of(body: bytes) -> FerryNetwork:
    return GtfsReader().read(body, FeedDefaults())[0]


def calls(*told: tuple[str, str] | tuple[str, str, str], trip: str = "t") -> Rows:
    """Return stop times: stop, time, and in a third place ``b`` where one may only board or ``a`` only alight."""
    return [
        {
            "trip_id": trip,
            "stop_id": each[0],
            "arrival_time": f"{each[1]}:00",
            "departure_time": f"{each[1]}:00",
            "stop_sequence": str(number),
            "pickup_type": "1" if each[2:] == ("a",) else "0",
            "drop_off_type": "1" if each[2:] == ("b",) else "0",
        }
        for number, each in enumerate(told)
    ]


def rides(network: FerryNetwork) -> dict[tuple[str, str], tuple[list[str], int]]:
    """Return the departures of 25 November and the crossing of every line."""
    return {
        (line.from_port, line.to_port): (departures(line), line.crossing // MINUTE) for line in network.lines
    }


def departures(line: NetworkLine, zone: str = "Asia/Makassar") -> list[str]:
    window = at("00:00"), Instant(at("00:00") + 24 * 3600)
    return sorted(f"{local_time(s.departs, zone):%H:%M}" for s in sailings_within(line, zone, *window))


def test_a_trip_of_several_calls_carries_from_each_to_each_after_it() -> None:
    network = network_of(
        feed(stops=STOPS, stop_times=calls(("one", "08:00"), ("two", "08:30"), ("three", "09:10")))
    )
    assert rides(network) == {
        ("one", "two"): (["08:00"], 30),
        ("one", "three"): (["08:00"], 70),
        ("two", "three"): (["08:30"], 40),
    }


def test_where_nobody_may_board_or_alight_there_is_no_line() -> None:
    told = calls(("one", "08:00", "b"), ("two", "08:30", "b"), ("three", "09:10", "a"))
    assert rides(network_of(feed(stops=STOPS, stop_times=told))).keys() == {
        ("one", "three"),
        ("two", "three"),
    }


def test_on_a_round_trip_one_boards_late_and_alights_early() -> None:
    told = calls(("one", "08:00"), ("two", "08:30"), ("one", "09:00"), ("two", "09:30"))
    assert rides(network_of(feed(stops=STOPS, stop_times=told))) == {
        ("one", "two"): (["08:00", "09:00"], 30),
        ("two", "one"): (["08:30"], 30),
    }


def test_trips_that_take_longer_say_so() -> None:
    trips = [{"route_id": "r", "service_id": "s", "trip_id": name} for name in ("t", "u", "v")]
    told = [
        *calls(("one", "08:00"), ("two", "08:30")),
        *calls(("one", "10:00"), ("two", "10:30"), trip="u"),
        *calls(("one", "23:50"), ("two", "24:50"), trip="v"),
    ]
    (line,) = network_of(feed(trips=trips, stop_times=told)).lines
    window = at("00:00"), Instant(at("00:00") + 24 * 3600)
    found = {
        s.id.removeprefix("r:one-two/"): s.crossing // MINUTE
        for s in sailings_within(line, "Asia/Makassar", *window)
    }
    assert found == {"2026-11-25T08:00": 30, "2026-11-25T10:00": 30, "2026-11-25T23:50": 60}


def test_a_headway_counts_from_its_start_at_every_port() -> None:
    every = [
        {
            "trip_id": "t",
            "start_time": "06:00:00",
            "end_time": "07:30:00",
            "headway_secs": "1800",
            "exact_times": "1",
        }
    ]
    told = calls(("one", "00:10"), ("two", "00:30"), ("three", "00:45"))
    assert rides(network_of(feed(stops=STOPS, stop_times=told, frequencies=every))) == {
        ("one", "two"): (["06:00", "06:30", "07:00"], 20),
        ("one", "three"): (["06:00", "06:30", "07:00"], 35),
        ("two", "three"): (["06:20", "06:50", "07:20"], 15),
    }


def test_times_are_those_of_the_agency_and_ports_have_their_own_clocks() -> None:
    """Ketapang is an hour behind Bali: an agency there writes 08:00 for what is 09:00 in Gilimanuk."""
    stops = [STOPS[0], STOPS[1] | {"stop_timezone": "Asia/Makassar"}]
    agency = [dict(FEED["agency.txt"][0]) | {"agency_timezone": "Asia/Jakarta"}]
    told = [*calls(("one", "08:00"), ("two", "08:45")), *calls(("two", "09:00"), ("one", "09:45"), trip="u")]
    trips = [{"route_id": "r", "service_id": "s", "trip_id": name} for name in ("t", "u")]
    network = network_of(feed(agency=agency, stops=stops, trips=trips, stop_times=told))
    assert {port.id: port.time_zone for port in network.ports} == {
        "one": "Asia/Jakarta",
        "two": "Asia/Makassar",
    }
    there, back = network.lines
    assert departures(there, "Asia/Jakarta") == ["08:00"]
    assert departures(back, "Asia/Makassar") == ["10:00"]


def test_a_platform_takes_position_and_clocks_from_its_station() -> None:
    station = {
        "stop_id": "s",
        "stop_name": "Harbour",
        "stop_lat": "1",
        "stop_lon": "2",
        "stop_timezone": "UTC",
        "location_type": "1",
    }
    platform = {
        "stop_id": "one",
        "stop_name": "",
        "stop_lat": "",
        "stop_lon": "",
        "parent_station": "s",
        "location_type": "0",
    }
    port, _ = network_of(feed(stops=[station, platform, STOPS[1]])).ports
    assert (port.name, port.lat, port.lon, port.time_zone) == ("Harbour", 1, 2, "UTC")


def test_routes_of_the_extended_types_are_ferries_and_buses_are_not() -> None:
    routes = [
        {"route_id": "r", "agency_id": "a", "route_type": "1200"},
        {"route_id": "bus", "agency_id": "a", "route_type": "700"},
    ]
    trips = [
        {"route_id": "r", "service_id": "s", "trip_id": "t"},
        {"route_id": "bus", "service_id": "s", "trip_id": "b"},
    ]
    told = [*calls(("one", "08:00"), ("two", "08:30")), *calls(("one", "08:00"), ("two", "25:99"), trip="b")]
    assert rides(network_of(feed(routes=routes, trips=trips, stop_times=told))) == {
        ("one", "two"): (["08:00"], 30)
    }


def test_services_of_dates_alone() -> None:
    added = [{"service_id": "s", "date": day, "exception_type": "1"} for day in ("20261125", "20261224")]
    (line,) = network_of(feed(calendar=None, calendar_dates=added)).lines
    assert departures(line) == ["08:00"]
    assert sorted(map(str, line.services[0].dates)) == ["2026-11-25", "2026-12-24"]


def test_what_feeds_leave_out_is_as_asked() -> None:
    (line,) = GtfsReader().read(feed(), FeedDefaults(check_in=Seconds(60), unload=Seconds(30)))[0].lines
    assert (line.check_in, line.unload, line.fares) == (60, 30, None)


def test_long_names_make_short_line_ids_that_differ() -> None:
    ends = [f"{'x' * 90}{n}" for n in range(3)]
    stops = [STOPS[0] | {"stop_id": end} for end in ends]
    told = calls(*((end, f"{8 + n:02}:00") for n, end in enumerate(ends)))
    ids = [line.id for line in network_of(feed(stops=stops, stop_times=told)).lines]
    assert len(set(ids)) == 3
    assert max(map(len, ids)) <= 100

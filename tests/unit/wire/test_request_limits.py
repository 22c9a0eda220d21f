"""Each limit has a code of its own; at the limit a request passes, one above it does not."""

import pickle

import pytest

from router.errors import RequestTooLarge
from router.wire.document import MOST_MEMBERS, MOST_OBJECTS
from router.wire.faults import FaultCode
from router.wire.pb.selat.v1.places_pb2 import Stop
from router.wire.pb.selat.v1.plan_request_pb2 import PlanRequest
from router.wire.protobuf import plan_request_json
from router.wire.request import read_plan_request
from tests.unit.wire.requests import (
    Json,
    body,
    clock,
    faults_of,
    ferry_request,
    place,
    shipment,
    whole_matrix,
    window,
)


def _many(what: str, count: int) -> Json:
    """Return a request with ``count`` of something that is bounded by ``Limits.<what>``."""
    document = ferry_request()
    vehicle, line = document["vehicles"][0], document["ferries"]["lines"][0]
    match what:
        case "stops":
            document["stops"] = [{"id": f"p-{i}", "location": place()} for i in range(count)]
        case "vehicles":
            document["vehicles"] = [vehicle | {"id": f"v-{i}"} for i in range(count)]
        case "depots":
            others = [{"id": f"d-{i}", "location": place()} for i in range(count - 1)]
            document["depots"] += others
        case "windows":
            document["stops"][0]["windows"] = [window(f"09:{i:02}", f"09:{i:02}") for i in range(count)]
        case "dimensions":
            document["stops"][0]["load"] = {f"d-{i}": 1 for i in range(count)}
        case "ports":
            ports = document["ferries"]["ports"]
            ports += [{"id": f"h-{i}", "location": place()} for i in range(count - 2)]
        case "lines":
            document["ferries"]["lines"] = [line | {"id": f"l-{i}", "sailings": []} for i in range(count)]
        case "sailings":
            line["sailings"] = [{"id": f"s-{i}", "departs": clock("08:00")} for i in range(count - 1)]
        case "entries":
            document["stops"][0]["requires"] = [f"skill-{i}" for i in range(count)]
        case "matrix_cells":
            document["travel"] = {"matrix": whole_matrix()}
        case "time_limit_seconds":
            document["options"] = {"time_limit_seconds": count}
    return document


BOUNDS = [
    ("stops", 5, FaultCode.TOO_MANY_STOPS),
    ("vehicles", 5, FaultCode.TOO_MANY_VEHICLES),
    ("depots", 5, FaultCode.TOO_MANY_DEPOTS),
    ("windows", 5, FaultCode.TOO_MANY_WINDOWS),
    ("dimensions", 5, FaultCode.TOO_MANY_DIMENSIONS),
    ("ports", 5, FaultCode.TOO_MANY_PORTS),
    ("lines", 5, FaultCode.TOO_MANY_LINES),
    ("sailings", 5, FaultCode.TOO_MANY_SAILINGS),
    ("entries", 5, FaultCode.TOO_MANY_ENTRIES),
    ("time_limit_seconds", 5, FaultCode.TIME_LIMIT_TOO_LONG),
]


@pytest.mark.parametrize(("what", "most", "code"), BOUNDS)
def test_a_limit_is_passed_by_one_more(what: str, most: int, code: FaultCode) -> None:
    assert code not in [found for _, found in faults_of(body(_many(what, most)), **{what: most})]
    assert code in [found for _, found in faults_of(body(_many(what, most + 1)), **{what: most})]


def test_matrix_cells_are_counted_over_all_matrices() -> None:
    document = ferry_request() | {"travel": {"matrices": {"van": whole_matrix(), "bike": whole_matrix()}}}
    assert faults_of(body(document), matrix_cells=50) == []
    assert faults_of(body(document), matrix_cells=49) == [("/travel/matrices/bike", "matrix_too_large")]


def test_roads_are_counted_for_every_profile_before_any_is_made() -> None:
    """Five places make 25 roads: a fleet of many profiles is as dear as a request of many stops."""
    document = ferry_request()
    document["vehicles"].append(document["vehicles"][0] | {"id": "van-9", "profile": "truck"})
    assert faults_of(body(document), road_cells=50) == []
    assert faults_of(body(document), road_cells=49) == [("/stops", "matrix_too_large")]
    document["shipments"] = [shipment()]
    assert faults_of(body(document), road_cells=97) == [("/stops", "matrix_too_large")]


@pytest.mark.parametrize("text", [b"[%s" % (b"{}," * 1_000_001), b"{%s" % (b'"a":1,' * 8_000_001)])
def test_a_body_of_too_many_values_is_refused_before_it_is_parsed(text: bytes) -> None:
    """Whether it is JSON to its end is not looked at any more."""
    with pytest.raises(RequestTooLarge) as refused:
        read_plan_request(text)
    assert [(fault.pointer, fault.code) for fault in refused.value.faults] == [("", "too_many_values")]
    again = pickle.loads(pickle.dumps(refused.value))  # noqa: S301  (long bodies are read in another process)
    assert again.faults == refused.value.faults


def test_the_largest_sound_request_is_far_from_too_many_values() -> None:
    """Ten thousand stops with two windows each, and fifty thousand sailings."""
    document = ferry_request()
    windows = [window("09:00", "12:00"), window("14:00", "17:00")]
    stop = {"location": place(), "windows": windows, "load": {"parcels": 1}, "requires": ["x"]}
    document["stops"] = [stop | {"id": f"p-{i}"} for i in range(10_000)]
    line = document["ferries"]["lines"][0]
    line["sailings"] = [{"id": f"s-{i}", "departs": clock("08:00")} for i in range(50_000)]
    text = body(document)
    assert text.count(b"{") + text.count(b"[") < MOST_OBJECTS / 5
    assert text.count(b":") < MOST_MEMBERS / 5


def test_a_message_of_too_many_messages_is_refused_before_it_is_turned_into_json() -> None:
    empty_stops = PlanRequest(stops=[Stop()]).SerializeToString() * (MOST_OBJECTS + 1)
    assert len(empty_stops) < 3 * MOST_OBJECTS
    with pytest.raises(RequestTooLarge):
        plan_request_json(empty_stops)


def test_dimensions_are_counted_over_stops_and_vehicles() -> None:
    document = ferry_request()
    document["vehicles"][0]["capacity"] = {"grams": 5, "litres": 5}
    assert faults_of(body(document), dimensions=2) == [("/stops", "too_many_dimensions")]


def test_a_shipment_counts_as_two_stops() -> None:
    document = ferry_request() | {"shipments": [shipment("s-1"), shipment("s-2")]}
    assert faults_of(body(document), stops=6) == []
    assert faults_of(body(document), stops=5) == [("/shipments", "too_many_stops")]


def test_dimensions_of_shipments_are_counted_too() -> None:
    document = ferry_request() | {"shipments": [shipment(load={"crates": 1})]}
    assert faults_of(body(document), dimensions=2) == []
    assert faults_of(body(document), dimensions=1) == [("/stops", "too_many_dimensions")]


@pytest.mark.parametrize(
    ("pointer", "code"),
    [
        ("/shipments/0/pickup/windows", "too_many_windows"),
        ("/shipments/0/dropoff/windows", "too_many_windows"),
        ("/vehicles/0/breaks", "too_many_entries"),
        ("/vehicles/0/tickets", "too_many_entries"),
        ("/locks/0/stop_ids", "too_many_entries"),
    ],
)
def test_every_list_has_a_limit(pointer: str, code: str) -> None:
    document = ferry_request() | {
        "shipments": [shipment()],
        "locks": [{"vehicle_id": "van-1", "stop_ids": []}],
    }
    *way, last = [int(part) if part.isdigit() else part for part in pointer.split("/")[1:]]
    parent = document
    for part in way:
        parent = parent[part]
    parent[last] = [None] * 6
    found = faults_of(body(document), windows=5, entries=5)
    assert [fault for fault in found if fault[0] == pointer] == [(pointer, code)]


def test_a_limit_passed_hides_no_other_fault() -> None:
    document = _many("stops", 9)
    document["vehicles"][0]["start"] = "nowhere"
    found = faults_of(body(document), stops=5)
    assert found == [("/stops", "too_many_stops"), ("/vehicles/0/start", "unknown_depot")]

"""The golden examples mean the same in both forms of the wire, and what they say is true."""

from pathlib import Path
from typing import Any

import orjson
import pytest
from google.protobuf.message import Message
from pydantic import BaseModel

from router.adapters.matrices.inline import InlineSource
from router.checking import check
from router.errors import InvalidRequest
from router.geography.geography import Geography
from router.wire import shapes
from router.wire.checks import read_check_request
from router.wire.ingest import to_problem
from router.wire.pb.selat.v1 import plan_pb2, plan_request_pb2
from router.wire.plans import to_plan
from router.wire.protobuf import check_request_json, fill, plan_request_json, to_document
from router.wire.request import read_plan_request
from router.wire.response import plan_bytes

EXAMPLES = Path(__file__).parents[2] / "proto" / "examples"
FORMS: dict[str, tuple[type[BaseModel], type[Message]]] = {
    "plan_request": (shapes.PlanRequest, plan_request_pb2.PlanRequest),
    "plan_request_with_matrix": (shapes.PlanRequest, plan_request_pb2.PlanRequest),
    "plan_request_every_field": (shapes.PlanRequest, plan_request_pb2.PlanRequest),
    "plan_resource": (shapes.PlanResource, plan_pb2.PlanResource),
    "replan_request": (shapes.ReplanRequest, plan_request_pb2.ReplanRequest),
    "check_request": (shapes.CheckRequest, plan_pb2.CheckRequest),
    "check_request_bare_plan": (shapes.CheckRequest, plan_pb2.CheckRequest),
    "check_request_two_trips": (shapes.CheckRequest, plan_pb2.CheckRequest),
    "check_response": (shapes.CheckResponse, plan_pb2.CheckResponse),
}


def _bytes(name: str) -> bytes:
    return (EXAMPLES / f"{name}.json").read_bytes()


def _message(name: str) -> Message:
    message = FORMS[name][1]()
    fill(message, orjson.loads(_bytes(name)))
    return message


def _without_nothing(value: Any) -> Any:
    """Drop what says nothing: nulls, empty lists and maps, and zeroes, which a message does not send."""
    if isinstance(value, dict):
        kept = {name: _without_nothing(element) for name, element in value.items()}
        return {name: element for name, element in kept.items() if element not in (None, [], {}, "", 0)}
    return [_without_nothing(element) for element in value] if isinstance(value, list) else value


def test_every_example_is_looked_at() -> None:
    assert {path.stem for path in EXAMPLES.glob("*.json")} == FORMS.keys()


@pytest.mark.parametrize("name", FORMS)
def test_an_example_fits_its_shape(name: str) -> None:
    FORMS[name][0].model_validate(orjson.loads(_bytes(name)))


@pytest.mark.parametrize("name", FORMS)
def test_an_example_survives_being_sent_as_a_message(name: str) -> None:
    message = _message(name)
    received = FORMS[name][1]()
    received.ParseFromString(message.SerializeToString())
    assert _without_nothing(to_document(received)) == _without_nothing(orjson.loads(_bytes(name)))


@pytest.mark.parametrize("name", ["plan_request", "plan_request_with_matrix"])
def test_a_request_means_the_same_in_both_forms(name: str) -> None:
    from_message = read_plan_request(plan_request_json(_message(name).SerializeToString()))
    land = Geography.load()
    assert to_problem(from_message, land) == to_problem(read_plan_request(_bytes(name)), land)


def test_the_example_of_every_field_uses_every_field() -> None:
    """And everything that is not built yet is refused with its own code alone."""
    unused: list[str] = []

    def walk(model: Any, document: Any) -> None:
        unused.extend(f"{model.__name__}.{name}" for name in model.model_fields.keys() - document.keys())

    document = orjson.loads(_bytes("plan_request_every_field"))
    walk(shapes.PlanRequest, document)
    walk(shapes.Stop, document["stops"][0])
    walk(shapes.Shipment, document["shipments"][0])
    walk(shapes.Vehicle, document["vehicles"][0])
    walk(shapes.Line, document["ferries"]["lines"][0])
    assert unused == []
    with pytest.raises(InvalidRequest) as refused:
        read_plan_request(_bytes("plan_request_every_field"))
    assert [(fault.pointer, fault.code) for fault in refused.value.faults] == [
        ("/timetables/0", "unknown_timetable"),
    ]


@pytest.mark.parametrize("name", ["check_request", "check_request_bare_plan", "check_request_two_trips"])
def test_the_plans_of_the_examples_are_good(name: str) -> None:
    for asked in (
        read_check_request(_bytes(name)),
        read_check_request(check_request_json(_message(name).SerializeToString())),
    ):
        ingested = to_problem(asked.request, Geography.load())
        matrix = InlineSource().travel_matrix(ingested.problem, ingested.choice)
        given = to_plan(asked.plan, ingested.problem)
        assert given.contradictions == ()
        assert check(ingested.problem, matrix, given.plan) == ()


def test_the_answer_of_the_example_is_what_this_service_prints() -> None:
    asked = read_check_request(_bytes("check_request"))
    problem = to_problem(asked.request, Geography.load()).problem
    plan = to_plan(asked.plan, problem).plan
    assert orjson.loads(plan_bytes(plan, problem)) == orjson.loads(_bytes("plan_resource"))["plan"]


def test_a_plan_of_two_trips_is_printed_as_the_example_has_it() -> None:
    """Reloads, breaks on land and aboard, cash, and both ends of shipments."""
    asked = read_check_request(_bytes("check_request_two_trips"))
    problem = to_problem(asked.request, Geography.load()).problem
    plan = to_plan(asked.plan, problem).plan
    assert orjson.loads(plan_bytes(plan, problem)) == orjson.loads(_bytes("check_request_two_trips"))["plan"]


def test_the_examples_have_every_kind_of_step() -> None:
    plan = orjson.loads(_bytes("check_request_two_trips"))["plan"]
    kinds = {step["type"] for route in plan["routes"] for step in route["steps"]}
    assert kinds == {"start", "stop", "ferry", "break", "reload", "end"}


def test_bytes_that_are_no_message_are_not_readable() -> None:
    with pytest.raises(InvalidRequest) as refused:
        plan_request_json(b"\xff\xff\xff")
    assert not refused.value.readable


def test_faults_of_a_message_have_the_pointers_of_the_json_form() -> None:
    message = plan_request_pb2.PlanRequest()
    message.vehicles.add(id="van-1", profile="van", start="dps", end="dps")
    message.stops.add(id="p-1", service_seconds=-5).location.lat = float("nan")
    with pytest.raises(InvalidRequest) as refused:
        read_plan_request(plan_request_json(message.SerializeToString()))
    assert [(fault.pointer, fault.code) for fault in refused.value.faults] == [
        ("/stops/0/location/lat", "not_finite"),
        ("/stops/0/location/lon", "missing_field"),
        ("/stops/0/service_seconds", "out_of_range"),
        ("/vehicles/0/shift", "missing_field"),
        ("/vehicles/0/start", "unknown_depot"),
        ("/vehicles/0/end", "unknown_depot"),
    ]

"""``proto/`` and the shapes say the same, field by field, and the generated code is that of ``proto/``."""

import subprocess
import sys
import types
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Literal, Union, get_args, get_origin

import pytest
from google.protobuf.descriptor import Descriptor
from google.protobuf.message_factory import GetMessageClass
from pydantic import BaseModel
from pydantic.fields import FieldInfo

from router.domain.units import Instant
from router.wire import shapes
from router.wire.pb.selat.v1 import (
    ferries_pb2,
    fleet_pb2,
    places_pb2,
    plan_pb2,
    plan_request_pb2,
    travel_pb2,
)

ROOT = Path(__file__).parents[2]
FILES = (places_pb2, fleet_pb2, ferries_pb2, travel_pb2, plan_request_pb2, plan_pb2)
MESSAGES: dict[str, Any] = {
    name: message for file in FILES for name, message in file.DESCRIPTOR.message_types_by_name.items()
}
STEPS: tuple[type[BaseModel], ...] = get_args(get_args(shapes.Step)[0])
ONLY_PROTO = {"Step", "MatrixRow"}
"""A message has no unions and no lists of lists."""

STORED = {"Timetable", "TimetablePort", "TimetableLine", "Service", "Frequency", "ServiceException"} | {
    "TimetableSummary",
    "TimetableList",
    "TimetableResource",
    "StoredTimetable",
}
"""Timetables are stored as JSON or GTFS."""

EXPORTED = {"Booking", "BookingList"}
"""Exports have the forms that other programs read."""

ONLY_JSON = {
    "Validation",
    "ProblemDocument",
    "FaultEntry",
    "WebhookMessage",
    "EndedPlan",
    *STORED,
    *EXPORTED,
} | {step.__name__ for step in STEPS}
"""Answers that are never sent as messages, and the members of the union of steps."""

SCALARS = {str: "string", int: "int64", float: "double", bool: "bool", Instant: "string"}
PROTO_TYPES = {9: "string", 3: "int64", 17: "sint32", 1: "double", 8: "bool"}


def _models() -> dict[str, type[BaseModel]]:
    exported = (getattr(shapes, name) for name in shapes.__all__)
    return {
        model.__name__: model
        for model in exported
        if isinstance(model, type) and issubclass(model, BaseModel)
    }


def _shared() -> Iterator[tuple[str, type[BaseModel], Any]]:
    models = _models()
    for name in sorted(models.keys() & MESSAGES.keys()):
        yield name, models[name], MESSAGES[name]


def _without_none(annotation: Any) -> Any:
    """Return the type of a field that is not ``None``, without what ``Annotated`` adds."""
    if hasattr(annotation, "__metadata__"):
        return _without_none(annotation.__origin__)
    if get_origin(annotation) in (Union, types.UnionType):
        (only,) = (
            [a for a in get_args(annotation) if a is not type(None)]
            if type(None) in get_args(annotation)
            else [annotation]
        )
        return only if only is annotation else _without_none(only)
    return annotation


def _kind(annotation: Any) -> str:
    """Return the type of a JSON field in the words of the .proto files."""
    annotation = _without_none(annotation)
    origin, arguments = get_origin(annotation), get_args(annotation)
    if origin is Literal:
        return "string"
    if origin is dict:
        return f"map<{_kind(arguments[0])}, {_kind(arguments[1])}>"
    if origin is list:
        inner = _without_none(arguments[0])
        if get_origin(inner) is list:
            return "repeated MatrixRow"
        return f"repeated {'Step' if inner is _without_none(shapes.Step) else _kind(inner)}"
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation.__name__
    return SCALARS[annotation]


def _proto_kind(field: Any) -> str:
    if field.message_type is None:
        kind = PROTO_TYPES[field.type]
    elif field.message_type.GetOptions().map_entry:
        entry = field.message_type.fields_by_name
        return f"map<{_proto_kind(entry['key'])}, {_proto_kind(entry['value'])}>"
    else:
        kind = field.message_type.name
    return f"repeated {kind}" if field.is_repeated else kind


def _needs_presence(field: FieldInfo) -> bool:
    """Whether leaving the field out is something else than its zero."""
    return field.is_required() or field.default not in (0, False, "")


def test_every_shape_has_a_message_and_every_message_a_shape() -> None:
    assert _models().keys() - MESSAGES.keys() == ONLY_JSON
    assert MESSAGES.keys() - _models().keys() == ONLY_PROTO


@pytest.mark.parametrize(("name", "model", "message"), [pytest.param(*row, id=row[0]) for row in _shared()])
def test_fields_agree(name: str, model: type[BaseModel], message: Descriptor) -> None:
    """The same names in the same order, of the same types."""
    expected = {field_name: _kind(field.annotation) for field_name, field in model.model_fields.items()}
    assert list({field.name: _proto_kind(field) for field in message.fields}.items()) == list(
        expected.items()
    )


@pytest.mark.parametrize(("name", "model", "message"), [pytest.param(*row, id=row[0]) for row in _shared()])
def test_what_may_be_left_out_agrees(name: str, model: type[BaseModel], message: Descriptor) -> None:
    """A scalar has presence in the message exactly where leaving it out differs from its zero."""
    for field in message.fields:
        if field.message_type is None and not field.is_repeated:
            assert field.has_presence == _needs_presence(model.model_fields[field.name]), field.name


def test_a_step_message_has_the_fields_of_all_kinds_of_step() -> None:
    expected = {name: _kind(field.annotation) for step in STEPS for name, field in step.model_fields.items()}
    assert {field.name: _proto_kind(field) for field in MESSAGES["Step"].fields} == expected


def test_field_numbers_are_given_in_order_without_gaps() -> None:
    """A number, once published, is for ever: this holds for version 1 as long as nothing was removed."""
    for name, message in MESSAGES.items():
        assert [field.number for field in message.fields] == list(range(1, len(message.fields) + 1)), name


def test_the_generated_code_is_fresh(tmp_path: Path) -> None:
    # In a process of its own: protoc and OR-Tools each bring their own protobuf, and one process cannot hold both.
    subprocess.run([sys.executable, ROOT / "proto" / "generate.py", tmp_path], check=True)
    committed = ROOT / "router" / "wire" / "pb"
    made = {path.relative_to(tmp_path): path.read_text() for path in tmp_path.rglob("*.py*")}
    kept = {
        path.relative_to(committed): path.read_text()
        for path in committed.rglob("*.py*")
        if "pycache" not in str(path)
    }
    assert made == kept, "run: python proto/generate.py"


def test_every_message_can_be_made() -> None:
    for message in MESSAGES.values():
        assert GetMessageClass(message)().SerializeToString() == b""

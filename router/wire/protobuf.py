"""The messages of ``proto/`` and the JSON documents that say the same.

Both forms name their fields alike, so that a message becomes the document that the JSON form would have
been, and every check stays in one place. Only matrix rows differ: a message cannot hold ``null``.
"""

from collections.abc import Callable, Mapping
from typing import Any

import orjson
import pydantic_core
from google.protobuf.descriptor import Descriptor
from google.protobuf.message import DecodeError, Message

from router.domain.travel_choice import NO_ROAD
from router.errors import InvalidRequest
from router.wire.document import MOST_OBJECTS, Json, too_many_values
from router.wire.faults import FaultCode, fault
from router.wire.pb.selat.v1.plan_pb2 import CheckRequest, CheckResponse, PlanList, PlanResource
from router.wire.pb.selat.v1.plan_request_pb2 import PlanRequest, ReplanRequest

CONTENT_TYPE = "application/x-protobuf"

Field = Any
"""A ``FieldDescriptor``: one of two unrelated classes, as the runtime is written in C or in Python."""

_ROW = "selat.v1.MatrixRow"


def plan_request_json(body: bytes) -> bytes:
    """Return the JSON of a plan request that says what a ``selat.v1.PlanRequest`` says.

    Raises:
        InvalidRequest: the body is no such message (not readable).
    """
    return _json_of(_parsed(PlanRequest, body))


def replan_request_json(body: bytes) -> bytes:
    """Return the JSON of a replan that says what a ``selat.v1.ReplanRequest`` says.

    Raises:
        InvalidRequest: the body is no such message (not readable).
    """
    return _json_of(_parsed(ReplanRequest, body))


def check_request_json(body: bytes) -> bytes:
    """Return the JSON of a check that says what a ``selat.v1.CheckRequest`` says.

    Raises:
        InvalidRequest: the body is no such message (not readable).
    """
    return _json_of(_parsed(CheckRequest, body))


def plan_resource_message(resource: bytes) -> bytes:
    """Return the ``selat.v1.PlanResource`` that says what the JSON of a plan resource says."""
    return _message_of(PlanResource(), resource)


def plan_list_message(page: bytes) -> bytes:
    """Return the ``selat.v1.PlanList`` that says what the JSON of a list of plans says."""
    return _message_of(PlanList(), page)


def check_response_message(response: bytes) -> bytes:
    """Return the ``selat.v1.CheckResponse`` that says what the JSON of the answer to a check says."""
    return _message_of(CheckResponse(), response)


def to_document(message: Message) -> dict[str, Json]:
    """Return the JSON document that says what the message says; what is not set is left out.

    Raises:
        RequestTooLarge: it holds more messages than any sound request.
    """
    return _Reader().document(message)


def fill(message: Message, document: Mapping[str, Json]) -> None:
    """Set the fields of an empty message to what a sound JSON document says; ``null`` sets nothing.

    Raises:
        KeyError: the document has a field that the message lacks.
        TypeError: a value is of the wrong type.
    """
    for name, value in document.items():
        field = message.DESCRIPTOR.fields_by_name[name]
        if value is not None:
            _set(message, field, value)


def _json_of(message: Message) -> bytes:
    """Return a message as JSON; ``NaN`` stays what it is, to be faulted where it stands."""
    return pydantic_core.to_json(to_document(message), inf_nan_mode="constants")


def _message_of(message: Message, document: bytes) -> bytes:
    fill(message, orjson.loads(document))
    return message.SerializeToString()


def _parsed(kind: Callable[[], Message], body: bytes) -> Message:
    message = kind()
    try:
        message.ParseFromString(body)
    except DecodeError as error:
        detail = f"the body is not a {message.DESCRIPTOR.full_name}: {error}"
        raise InvalidRequest([fault((), FaultCode.UNREADABLE, detail)], readable=False) from None
    return message


class _Reader:
    """Turns one message into a document; counts, since an empty message takes two bytes and becomes hundreds."""

    def __init__(self) -> None:
        self._left = MOST_OBJECTS

    def document(self, message: Message) -> dict[str, Json]:
        self._left -= 1
        if self._left < 0:
            raise too_many_values("objects")
        return {field.name: self._value(field, value) for field, value in message.ListFields()}

    def _value(self, field: Field, value: Any) -> Json:
        if field.message_type is None:
            return list(value) if field.is_repeated else value
        if field.message_type.GetOptions().map_entry:
            of_messages = field.message_type.fields_by_name["value"].message_type is not None
            return {name: self.document(value[name]) if of_messages else value[name] for name in value}
        if field.is_repeated:
            return list(map(_from_row if _is_row(field.message_type) else self.document, value))
        return self.document(value)


def _set(message: Message, field: Field, value: Json) -> None:
    held = getattr(message, field.name)
    if field.message_type is None:
        if field.is_repeated:
            held.extend(value)
        else:
            setattr(message, field.name, value)
    elif field.message_type.GetOptions().map_entry:
        _fill_map(held, field.message_type, value)
    elif field.is_repeated:
        for element in value:
            if _is_row(field.message_type):
                held.add().cells.extend(NO_ROAD if cell is None else cell for cell in element)
            else:
                fill(held.add(), element)
    else:
        held.SetInParent()
        fill(held, value)


def _fill_map(held: Any, entry: Descriptor, value: Mapping[str, Json]) -> None:
    for name, element in value.items():
        if entry.fields_by_name["value"].message_type is None:
            held[name] = element
        else:
            fill(held[name], element)


def _is_row(kind: Descriptor) -> bool:
    return kind.full_name == _ROW


def _from_row(row: Any) -> list[int | None]:
    return [None if cell == NO_ROAD else cell for cell in row.cells]

"""What pydantic finds wrong, told in our own words and codes."""

import math
from collections.abc import Callable
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from router.errors import Fault
from router.wire.document import Json, shown
from router.wire.faults import MAX_FAULTS, FaultCode, Path, fault

Shaped = TypeVar("Shaped", bound=BaseModel)

_MANY_ERRORS = 1_000
_SAMPLE = 50

_CODES = {
    "missing": FaultCode.MISSING_FIELD,
    "extra_forbidden": FaultCode.UNKNOWN_FIELD,
    "finite_number": FaultCode.NOT_FINITE,
    "greater_than_equal": FaultCode.OUT_OF_RANGE,
    "less_than_equal": FaultCode.OUT_OF_RANGE,
    "instant_range": FaultCode.OUT_OF_RANGE,
    "literal_error": FaultCode.UNKNOWN_VALUE,
    "union_tag_invalid": FaultCode.UNKNOWN_VALUE,
    "union_tag_not_found": FaultCode.MISSING_FIELD,
    "string_too_short": FaultCode.EMPTY_TEXT,
    "string_too_long": FaultCode.TEXT_TOO_LONG,
    "string_pattern_mismatch": FaultCode.BAD_TEXT,
    "too_short": FaultCode.NO_VEHICLES,
} | {code.value: code for code in FaultCode}
"""Pydantic's error types, and those that our own validators raise; every other one is a wrong type."""

_EXPECTED = {
    "string_type": "text",
    "int_type": "a whole number",
    "float_type": "a number",
    "bool_type": "true or false",
    "list_type": "a list",
    "dict_type": "an object",
    "model_type": "an object",
    "model_attributes_type": "an object",
    "instant_type": "an RFC 3339 date-time as text",
}


def shape(model: type[Shaped], document: Json) -> tuple[Shaped | None, list[Fault]]:
    """Return the document as a model, or ``None`` and every structural fault."""
    try:
        return model.model_validate(document), []
    except ValidationError as error:
        return None, _faults(_manageable(error, model, document))


def _manageable(error: ValidationError, model: type[BaseModel], document: Json) -> ValidationError:
    """Return the error, or one of a sample of the document where there are too many faults to list.

    Only the first hundred are told in any case, and a hostile body can hold a million.
    """
    if error.error_count() <= _MANY_ERRORS:
        return error
    try:
        model.model_validate(_sample(document))
    except ValidationError as fewer:
        return fewer
    return error


def _sample(value: Json) -> Json:
    if isinstance(value, list):
        return [_sample(element) for element in value[:_SAMPLE]]
    if isinstance(value, dict):
        return {name: _sample(value[name]) for name in list(value)[:_SAMPLE]}
    return value


def _faults(error: ValidationError) -> list[Fault]:
    return [_fault(details) for details in error.errors(include_url=False)[:MAX_FAULTS]]


def _fault(error: ErrorDetails) -> Fault:
    code = _CODES.get(error["type"], FaultCode.WRONG_TYPE)
    value = error["input"]
    if isinstance(value, float) and not math.isfinite(value):
        code = FaultCode.NOT_FINITE
    return fault(_path(error), code, _DETAILS.get(code, _in_own_words)(error))


def _path(error: ErrorDetails) -> Path:
    path = _without_tags(error["loc"])
    if path and path[-1] == "[key]":
        path = path[:-1]
    if error["type"].startswith("union_tag"):
        return (*path, "type")
    return path


def _without_tags(path: Path) -> Path:
    """Leave out the names of union members, which pydantic puts behind the index of a step."""
    return tuple(
        part
        for i, part in enumerate(path)
        if not (i >= 2 and path[i - 2] == "steps" and isinstance(path[i - 1], int))
    )


def _context(error: ErrorDetails) -> dict[str, Any]:
    return error.get("ctx", {})


def _name(error: ErrorDetails) -> str:
    path = _path(error)
    return f"`{path[-1]}`" if path else "the body"


def _in_own_words(error: ErrorDetails) -> str:
    value = error["input"]
    return error["msg"] if isinstance(value, dict | list) else f"{shown(value)}: {error['msg']}"


def _out_of_range(error: ErrorDetails) -> str:
    context = _context(error)
    if "ge" in context:
        return f"{shown(error['input'])} is less than {context['ge']}"
    if "le" in context:
        return f"{shown(error['input'])} is more than {context['le']}"
    return _in_own_words(error)


def _unknown_value(error: ErrorDetails) -> str:
    context = _context(error)
    if "expected_tags" in context:
        return f"`{context['tag']}` is not one of {context['expected_tags']}"
    return f"{shown(error['input'])} is not {context['expected']}"


_DETAILS: dict[FaultCode, Callable[[ErrorDetails], str]] = {
    FaultCode.MISSING_FIELD: lambda e: f"{_name(e)} is missing",
    FaultCode.UNKNOWN_FIELD: lambda e: f"{_name(e)} is not a field of this object",
    FaultCode.NOT_FINITE: lambda e: f"{shown(e['input'])} is not a finite number",
    FaultCode.WRONG_TYPE: lambda e: (
        f"expected {_EXPECTED.get(e['type'], 'another type')}, got {shown(e['input'])}"
    ),
    FaultCode.OUT_OF_RANGE: _out_of_range,
    FaultCode.UNKNOWN_VALUE: _unknown_value,
    FaultCode.TEXT_TOO_LONG: lambda e: (
        f"{len(e['input'])} characters; at most {_context(e)['max_length']} are allowed"
    ),
    FaultCode.EMPTY_TEXT: lambda e: f"{_name(e)} is empty",
    FaultCode.BAD_TEXT: lambda e: f"{shown(e['input'])} holds control characters",
    FaultCode.NO_VEHICLES: lambda e: f"{_name(e)} is empty",
}

"""The OpenAPI 3.1 description, made from the table of routes and the shapes of the wire."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import router
from router.api.keys import Handler
from router.wire.openapi import component_schemas
from router.wire.problem_document import CONTENT_TYPE

JsonObject = dict[str, Any]

DESCRIPTION = """\
Plans last-mile deliveries over roads and ferry timetables. Instants are RFC 3339 with an offset; durations
are whole seconds, distances whole metres, positions WGS 84 degrees, money is in the request's currency.
A request is refused with all of its faults at once, each with a JSON Pointer, a code and what to do about it.
Fields whose meaning is not built yet are refused with the code `not_supported`, never ignored.
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """One way an endpoint answers: what it means, the names of its possible shapes, and its headers."""

    says: str
    shapes: Sequence[str] = ()
    media_type: str = "application/json"
    headers: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Parameter:
    """A query parameter or a header that an endpoint looks at."""

    name: str
    within: str
    says: str
    schema: Mapping[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Endpoint:
    """One row of the table of routes, with what there is to say about it.

    Attributes:
        takes: The name of the shape of its body, if it takes one.
        refuses: Statuses of the problem documents that it may answer with.
    """

    method: str
    path: str
    handler: Handler
    name: str
    says: str
    answers: Mapping[int, Answer]
    takes: str | None = None
    parameters: Sequence[Parameter] = ()
    refuses: Sequence[int] = ()


REFUSALS: Mapping[int, str] = {
    400: "The body cannot be read.",
    404: "There is no such plan.",
    413: "The body is too large.",
    415: "The body is not declared as JSON.",
    422: "The request can be read but not meant; `errors` names every fault.",
    503: "The database or the road engine is out of reach; try again after `Retry-After` seconds.",
}


def describe(endpoints: Sequence[Endpoint]) -> JsonObject:
    """Return the description of these endpoints."""
    paths: dict[str, JsonObject] = {}
    for endpoint in endpoints:
        paths.setdefault(endpoint.path, {})[endpoint.method.lower()] = _operation(endpoint)
    return {
        "openapi": "3.1.0",
        "info": {"title": "Selat", "version": router.__version__, "description": DESCRIPTION},
        "paths": paths,
        "components": {"schemas": component_schemas()},
    }


def _operation(endpoint: Endpoint) -> JsonObject:
    operation: JsonObject = {"operationId": endpoint.name, "summary": endpoint.says}
    parameters = [*_path_parameters(endpoint.path), *map(_parameter, endpoint.parameters)]
    if parameters:
        operation["parameters"] = parameters
    if endpoint.takes is not None:
        operation["requestBody"] = {
            "required": True,
            "content": _content("application/json", [endpoint.takes]),
        }
    refusals = {
        status: Answer(says=REFUSALS[status], shapes=("ProblemDocument",), media_type=CONTENT_TYPE)
        for status in endpoint.refuses
    }
    answers = {**endpoint.answers, **refusals}
    operation["responses"] = {str(status): _answer(answers[status]) for status in sorted(answers)}
    return operation


def _answer(answer: Answer) -> JsonObject:
    described: JsonObject = {
        "description": answer.says,
        "content": _content(answer.media_type, answer.shapes),
    }
    if answer.headers:
        described["headers"] = {
            name: {"description": says, "schema": {"type": "string"}} for name, says in answer.headers.items()
        }
    return described


def _content(media_type: str, shapes: Sequence[str]) -> JsonObject:
    references = [{"$ref": f"#/components/schemas/{shape}"} for shape in shapes]
    if not references:
        return {media_type: {}}
    return {media_type: {"schema": references[0] if len(references) == 1 else {"oneOf": references}}}


def _parameter(parameter: Parameter) -> JsonObject:
    return {
        "name": parameter.name,
        "in": parameter.within,
        "description": parameter.says,
        "schema": dict(parameter.schema),
    }


def _path_parameters(path: str) -> list[JsonObject]:
    names = re.findall(r"{(\w+)}", path)
    return [{"name": name, "in": "path", "required": True, "schema": {"type": "string"}} for name in names]

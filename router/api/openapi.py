"""The OpenAPI 3.1 description, made from the table of routes and the shapes of the wire."""

import re
from collections.abc import Mapping, Sequence
from types import MappingProxyType

import router
from router.api.bodies import JSON
from router.api.endpoint import Answer, Endpoint, JsonObject, Parameter
from router.wire.openapi import component_schemas
from router.wire.problem_document import CONTENT_TYPE

DESCRIPTION = """\
Plans last-mile deliveries over roads and ferry timetables. Instants are RFC 3339 with an offset; durations
are whole seconds, distances whole metres, positions WGS 84 degrees, money is in the request's currency.
A request is refused with all of its faults at once, each with a JSON Pointer, a code and what to do about it.

Bodies may be sent packed (`Content-Encoding: gzip`), and answers are packed for callers that take it.
`application/x-protobuf` carries the messages of `proto/selat/v1`, which say the same as the JSON.
Every answer has an `X-Request-Id`, the caller's own where it sends a sane one.
"""

REFUSALS: Mapping[int, str] = MappingProxyType(
    {
        400: "The body or a parameter cannot be read.",
        401: "No key was sent, or one that lets nobody in.",
        403: "The key is for something else.",
        404: "There is no such plan or timetable, or it is another tenant's; or the plan has no such route.",
        408: "The body comes too slowly.",
        409: "The plan is not in a state that allows the call; or a request with this `Idempotency-Key` is being"
        " accepted at this very moment.",
        413: "The body is too large, packed or unpacked.",
        415: "The body is of a kind that is not taken here.",
        422: "The request can be read but not meant; `errors` names every fault. Also an `Idempotency-Key` used again"
        " with another body.",
        429: "The tenant has handed in too much for now; try again after `Retry-After` seconds.",
        503: "The service is full, or a part of it out of reach; try again after `Retry-After` seconds.",
    }
)

HEADERS_OF_REFUSALS: Mapping[int, Mapping[str, str]] = MappingProxyType(
    {
        401: {"WWW-Authenticate": "How to authenticate (RFC 6750)."},
        403: {"WWW-Authenticate": "The scope that the key lacks (RFC 6750)."},
        429: {
            "Retry-After": "Seconds after which to try again.",
            "RateLimit": "What is left of the quota, in stops x seconds.",
            "RateLimit-Policy": "The quota, in stops x seconds.",
        },
        503: {"Retry-After": "Seconds after which to try again."},
    }
)

BEARER: JsonObject = {
    "type": "http",
    "scheme": "bearer",
    "description": "A key made by `router keys add`. While no key exists, the service listens on loopback only and "
    "asks for none.",
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
        "webhooks": {"planEnded": {"post": _webhook()}},
        "components": {"schemas": component_schemas(), "securitySchemes": {"key": BEARER}},
    }


def _operation(endpoint: Endpoint) -> JsonObject:
    operation: JsonObject = {"operationId": endpoint.name, "summary": endpoint.says}
    if endpoint.scope is not None:
        operation["security"] = [{}, {"key": []}]
        operation["description"] = f"With a key, it has to have the scope `{endpoint.scope}`."
    parameters = [*_path_parameters(endpoint.path), *map(_parameter, endpoint.parameters)]
    if parameters:
        operation["parameters"] = parameters
    if endpoint.takes is not None:
        operation["requestBody"] = {"required": True, "content": _content(endpoint.forms, [endpoint.takes])}
    refusals = {
        status: Answer(
            says=REFUSALS[status],
            shapes=("ProblemDocument",),
            media_types=(CONTENT_TYPE,),
            headers=HEADERS_OF_REFUSALS.get(status, {}),
        )
        for status in endpoint.all_refusals()
    }
    answers = {**refusals, **endpoint.answers}
    operation["responses"] = {str(status): _answer(answers[status]) for status in sorted(answers)}
    return operation


def _answer(answer: Answer) -> JsonObject:
    described: JsonObject = {"description": answer.says}
    if answer.media_types:
        described["content"] = _content(answer.media_types, answer.shapes)
    if answer.headers:
        described["headers"] = {
            name: {"description": says, "schema": {"type": "string"}} for name, says in answer.headers.items()
        }
    if answer.leads_to:
        described["links"] = {
            name: {"operationId": name, "parameters": {"plan_id": "$response.body#/id"}}
            for name in answer.leads_to
        }
    return described


def _content(media_types: Sequence[str], shapes: Sequence[str]) -> JsonObject:
    """Return the forms of a body; only JSON has a schema here, messages are described by ``proto/``."""
    references = [{"$ref": f"#/components/schemas/{shape}"} for shape in shapes]
    schema = references[0] if len(references) == 1 else {"oneOf": references}
    return {
        media_type: {"schema": schema} if references and media_type in (JSON, CONTENT_TYPE) else {}
        for media_type in media_types
    }


def _parameter(parameter: Parameter) -> JsonObject:
    return {
        "name": parameter.name,
        "in": parameter.within,
        "required": parameter.required,
        "description": parameter.says,
        "schema": dict(parameter.schema),
    }


def _path_parameters(path: str) -> list[JsonObject]:
    names = re.findall(r"{(\w+)}", path)
    return [{"name": name, "in": "path", "required": True, "schema": {"type": "string"}} for name in names]


def _webhook() -> JsonObject:
    headers = {
        "webhook-id": "The same for every attempt at one message.",
        "webhook-timestamp": "Seconds since 1970 of this attempt.",
        "webhook-signature": "`v1,` and the base64 of the HMAC-SHA256 of `id.timestamp.body`.",
    }
    return {
        "operationId": "planEnded",
        "summary": "Told to the `webhook` of a request when its plan has ended (standardwebhooks.com).",
        "parameters": [
            {
                "name": name,
                "in": "header",
                "required": True,
                "description": says,
                "schema": {"type": "string"},
            }
            for name, says in headers.items()
        ],
        "requestBody": {"required": True, "content": _content([JSON], ["WebhookMessage"])},
        "responses": {
            "2XX": {"description": "Received. Anything else, and no answer, is tried again later."},
            "410": {"description": "Not wanted any more; not tried again."},
        },
    }

"""The schemas that the OpenAPI description shows."""

import re
from typing import Any

import orjson

from router.wire.openapi import component_schemas
from router.wire.shapes import PlanRequest


def test_every_reference_resolves() -> None:
    schemas = component_schemas()
    names = re.findall(r'"#/components/schemas/([^"]+)"', orjson.dumps(schemas).decode())
    assert names
    assert set(names) <= schemas.keys()


def test_every_object_is_described_and_closed() -> None:
    for name, schema in component_schemas().items():
        assert schema["description"], name
        assert schema["additionalProperties"] is False, name


def test_instants_and_numbers_say_what_they_are() -> None:
    schemas: dict[str, Any] = component_schemas()
    assert schemas["Window"]["properties"]["start"]["format"] == "date-time"
    assert schemas["Stop"]["properties"]["service_seconds"]["type"] == "integer"
    assert schemas["PlanRequest"]["properties"].keys() == PlanRequest.model_fields.keys()

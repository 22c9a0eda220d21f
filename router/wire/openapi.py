"""Schemas of everything that goes over the wire, for the OpenAPI description."""

from typing import Any

from pydantic.json_schema import models_json_schema

from router.wire import shapes

REF_TEMPLATE = "#/components/schemas/{model}"

_WIRE = (
    shapes.PlanRequest,
    shapes.ReplanRequest,
    shapes.PlanResource,
    shapes.PlanList,
    shapes.Validation,
    shapes.Timetable,
    shapes.TimetableResource,
    shapes.TimetableList,
    shapes.StoredTimetable,
    shapes.BookingList,
    shapes.CheckRequest,
    shapes.CheckResponse,
    shapes.ProblemDocument,
    shapes.WebhookMessage,
)


def component_schemas() -> dict[str, dict[str, Any]]:
    """Return the ``components.schemas`` of an OpenAPI 3.1 document (JSON Schema 2020-12)."""
    _, schema = models_json_schema(
        [(model, "validation") for model in _WIRE], ref_template=REF_TEMPLATE, by_alias=True
    )
    definitions: dict[str, dict[str, Any]] = schema["$defs"]
    return definitions

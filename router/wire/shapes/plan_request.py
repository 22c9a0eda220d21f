"""The request for a plan."""

from typing import Annotated

from pydantic import AfterValidator, ConfigDict, Field, WithJsonSchema
from pydantic.config import JsonDict
from pydantic_core import PydanticCustomError

from router.wire.shapes.base import Id, Shape, Text
from router.wire.shapes.ferries import Ferries
from router.wire.shapes.fleet import Vehicle
from router.wire.shapes.options import Lock, Options, Webhook
from router.wire.shapes.places import Depot, Shipment, Stop
from router.wire.shapes.travel import Travel


def _currency_code(text: str) -> str:
    if not (len(text) == 3 and text.isascii() and text.isalpha() and text.isupper()):
        raise PydanticCustomError("bad_currency", "this is no ISO 4217 code")
    return text


Currency = Annotated[
    str,
    AfterValidator(_currency_code),
    WithJsonSchema({"type": "string", "pattern": "^[A-Z]{3}$", "description": "ISO 4217 code."}),
]


ONE_PARCEL: JsonDict = {
    "depots": [{"id": "denpasar", "location": {"lat": -8.656, "lon": 115.207}}],
    "stops": [{"id": "parcel-1", "location": {"lat": -8.688, "lon": 115.24}, "load": {"parcels": 1}}],
    "vehicles": [
        {
            "id": "van-1",
            "profile": "van",
            "start": "denpasar",
            "end": "denpasar",
            "shift": {"start": "2026-11-25T06:00:00+08:00", "end": "2026-11-25T20:00:00+08:00"},
            "capacity": {"parcels": 60},
            "costs": {"fixed": 100000, "per_km": 2500, "per_hour": 30000},
        }
    ],
    "options": {"time_limit_seconds": 1},
}
"""The smallest request that is worth solving, for the description."""


class PlanRequest(Shape):
    """What is to be delivered, by whom, over which roads and waters."""

    model_config = ConfigDict(json_schema_extra={"examples": [ONE_PARCEL]})

    name: Text = ""
    currency: Currency = "IDR"
    depots: list[Depot] = Field(default_factory=list)
    stops: list[Stop] = Field(default_factory=list)
    shipments: list[Shipment] = Field(default_factory=list)
    vehicles: Annotated[list[Vehicle], Field(min_length=1)]
    ferries: Ferries | None = None
    timetables: list[Id] = Field(default_factory=list)
    travel: Travel | None = None
    locks: list[Lock] = Field(default_factory=list)
    options: Options | None = None
    webhook: Webhook | None = None

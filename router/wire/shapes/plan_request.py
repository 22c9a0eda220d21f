"""The request for a plan."""

from typing import Annotated

from pydantic import AfterValidator, Field, WithJsonSchema
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


class PlanRequest(Shape):
    """What is to be delivered, by whom, over which roads and waters."""

    name: Text = ""
    currency: Currency = "IDR"
    depots: list[Depot] = []
    stops: list[Stop] = []
    shipments: list[Shipment] = []
    vehicles: Annotated[list[Vehicle], Field(min_length=1)]
    ferries: Ferries | None = None
    timetables: list[Id] = []
    travel: Travel | None = None
    locks: list[Lock] = []
    options: Options | None = None
    webhook: Webhook | None = None

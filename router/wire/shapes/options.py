"""How to search, and what else to do with the answer."""

from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from router.wire.shapes.base import MAX_INT32, Id, Shape

MAX_ITERATIONS = 10**12


class Options(Shape):
    """The search: its longest time (default 20 s), its seed (default 1) and its most iterations."""

    time_limit_seconds: Annotated[int, Field(ge=1)] | None = None
    seed: Annotated[int, Field(ge=0, le=MAX_INT32)] | None = None
    iteration_limit: Annotated[int, Field(ge=0, le=MAX_ITERATIONS)] | None = None


class Lock(Shape):
    """Stops that nobody but this vehicle serves, a shipment's ends among them (``s-1/pickup``).

    With ``sequence``, those of them that are served are served in this order, others may come in between; with
    ``vehicle``, in any order.
    """

    vehicle_id: Id
    stop_ids: list[Id]
    kind: Literal["sequence", "vehicle"] = "sequence"


class Webhook(Shape):
    """Who is told when the plan ends."""

    url: Annotated[str, StringConstraints(min_length=1, max_length=2000)]

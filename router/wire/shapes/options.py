"""How to search, and what else to do with the answer."""

from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from router.wire.shapes.base import MAX_INT32, Id, Money, Shape

MAX_ITERATIONS = 10**12


class Options(Shape):
    """The search: its longest time (default 20 s, of replans 3 s), its seed (default 1) and its most iterations.

    ``change_cost`` is for replans: what every stop that is moved to another vehicle is weighed as. By default that is
    what the plan that is changed spends on a stop on average; where a plan changes no other it means nothing.
    """

    time_limit_seconds: Annotated[int, Field(ge=1)] | None = None
    seed: Annotated[int, Field(ge=0, le=MAX_INT32)] | None = None
    iteration_limit: Annotated[int, Field(ge=0, le=MAX_ITERATIONS)] | None = None
    change_cost: Money | None = None


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

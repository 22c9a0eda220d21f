"""Where road times come from: a provider, or matrices of the caller's own."""

from typing import Annotated, Literal, Self

from pydantic import Field, model_validator
from pydantic_core import PydanticCustomError

from router.wire.shapes.base import MAX_INT32, Id, Shape

Row = list[Annotated[int, Field(ge=0, le=MAX_INT32)] | None]
"""One matrix row: what it takes to each place, ``null`` where there is no road."""


class Matrix(Shape):
    """Road times and distances between places, used as they stand, symmetric or not; ``null`` means no road.

    ``places`` are ids of depots, stops and ports (``s-1/pickup`` and ``s-1/dropoff`` of shipments).
    """

    places: list[Id]
    seconds: list[Row]
    meters: list[Row]

    @model_validator(mode="after")
    def _both_or_neither(self) -> Self:
        for row, (seconds, meters) in enumerate(zip(self.seconds, self.meters, strict=False)):
            if None in seconds or None in meters:
                for column, (s, m) in enumerate(zip(seconds, meters, strict=False)):
                    if (s is None) != (m is None):
                        raise PydanticCustomError(
                            "matrix_half_road",
                            "row {row}, column {column} has only one of seconds and metres",
                            {"row": row, "column": column},
                        )
        return self


class Travel(Shape):
    """Exactly one of a provider, one matrix for all profiles, or one matrix per profile."""

    provider: Literal["great_circle", "osrm", "valhalla"] | None = None
    matrix: Matrix | None = None
    matrices: dict[Id, Matrix] = Field(default_factory=dict)

    @model_validator(mode="after")
    def _exactly_one(self) -> Self:
        given = [self.provider is not None, self.matrix is not None, bool(self.matrices)]
        if sum(given) != 1:
            raise PydanticCustomError(
                "unclear_travel",
                "{count} of `provider`, `matrix` and `matrices` are given",
                {"count": sum(given)},
            )
        return self

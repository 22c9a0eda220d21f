"""Valhalla's matrix service (https://valhalla.github.io/valhalla/api/matrix), one server for all profiles."""

from collections.abc import Mapping, Sequence
from typing import Annotated, Literal, TypeVar

import numpy as np
import orjson
from numpy.typing import NDArray
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from router.adapters.matrices.asking import Asker, Question, Reply
from router.adapters.matrices.road_engine import (
    OTHER_BYTES,
    Amount,
    is_table,
    most_bytes,
    whole,
    whole_or_no_road,
)
from router.adapters.matrices.tiles import Chunk, Ints, Spot
from router.domain.ids import Profile
from router.domain.travel_choice import TravelProvider
from router.domain.units import METERS_PER_KM
from router.geography.coast import EARTH_RADIUS_METERS

OK = 200

FERRIES_NOT_EXCLUDED = 208
"""The warning of a server that does not allow hard exclusions, and sails."""


class Valhalla:
    """A ``RoadEngine``. Ferries are excluded; the server has to allow that (``allow_hard_exclusions``)."""

    provider = TravelProvider.VALHALLA

    def __init__(self, server: str, costings: Mapping[Profile, str], *, table_size: int) -> None:
        """Take the server's address.

        Args:
            server: Its address.
            costings: Valhalla's costing model for each profile.
            table_size: The root of the server's ``max_matrix_location_pairs``.
        """
        self._server = server.rstrip("/")
        self._costings = dict(costings)
        self.table_size = table_size

    def knows(self, profile: Profile) -> bool:
        """Return whether it has a costing model; see the protocol."""
        return profile in self._costings

    async def roads(self, asker: Asker, profile: Profile, near: Spot) -> str:  # noqa: ARG002  (one for all)
        """Return address, costing model, version of the server and moment of its tiles."""
        reply = await asker.ask(Question(url=f"{self._server}/status", most_bytes=OTHER_BYTES))
        said = _read(_Status, reply, asker)
        return f"{self._server} {self._costings[profile]} {said.version} {said.tileset_last_modified}"

    async def table(
        self, asker: Asker, profile: Profile, origins: Chunk, destinations: Chunk
    ) -> tuple[Ints, Ints, Ints, Ints]:
        """Ask for a matrix; see the protocol."""
        question = Question(
            url=f"{self._server}/sources_to_targets",
            body=self._asked(self._costings[profile], origins, destinations),
            most_bytes=most_bytes(origins, destinations),
        )
        matrix = _read(_Matrix, await asker.ask(question), asker)
        if any(warning.code == FERRIES_NOT_EXCLUDED for warning in matrix.warnings):
            raise asker.refused(OK, "ferries cannot be left out: set service_limits.allow_hard_exclusions")
        if (
            not is_table(matrix.sources_to_targets, origins, destinations)
            or len(matrix.sources) != len(origins)
            or len(matrix.targets) != len(destinations)
        ):
            raise asker.garbled("a matrix of another size")
        if any(
            cell.time is not None and cell.distance is None
            for row in matrix.sources_to_targets
            for cell in row
        ):
            raise asker.garbled("a time without a distance")
        return (
            whole_or_no_road([[cell.time for cell in row] for row in matrix.sources_to_targets]),
            whole_or_no_road([[cell.meters() for cell in row] for row in matrix.sources_to_targets]),
            _snaps(origins, matrix.sources),
            _snaps(destinations, matrix.targets),
        )

    def _asked(self, costing: str, origins: Chunk, destinations: Chunk) -> bytes:
        return orjson.dumps(
            {
                "sources": _locations(origins),
                "targets": _locations(destinations),
                "costing": costing,
                "costing_options": {costing: {"exclude_ferries": True, "use_ferry": 0}},
                "units": "kilometers",
                "verbose": True,  # tells which roads the spots were taken to be on
            }
        )


class _Shape(BaseModel):
    model_config = ConfigDict(strict=True)


class _Status(_Shape):
    version: Annotated[str, Field(max_length=256)]
    tileset_last_modified: int


class _Cell(_Shape):
    time: Amount | None
    distance: Amount | None

    def meters(self) -> float | None:
        """Return ``None`` where there is no road: pedestrians are told 0 km there."""
        return None if self.time is None or self.distance is None else self.distance * METERS_PER_KM


class _Position(_Shape):
    lat: Annotated[float, Field(ge=-90, le=90)]
    lon: Annotated[float, Field(ge=-180, le=180)]


class _Warning(_Shape):
    code: int


class _Matrix(_Shape):
    sources_to_targets: list[list[_Cell]]
    sources: list[_Position]
    targets: list[_Position]
    units: Literal["kilometers"]
    warnings: list[_Warning] = []


class _Refusal(BaseModel):
    error: str


Answer = TypeVar("Answer", bound=_Shape)


def _read(kind: type[Answer], reply: Reply, asker: Asker) -> Answer:
    try:
        if reply.status != OK:
            raise asker.refused(reply.status, _Refusal.model_validate_json(reply.body).error)
        return kind.model_validate_json(reply.body)
    except ValidationError:
        raise asker.garbled(f"{reply.status} with what is no answer of Valhalla") from None


def _locations(spots: Chunk) -> list[dict[str, float]]:
    return [{"lat": lat, "lon": lon} for lat, lon in (spot.degrees() for spot in spots)]


def _snaps(spots: Chunk, roads: Sequence[_Position]) -> Ints:
    """Return metres from each spot to its road; near enough to each other to take the earth for flat."""
    asked = np.radians([spot.degrees() for spot in spots])
    found = np.radians([(road.lat, road.lon) for road in roads])
    north, east = (found - asked).T
    flat: NDArray[np.float64] = np.hypot(north, east * np.cos(asked[:, 0])) * EARTH_RADIUS_METERS
    return whole(flat.tolist())

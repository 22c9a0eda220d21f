"""OSRM's table service (https://project-osrm.org/docs), one server for each profile."""

from collections.abc import Mapping
from typing import Annotated, Literal, TypeVar
from urllib.parse import quote

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from router.adapters.matrices.asking import Asker, Question, Reply
from router.adapters.matrices.road_engine import Amount, is_table, most_bytes, whole, whole_or_no_road
from router.adapters.matrices.tiles import Chunk, Ints, Spot
from router.domain.ids import Profile
from router.domain.travel_choice import NO_ROAD, TravelProvider

ANY_PROFILE = Profile("*")
"""Stands for every profile that has no server of its own."""

OK = 200


class Osrm:
    """A ``RoadEngine``. Ferries are left out by ``exclude``; a server whose data cannot do that refuses."""

    provider = TravelProvider.OSRM

    def __init__(self, servers: Mapping[Profile, str], *, exclude: str, table_size: int) -> None:
        """Take the servers' addresses.

        Args:
            servers: The address for each profile, or for ``ANY_PROFILE``.
            exclude: Classes of roads that are left out, as OSRM names them; empty where the data have no ferries.
            table_size: The servers' ``--max-table-size``.
        """
        self._servers = {profile: address.rstrip("/") for profile, address in servers.items()}
        self._exclude = exclude
        self.table_size = table_size

    def knows(self, profile: Profile) -> bool:
        """Return whether there is a server; see the protocol."""
        return profile in self._servers or ANY_PROFILE in self._servers

    async def roads(self, asker: Asker, profile: Profile, near: Spot) -> str:
        """Return address, excluded classes and ``data_version`` of the data, where they were built with one."""
        url = f"{self._service('nearest', profile)}/{_degrees([near])}?{self._options()}"
        reply = await asker.ask(Question(url=url, most_bytes=most_bytes((near,), (near,))))
        said = _read(_Said, reply, asker)
        return f"{self._address(profile)} {self._exclude} {said.data_version}"

    async def table(
        self, asker: Asker, profile: Profile, origins: Chunk, destinations: Chunk
    ) -> tuple[Ints, Ints, Ints, Ints]:
        """Ask for a table; see the protocol."""
        where = f"{self._service('table', profile)}/{_degrees([*origins, *destinations])}"
        first, then = ";".join(map(str, range(len(origins)))), len(origins)
        second = ";".join(map(str, range(then, then + len(destinations))))
        url = f"{where}?annotations=duration,distance&sources={first}&destinations={second}&{self._options()}"
        reply = await asker.ask(Question(url=url, most_bytes=most_bytes(origins, destinations)))
        table = _read(_Table, reply, asker)
        whole_rows = is_table(table.durations, origins, destinations) and is_table(
            table.distances, origins, destinations
        )
        if (
            not whole_rows
            or len(table.sources) != len(origins)
            or len(table.destinations) != len(destinations)
        ):
            raise asker.garbled("a table of another size")
        seconds, meters = whole_or_no_road(table.durations), whole_or_no_road(table.distances)
        if ((seconds == NO_ROAD) != (meters == NO_ROAD)).any():
            raise asker.garbled("a time without a distance, or a distance without a time")
        return seconds, meters, _snaps(table.sources), _snaps(table.destinations)

    def _address(self, profile: Profile) -> str:
        return self._servers.get(profile) or self._servers[ANY_PROFILE]

    def _service(self, name: str, profile: Profile) -> str:
        return f"{self._address(profile)}/{name}/v1/{quote(profile, safe='')}"

    def _options(self) -> str:
        return "generate_hints=false" + (
            f"&exclude={quote(self._exclude, safe=',')}" if self._exclude else ""
        )


class _Said(BaseModel):
    model_config = ConfigDict(strict=True)

    code: Literal["Ok"]
    data_version: Annotated[str, Field(max_length=256)] = ""


class _Waypoint(BaseModel):
    model_config = ConfigDict(strict=True)

    distance: Amount


class _Table(_Said):
    durations: list[list[Amount | None]]
    distances: list[list[Amount | None]]
    sources: list[_Waypoint]
    destinations: list[_Waypoint]


class _Refusal(BaseModel):
    message: str


Answer = TypeVar("Answer", bound=_Said)


def _read(kind: type[Answer], reply: Reply, asker: Asker) -> Answer:
    try:
        if reply.status != OK:
            raise asker.refused(reply.status, _Refusal.model_validate_json(reply.body).message)
        return kind.model_validate_json(reply.body)
    except ValidationError:
        raise asker.garbled(f"{reply.status} with what is no answer of OSRM") from None


def _degrees(spots: Chunk | list[Spot]) -> str:
    return ";".join(f"{lon:.5f},{lat:.5f}" for lat, lon in (spot.degrees() for spot in spots))


def _snaps(waypoints: list[_Waypoint]) -> Ints:
    return whole([waypoint.distance for waypoint in waypoints])

"""Road times from a road engine: one block per profile and land mass, in tiles that the server allows."""

import asyncio
import time
from collections.abc import Callable, Coroutine, Sequence
from dataclasses import dataclass
from typing import TypeVar

import numpy as np

from router.adapters.matrices.asking import Asker, Patience, a_session
from router.adapters.matrices.road_engine import RoadEngine
from router.adapters.matrices.road_table import RoadTable, Sheet
from router.adapters.matrices.tiles import Spot, chunks
from router.domain.ids import IslandId, PlaceId, Profile
from router.domain.problem import Problem
from router.domain.travel_choice import TravelChoice
from router.domain.units import Meters
from router.errors import (
    MatrixUnavailable,
    RoadEngineFailed,
    RoadFailure,
    RoadsNotAwaited,
    UnknownProfile,
)
from router.ports import RoadCache
from router.travel.matrix import Block, FarFromRoad, TravelMatrix

LOOK_SECONDS = 0.2
"""How often is looked whether the answers are still wanted."""

Key = tuple[Profile, IslandId]
Result = TypeVar("Result")


class RoadEngineSource:
    """A ``MatrixSource`` that asks a road engine. It blocks: call it beside an event loop, not on one.

    A road is what the engine says between two places of one land mass. Nothing is completed: what it does not
    know has no road.
    """

    def __init__(
        self,
        engine: RoadEngine,
        *,
        patience: Patience,
        far_meters: int,
        cache: RoadCache | None = None,
    ) -> None:
        """Take the engine.

        Args:
            engine: Which one.
            patience: How it is asked.
            far_meters: Places farther than this from the road that the engine takes them to be on are named.
            cache: Keeps what the engine said; ``None`` where nothing does.
        """
        self._engine = engine
        self._patience = patience
        self._far_meters = far_meters
        self._cache = cache

    def travel_matrix(
        self, problem: Problem, choice: TravelChoice, should_stop: Callable[[], bool] = lambda: False
    ) -> TravelMatrix:
        """Return one block per profile and land mass.

        Raises:
            RoadEngineFailed: the engine failed, or was too slow.
            MatrixUnavailable: another source is asked for.
            UnknownProfile: there is no server for a profile of the fleet.
            RoadsNotAwaited: ``should_stop`` says so.
        """
        provider = self._engine.provider
        if choice is not provider:
            raise MatrixUnavailable(f"{provider} is not asked for")
        for profile in problem.profiles():
            if not self._engine.knows(profile):
                raise UnknownProfile(f"{provider} is not set up for profile {profile!r}")
        began = time.monotonic()
        parts = asyncio.run(self._while_wanted(self._parts(problem), should_stop))
        return TravelMatrix(
            {key: part.block for key, part in parts.items()},
            f"{provider}",
            far_places=[far for part in parts.values() for far in part.far_places],
            waited_seconds=time.monotonic() - began,
        )

    async def _while_wanted(
        self, work: Coroutine[None, None, Result], should_stop: Callable[[], bool]
    ) -> Result:
        task = asyncio.create_task(work)
        deadline = time.monotonic() + self._patience.all_seconds
        try:
            while True:
                done, _ = await asyncio.wait([task], timeout=LOOK_SECONDS)
                if done:
                    return task.result()
                if should_stop():
                    raise RoadsNotAwaited("stopped while the road engine was being asked")
                if time.monotonic() > deadline:
                    seconds = self._patience.all_seconds
                    detail = f"{self._engine.provider} did not answer everything within {seconds:g} s"
                    raise RoadEngineFailed(RoadFailure.SLOW, detail)
        finally:
            task.cancel()
            await asyncio.wait([task])

    async def _parts(self, problem: Problem) -> "dict[Key, _Part]":
        parts = {}
        async with a_session() as session:
            for profile in problem.profiles():
                asker = Asker(session, self._patience, f"{self._engine.provider} ({profile})")
                near = Spot.at(*_position(problem, problem.places()[0]))
                roads = await self._engine.roads(asker, profile, near)
                table = RoadTable(
                    engine=self._engine, asker=asker, profile=profile, roads=roads, cache=self._cache
                )
                masses = problem.land_masses(profile)
                for mass in dict.fromkeys(masses.values()):
                    places = [p for p in problem.places() if masses[problem.location(p).island] == mass]
                    parts[profile, mass] = await self._part(problem, places, table)
        return parts

    async def _part(self, problem: Problem, places: Sequence[PlaceId], table: RoadTable) -> "_Part":
        spots = [Spot.at(*_position(problem, place)) for place in places]
        parts = chunks(spots, self._engine.table_size)
        number = {spot: index for index, spot in enumerate(spot for part in parts for spot in part)}
        sheet = Sheet(len(number))
        await table.fill(sheet, parts, number)
        rows = np.array([number[spot] for spot in spots], np.intp)
        far = [
            FarFromRoad(profile=table.profile, place=place, meters=Meters(int(sheet.snaps[row])))
            for place, row in zip(places, rows, strict=True)
            if sheet.snaps[row] > self._far_meters
        ]
        return _Part(block=sheet.block(tuple(places), rows), far_places=far)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Part:
    block: Block
    far_places: Sequence[FarFromRoad]


def _position(problem: Problem, place: PlaceId) -> tuple[float, float]:
    location = problem.location(place)
    return location.lat, location.lon

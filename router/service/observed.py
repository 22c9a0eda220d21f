"""Sources of road times whose answers are counted."""

import time
from collections.abc import Callable, Mapping, Sequence
from typing import TypeVar

from router.domain.problem import Problem
from router.domain.travel_choice import InlineMatrices, TravelChoice
from router.errors import RoadEngineFailed, RoadsNotAwaited, TravelError
from router.ports import MatrixSource, Observer, RoadCache
from router.travel.matrix import TravelMatrix

Thing = TypeVar("Thing")

PREFIX = "road_engine_"


class ObservedMatrices:
    """A ``MatrixSource`` that tells an observer what another one does. Matrices of requests are nobody's doing.

    Handed to another process it is the other one: the observer stays where it is.
    """

    def __init__(self, source: MatrixSource, observer: Observer) -> None:
        """Look on at ``source``."""
        self._source = source
        self._observer = observer

    def travel_matrix(
        self, problem: Problem, choice: TravelChoice, should_stop: Callable[[], bool] = lambda: False
    ) -> TravelMatrix:
        """Return one block per profile and land mass; see the port."""
        if isinstance(choice, InlineMatrices):
            return self._source.travel_matrix(problem, choice, should_stop)
        began, outcome = time.monotonic(), "failed"
        try:
            matrix = self._source.travel_matrix(problem, choice, should_stop)
            outcome = "succeeded"
        except TravelError as error:
            outcome = _called(error)
            raise
        finally:
            self._observer.matrix_asked(choice.value, outcome, time.monotonic() - began)
        return matrix

    def __reduce__(self) -> tuple[Callable[[MatrixSource], MatrixSource], tuple[MatrixSource]]:
        return _itself, (self._source,)


class ObservedRoadCache:
    """A ``RoadCache`` that tells an observer what another one knew; handed to another process it is the other one."""

    def __init__(self, cache: RoadCache, observer: Observer) -> None:
        """Look on at ``cache``."""
        self._cache = cache
        self._observer = observer

    async def get(self, keys: Sequence[bytes]) -> Mapping[bytes, bytes]:
        """Return what is remembered; see the port."""
        known = await self._cache.get(keys)
        self._observer.matrix_cache_asked(len(known), len(keys) - len(known))
        return known

    async def put(self, values: Mapping[bytes, bytes]) -> None:
        """Remember; see the port."""
        await self._cache.put(values)

    def __reduce__(self) -> tuple[Callable[[RoadCache], RoadCache], tuple[RoadCache]]:
        return _itself, (self._cache,)


def _itself(thing: Thing) -> Thing:
    return thing


def _called(error: TravelError) -> str:
    """Return the word for a failure; road engines have one for each way to fail."""
    if isinstance(error, RoadsNotAwaited):
        return "abandoned"
    return error.failure.removeprefix(PREFIX) if isinstance(error, RoadEngineFailed) else "failed"

"""Generated archipelagos as the service would read them: JSON in, a problem with its travel out."""

from collections.abc import Sequence
from dataclasses import dataclass

import orjson

from benchmarks.archipelagos import Json
from router.adapters.matrices.chosen import ChosenMatrixSource
from router.adapters.matrices.great_circle import GreatCircleSource
from router.adapters.matrices.inline import InlineSource
from router.domain.ids import IslandId
from router.domain.places import FixedLink
from router.domain.problem import Problem
from router.domain.search import Budget
from router.domain.travel_choice import TravelChoice, TravelProvider
from router.errors import AtSea
from router.geography.geography import Placement
from router.travel.travel import Travel
from router.wire.ingest import to_problem
from router.wire.request import read_plan_request


class OpenSea:
    """A land layer for made-up islands: every location names its island, and all clocks show Bali's time."""

    def locate_many(self, positions: Sequence[tuple[float, float]]) -> tuple[Placement | AtSea, ...]:
        """Return one island for all, which nobody should have asked for."""
        return tuple(Placement(IslandId("nowhere"), 0) for _ in positions)

    def time_zone(self, _lat: float, _lon: float) -> str:
        """Return the clocks of Bali."""
        return "Asia/Makassar"

    def fixed_links(self) -> tuple[FixedLink, ...]:
        """Return none."""
        return ()


@dataclass(frozen=True, slots=True)
class Instance:
    """A request and what it means."""

    problem: Problem
    travel: Travel
    choice: TravelChoice
    budget: Budget


def read(document: Json) -> Instance:
    """Return what a request document means."""
    land = OpenSea()
    ingested = to_problem(read_plan_request(orjson.dumps(document), land=land), land)
    great_circle = {TravelProvider.GREAT_CIRCLE: GreatCircleSource()}
    roads = ChosenMatrixSource(great_circle, InlineSource())
    matrix = roads.travel_matrix(ingested.problem, ingested.choice)
    return Instance(ingested.problem, Travel(ingested.problem, matrix), ingested.choice, ingested.budget)

"""What is asked for roads, and what is known of them already, is counted by how it went."""

import pickle
from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import cast

import pytest

from router.adapters.matrices.asking import Patience
from router.adapters.matrices.great_circle import GreatCircleSource
from router.adapters.matrices.osrm import Osrm
from router.adapters.matrices.road_source import RoadEngineSource
from router.adapters.postgres.road_cache import PostgresRoadCache
from router.domain.ids import Profile
from router.domain.problem import Problem
from router.domain.travel_choice import InlineMatrices, TravelProvider
from router.errors import MatrixUnavailable, TravelError
from router.ports import Observer, RoadCache
from router.service.observed import ObservedMatrices, ObservedRoadCache
from tests.builders import depot, dropoff, problem, van
from tests.road_stubs import Stub, Trouble, hangs, running_stub, says

PATIENCE = Patience(request_seconds=5.0, all_seconds=5.0, attempts=1, at_once=2)


class Tally:
    """An observer of roads that remembers all it is told."""

    def __init__(self) -> None:
        """Begin empty."""
        self.asked: list[tuple[str, str]] = []
        self.seconds: list[float] = []
        self.looked_up: list[tuple[int, int]] = []

    def matrix_asked(self, provider: str, outcome: str, seconds: float) -> None:
        """Remember it."""
        self.asked.append((provider, outcome))
        self.seconds.append(seconds)

    def matrix_cache_asked(self, hits: int, misses: int) -> None:
        """Remember it."""
        self.looked_up.append((hits, misses))


@pytest.fixture
def stub() -> Iterator[Stub]:
    with running_stub() as running:
        yield running


def delivery() -> Problem:
    return problem(depots=[depot()], stops=[dropoff("p", km=1), dropoff("q", km=2)], vehicles=[van()])


def observed(stub: Stub, tally: Tally, cache: RoadCache | None = None) -> ObservedMatrices:
    """Return roads of a server, with everything counted."""
    observer = cast("Observer", tally)
    source = RoadEngineSource(
        Osrm({Profile("van"): stub.url}, exclude="ferry", table_size=2),
        patience=PATIENCE,
        far_meters=250,
        cache=None if cache is None else ObservedRoadCache(cache, observer),
    )
    return ObservedMatrices(source, observer)


def test_what_is_known_from_before_hits_and_the_rest_misses(stub: Stub, database_url: str) -> None:
    tally = Tally()
    roads = observed(stub, tally, PostgresRoadCache(database_url, keep=timedelta(1), most_bytes=1 << 20))
    roads.travel_matrix(delivery(), TravelProvider.OSRM)
    roads.travel_matrix(delivery(), TravelProvider.OSRM)
    parts = len(stub.tables)
    assert parts > 1
    assert tally.looked_up == [(0, parts), (parts, 0)]
    assert tally.asked == [("osrm", "succeeded")] * 2
    assert all(0 < seconds < 60 for seconds in tally.seconds)


@pytest.mark.parametrize(
    ("trouble", "outcome"),
    [
        (says("", 503), "unreachable"),
        (says("no JSON"), "garbled"),
        (says('{"code": "InvalidOptions", "message": "no"}', 400), "refused"),
    ],
)
def test_a_failure_is_counted_by_its_kind(stub: Stub, trouble: Trouble, outcome: str) -> None:
    tally = Tally()
    stub.trouble = trouble
    with pytest.raises(TravelError):
        observed(stub, tally).travel_matrix(delivery(), TravelProvider.OSRM)
    assert tally.asked == [("osrm", outcome)]


def test_what_nobody_waits_for_any_more_is_abandoned(stub: Stub) -> None:
    tally = Tally()
    stub.trouble = hangs
    with pytest.raises(TravelError):
        observed(stub, tally).travel_matrix(delivery(), TravelProvider.OSRM, lambda: bool(stub.asked))
    assert tally.asked == [("osrm", "abandoned")]


def test_matrices_of_requests_are_nobodys_answer() -> None:
    tally = Tally()
    with pytest.raises(MatrixUnavailable):
        ObservedMatrices(GreatCircleSource(), cast("Observer", tally)).travel_matrix(
            delivery(), InlineMatrices(by_profile={})
        )
    assert tally.asked == []


@pytest.mark.parametrize(
    "wrap",
    [
        lambda observer: ObservedMatrices(GreatCircleSource(), observer),
        lambda observer: ObservedRoadCache(
            PostgresRoadCache("postgresql://", keep=timedelta(1), most_bytes=1), observer
        ),
    ],
)
def test_what_goes_to_another_process_leaves_its_observer_behind(wrap: Callable[[Observer], object]) -> None:
    """An observer has locks, and would count where nobody reads."""
    moved = pickle.loads(pickle.dumps(wrap(cast("Observer", Tally()))))  # noqa: S301  (our own)
    assert isinstance(moved, GreatCircleSource | PostgresRoadCache)

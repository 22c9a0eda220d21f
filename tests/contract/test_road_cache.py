"""What the memory of road engines promises, and what a source of road times makes of it."""

import asyncio
import pickle
from collections.abc import Iterator
from datetime import timedelta

import asyncpg
import pytest

from router.adapters.matrices.asking import Patience
from router.adapters.matrices.osrm import Osrm
from router.adapters.matrices.road_source import RoadEngineSource
from router.adapters.postgres.database import EVERY_TENANT, lone_connection
from router.adapters.postgres.road_cache import PostgresRoadCache
from router.domain.ids import Profile
from router.domain.problem import Problem
from router.domain.travel_choice import TravelProvider
from router.errors import StoreUnavailable
from router.ports import RoadCache
from router.travel.matrix import TravelMatrix
from tests.builders import depot, dropoff, problem, van
from tests.road_stubs import Stub, running_stub

WEEK = timedelta(days=7)
A, B, C = (bytes([letter]) * 32 for letter in b"abc")
VAN = Profile("van")
NOWHERE = "postgresql://127.0.0.1:1/nothing"


def cache_of(dsn: str, *, keep: timedelta = WEEK, most_bytes: int = 1 << 30) -> PostgresRoadCache:
    return PostgresRoadCache(dsn, keep=keep, most_bytes=most_bytes)


async def aged(dsn: str, column: str, *keys: bytes) -> None:
    """Make tiles two days older."""
    async with lone_connection(dsn, EVERY_TENANT) as connection:
        statement = f"update road_tile set {column} = {column} - interval '2 days' where key = any ($1)"  # noqa: S608
        await connection.execute(statement, list(keys))


async def test_what_was_put_is_given_back(database_url: str) -> None:
    cache = cache_of(database_url)
    await cache.put({B: b"two", A: b"one"})
    assert await cache.get([A, B, C]) == {A: b"one", B: b"two"}
    await cache.put({A: b"other"})
    assert await cache.get([A]) == {A: b"other"}
    assert await cache.get([]) == {}


async def test_what_is_too_old_is_not_used_and_goes(database_url: str) -> None:
    cache = cache_of(database_url, keep=timedelta(days=1))
    await cache.put({A: b"one", B: b"two"})
    await aged(database_url, "made_at", A)
    assert await cache.get([A, B]) == {B: b"two"}
    await cache.put({C: b"three"})
    assert await cache_of(database_url).get([A, B, C]) == {B: b"two", C: b"three"}


async def test_what_was_not_used_for_longest_goes_where_there_is_no_room(database_url: str) -> None:
    cache = cache_of(database_url, most_bytes=250)
    await cache.put({A: b"a" * 100, B: b"b" * 100})
    await aged(database_url, "used_at", A, B)
    assert A in await cache.get([A])
    await cache.put({C: b"c" * 100})
    assert set(await cache.get([A, B, C])) == {A, C}


async def test_many_who_put_the_same_at_once_do_not_trip_over_each_other(database_url: str) -> None:
    values = {bytes([n]) * 32: bytes(50) for n in range(64)}
    caches = [cache_of(database_url, most_bytes=1000) for _ in range(8)]
    await asyncio.gather(*(cache.put(dict(reversed(values.items()))) for cache in caches))
    assert len(await caches[0].get(list(values))) <= 20


async def test_no_tenant_reads_it(database_url: str) -> None:
    await cache_of(database_url).put({A: b"one"})
    async with lone_connection(database_url, "local") as connection:
        assert await connection.fetch("select * from road_tile") == []
        with pytest.raises(asyncpg.InsufficientPrivilegeError):
            await connection.execute("insert into road_tile (key, tile) values ($1, $1)", B)


async def test_a_database_that_is_away_is_told() -> None:
    with pytest.raises(StoreUnavailable):
        await cache_of(NOWHERE).get([A])


def test_it_can_be_handed_to_another_process(database_url: str) -> None:
    cache = pickle.loads(pickle.dumps(cache_of(database_url)))  # noqa: S301
    asyncio.run(cache.put({A: b"one"}))
    assert asyncio.run(cache_of(database_url).get([A])) == {A: b"one"}


@pytest.fixture
def stub() -> Iterator[Stub]:
    with running_stub() as running:
        yield running


def asked(stub: Stub, cache: RoadCache | None, question: Problem, exclude: str = "ferry") -> TravelMatrix:
    """Ask, and return the matrix; ``stub.tables`` then has only what was asked for now."""
    stub.tables.clear()
    engine = Osrm({VAN: stub.url}, exclude=exclude, table_size=10)
    source = RoadEngineSource(engine, patience=Patience(), far_meters=10, cache=cache)
    return source.travel_matrix(question, TravelProvider.OSRM)


def delivery(*kms: int) -> Problem:
    return problem(depots=[depot()], stops=[dropoff(f"p-{km}", km=km) for km in kms], vehicles=[van()])


def test_the_same_question_is_asked_once_and_answered_alike(stub: Stub, database_url: str) -> None:
    cache, question = cache_of(database_url), delivery(*range(1, 40))
    fresh = asked(stub, cache, question)
    assert stub.tables
    again = asked(stub, cache, question)
    assert stub.tables == []
    for key, block in fresh.blocks.items():
        assert (block.seconds == again.blocks[key].seconds).all()
        assert (block.meters == again.blocks[key].meters).all()
    assert [far.place for far in fresh.far_places] == [far.place for far in again.far_places]


def test_one_stop_more_or_less_leaves_most_of_it_known(stub: Stub, database_url: str) -> None:
    cache = cache_of(database_url)
    asked(stub, cache, delivery(*range(1, 200)))
    everything = sum(a * b for a, b in stub.tables)
    for changed in (delivery(*range(1, 200), 250), delivery(*(km for km in range(1, 200) if km != 77))):
        asked(stub, cache, changed)
        assert 0 < sum(a * b for a, b in stub.tables) < everything / 2


@pytest.mark.parametrize("change", ["data", "options"])
def test_other_data_or_options_are_another_question(stub: Stub, database_url: str, change: str) -> None:
    cache, question = cache_of(database_url), delivery(1, 2, 3)
    asked(stub, cache, question)
    if change == "data":
        stub.version = "2"
    asked(stub, cache, question, exclude="ferry" if change == "data" else "toll,ferry")
    assert stub.tables


@pytest.mark.parametrize(
    "spoilt", [b"", b"?", b"\xfe" * 4 * (2 * 9 + 6)], ids=["nothing", "short", "below no road"]
)
def test_what_makes_no_sense_any_more_is_asked_for_again(
    stub: Stub, database_url: str, spoilt: bytes
) -> None:
    cache, question = cache_of(database_url), delivery(1, 2)
    asked(stub, cache, question)

    async def spoil() -> None:
        async with lone_connection(database_url, EVERY_TENANT) as connection:
            await connection.execute("update road_tile set tile = $1", spoilt)

    asyncio.run(spoil())
    matrix = asked(stub, cache, question)
    assert matrix.drive(VAN, "dps", "p-2") is not None


def test_a_memory_that_is_away_only_costs_time(stub: Stub) -> None:
    matrix = asked(stub, cache_of(NOWHERE), delivery(1, 2))
    assert matrix.drive(VAN, "dps", "p-2") is not None

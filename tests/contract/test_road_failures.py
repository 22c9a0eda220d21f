"""Road engines that are away, slow, broken or talking nonsense: a clear failure, and never a road made up."""

import gc
import json
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

import pytest
from aiohttp import web

from router.adapters.matrices.asking import Patience
from router.adapters.matrices.osrm import Osrm
from router.adapters.matrices.road_engine import RoadEngine
from router.adapters.matrices.road_source import RoadEngineSource
from router.adapters.matrices.valhalla import Valhalla
from router.domain.ids import Profile
from router.domain.problem import Problem
from router.domain.travel_choice import TravelProvider
from router.errors import RoadEngineFailed, RoadFailure, RoadsNotAwaited
from router.travel.matrix import TravelMatrix
from tests.builders import depot, dropoff, problem, van
from tests.road_stubs import Stub, Trouble, dies, fails, hangs, never_ends, running_stub, says

pytestmark = pytest.mark.alone

VAN = Profile("van")
HASTY = Patience(request_seconds=1.0, all_seconds=5.0, attempts=3, at_once=2)
ENGINES: dict[TravelProvider, Callable[[str, int], RoadEngine]] = {
    TravelProvider.OSRM: lambda url, size: Osrm({VAN: url}, exclude="ferry", table_size=size),
    TravelProvider.VALHALLA: lambda url, size: Valhalla(url, {VAN: "auto"}, table_size=size),
}


@dataclass(frozen=True)
class Setting:
    """An engine, its stub, and how to ask it."""

    stub: Stub
    provider: TravelProvider
    table_size: int = 100

    def source(self, patience: Patience = HASTY, far_meters: int = 250) -> RoadEngineSource:
        """Return the source."""
        engine = ENGINES[self.provider](self.stub.url, self.table_size)
        return RoadEngineSource(engine, patience=patience, far_meters=far_meters)

    def ask(self, question: Problem) -> TravelMatrix:
        """Return the matrix."""
        return self.source().travel_matrix(question, self.provider)

    def failure(self, trouble: Trouble, patience: Patience = HASTY) -> RoadEngineFailed:
        """Return how asking fails with a server in trouble."""
        self.stub.trouble = trouble
        with pytest.raises(RoadEngineFailed) as caught:
            self.source(patience).travel_matrix(delivery(2), self.provider)
        return caught.value


@pytest.fixture(params=ENGINES)
def setting(request: pytest.FixtureRequest) -> Iterator[Setting]:
    with running_stub() as stub:
        yield Setting(stub, request.param)


def delivery(stops: int) -> Problem:
    return problem(
        depots=[depot()], stops=[dropoff(f"p-{n}", km=n + 1) for n in range(stops)], vehicles=[van()]
    )


def in_place_of_tables(answer: Trouble) -> Trouble:
    """Let the version be told, and spoil the tables."""

    async def trouble(request: web.Request) -> web.StreamResponse | None:
        is_table = "/table/" in request.path or "/sources_to_targets" in request.path
        return await answer(request) if is_table else None

    return trouble


GARBAGE = {
    "no JSON": b"<html>It works!</html>",
    "nothing": b"",
    "no object": b"[1, 2, 3]",
    "another object": b'{"hello": "world"}',
    "cut off": b'{"code": "Ok", "durations": [[0,',
    "binary": bytes(range(256)),
    "deep": b"[" * 10_000,
}


@pytest.mark.parametrize("what", GARBAGE)
@pytest.mark.parametrize("where", [lambda answer: answer, in_place_of_tables], ids=["at once", "in a table"])
def test_garbage_is_refused(setting: Setting, what: str, where: Callable[[Trouble], Trouble]) -> None:
    assert setting.failure(where(says(GARBAGE[what]))).failure is RoadFailure.GARBLED


def osrm_table(**changes: object) -> bytes:
    spots = [{"distance": 1.0}] * 3
    table = {
        "code": "Ok",
        "durations": [[1.0] * 3] * 3,
        "distances": [[1.0] * 3] * 3,
        "sources": spots,
        "destinations": spots,
    }
    return json.dumps({**table, **changes}).encode()


def valhalla_table(**changes: object) -> bytes:
    cells = [[{"time": 1, "distance": 1.0}] * 3] * 3
    spots = [{"lat": -8.0, "lon": 115.0}] * 3
    return json.dumps(
        {"sources_to_targets": cells, "sources": spots, "targets": spots, "units": "kilometers", **changes}
    ).encode()


def valhalla_cell(**cell: object) -> bytes:
    return valhalla_table(sources_to_targets=[[{"time": 1, "distance": 1.0, **cell}] * 3] * 3)


NONSENSE: list[tuple[TravelProvider, str, bytes]] = [
    (TravelProvider.OSRM, "too few rows", osrm_table(durations=[[1.0] * 3] * 2)),
    (TravelProvider.OSRM, "a short row", osrm_table(distances=[[1.0] * 3, [1.0] * 2, [1.0] * 3])),
    (TravelProvider.OSRM, "negative", osrm_table(durations=[[-1.0] * 3] * 3)),
    (TravelProvider.OSRM, "text", osrm_table(durations=[["1"] * 3] * 3)),
    (TravelProvider.OSRM, "endless", osrm_table(durations=[[1e300] * 3] * 3)),
    (TravelProvider.OSRM, "no number", osrm_table(distances=[[float("nan")] * 3] * 3)),
    (TravelProvider.OSRM, "half a road", osrm_table(durations=[[None] * 3] * 3)),
    (TravelProvider.OSRM, "a spot too few", osrm_table(sources=[{"distance": 1.0}] * 2)),
    (TravelProvider.OSRM, "not Ok", osrm_table(code="NoTable")),
    (TravelProvider.VALHALLA, "too few rows", valhalla_table(sources_to_targets=[])),
    (TravelProvider.VALHALLA, "negative", valhalla_cell(time=-1)),
    (TravelProvider.VALHALLA, "text", valhalla_cell(time="1")),
    (TravelProvider.VALHALLA, "half a road", valhalla_cell(distance=None)),
    (TravelProvider.VALHALLA, "miles", valhalla_table(units="miles")),
    (
        TravelProvider.VALHALLA,
        "a place that is nowhere",
        valhalla_table(sources=[{"lat": 99.0, "lon": 0.0}] * 3),
    ),
]


@pytest.mark.parametrize(
    ("provider", "what", "answer"), NONSENSE, ids=[f"{p}, {what}" for p, what, _ in NONSENSE]
)
def test_a_table_that_makes_no_sense_is_refused(provider: TravelProvider, what: str, answer: bytes) -> None:
    with running_stub() as stub:
        failure = Setting(stub, provider).failure(in_place_of_tables(says(answer)))
    assert failure.failure is RoadFailure.GARBLED


def test_the_tables_that_are_spoilt_are_good_ones() -> None:
    """So that the test before fails for the reason it names."""
    for provider, answer in (
        (TravelProvider.OSRM, osrm_table()),
        (TravelProvider.VALHALLA, valhalla_table()),
    ):
        with running_stub() as stub:
            stub.trouble = in_place_of_tables(says(answer))
            assert Setting(stub, provider).ask(delivery(2)).blocks


def test_an_answer_that_does_not_end_is_not_read_to_its_end(setting: Setting) -> None:
    failure = setting.failure(never_ends)
    assert failure.failure is RoadFailure.GARBLED
    assert "bytes" in failure.detail


def test_a_slow_engine_is_not_waited_for(setting: Setting) -> None:
    began = time.monotonic()
    failure = setting.failure(hangs, Patience(request_seconds=0.3, all_seconds=5.0))
    assert failure.failure is RoadFailure.SLOW
    assert len(setting.stub.asked) == 1, "asking again would make it slower"
    assert time.monotonic() - began < 3


def test_all_answers_together_are_waited_for_so_long(setting: Setting) -> None:
    began = time.monotonic()
    failure = setting.failure(hangs, Patience(request_seconds=60.0, all_seconds=0.3))
    assert failure.failure is RoadFailure.SLOW
    assert time.monotonic() - began < 3


def test_who_stops_does_not_wait(setting: Setting) -> None:
    """A cancelled plan, and a worker that is told to stop, leave a slow engine alone."""
    setting.stub.trouble = hangs
    source = setting.source(Patience(request_seconds=60.0))
    pressed = threading.Event()
    threading.Timer(0.2, pressed.set).start()
    began = time.monotonic()
    with pytest.raises(RoadsNotAwaited):
        source.travel_matrix(delivery(2), setting.provider, pressed.is_set)
    assert time.monotonic() - began < 3


@pytest.mark.parametrize("status", [429, 500, 502, 503])
def test_an_engine_that_is_overloaded_for_a_moment_is_asked_again(setting: Setting, status: int) -> None:
    setting.stub.trouble = fails(2, status)
    assert setting.ask(delivery(2)).drive(VAN, "dps", "p-1") is not None


def test_an_engine_that_hangs_up_in_the_middle_of_an_answer_is_asked_again(setting: Setting) -> None:
    died: list[web.Request] = []

    async def once(request: web.Request) -> web.StreamResponse | None:
        if died:
            return None
        died.append(request)
        return await dies(request)

    setting.stub.trouble = in_place_of_tables(once)
    assert setting.ask(delivery(2)).drive(VAN, "dps", "p-1") is not None
    assert died


@pytest.mark.parametrize("trouble", [dies, fails(1000, 503)], ids=["hangs up", "503"])
def test_an_engine_that_stays_broken_fails_the_question(setting: Setting, trouble: Trouble) -> None:
    failure = setting.failure(trouble)
    assert failure.failure is RoadFailure.UNREACHABLE
    assert f"failed {HASTY.attempts} times" in failure.detail
    assert len(setting.stub.asked) == HASTY.attempts


def test_an_engine_that_is_not_there_fails_the_question() -> None:
    with running_stub() as stub:
        gone = Setting(stub, TravelProvider.OSRM)
    failure = gone.failure(hangs)
    assert failure.failure is RoadFailure.UNREACHABLE


def test_a_refusal_is_passed_on_in_the_words_of_the_engine(setting: Setting) -> None:
    words = json.dumps({"message": "Too many table coordinates", "error": "Too many table coordinates"})
    failure = setting.failure(says(words, status=400))
    assert failure.failure is RoadFailure.REFUSED
    assert "Too many table coordinates" in failure.detail
    assert len(setting.stub.asked) == 1


def test_a_redirection_is_not_followed(setting: Setting) -> None:
    """An engine's address is that of the settings; an answer cannot send the service elsewhere."""
    assert setting.failure(says("{}", status=307)).failure is RoadFailure.GARBLED


def test_no_failure_names_an_address(setting: Setting) -> None:
    """Callers are told what a failure says."""
    for trouble in (says(b"?"), says('{"message": "no", "error": "no"}', status=400), dies):
        assert "127.0.0.1" not in str(setting.failure(trouble))


def test_a_server_that_sails_where_ferries_are_excluded_is_refused() -> None:
    """Valhalla only warns that it ignores the exclusion."""
    warned = valhalla_table(
        warnings=[{"code": 208, "text": "Hard exclusions are not allowed on this server"}]
    )
    with running_stub() as stub:
        failure = Setting(stub, TravelProvider.VALHALLA).failure(in_place_of_tables(says(warned)))
    assert failure.failure is RoadFailure.REFUSED
    assert "allow_hard_exclusions" in failure.detail


def test_no_question_is_larger_than_the_server_allows_and_few_are_open_at_once(setting: Setting) -> None:
    replace(setting, table_size=3).ask(delivery(20))
    assert max(max(size) for size in setting.stub.tables) <= 3
    assert sum(a * b for a, b in setting.stub.tables) == 21 * 21, "every pair is asked for once"
    assert setting.stub.most_at_once <= HASTY.at_once


def test_what_has_no_road_stays_without(setting: Setting) -> None:
    setting.stub.cut_off = 115.025
    matrix = setting.ask(delivery(4))
    assert matrix.drive(VAN, "p-0", "p-3") is None
    assert matrix.drive(VAN, "p-2", "p-3") is not None


def test_places_far_from_their_road_are_named(setting: Setting) -> None:
    far = setting.source(far_meters=10).travel_matrix(delivery(1), setting.provider).far_places
    assert {each.place for each in far} == {"dps", "p-0"}
    assert {round(each.meters, -1) for each in far} == {10}


def test_nothing_of_a_question_is_left_open(setting: Setting) -> None:
    """Sessions and loops are closed, whatever happened: Python would warn of each that is not."""
    setting.failure(dies)
    setting.stub.trouble = fails(0, 500)
    setting.ask(delivery(2))
    gc.collect()

"""Road engines are what the settings say they are, and nothing else."""

import pytest
from pydantic import ValidationError

from router.adapters.matrices.great_circle import GreatCircleSource
from router.bootstrap.roads import matrix_source, road_engines
from router.domain.ids import Profile
from router.domain.travel_choice import TravelProvider
from router.errors import MatrixUnavailable, RoadEngineFailed
from router.settings import Settings
from tests.builders import depot, dropoff, problem, van
from tests.road_stubs import running_stub

OSRM, VALHALLA = TravelProvider.OSRM, TravelProvider.VALHALLA
QUESTION = problem(depots=[depot()], stops=[dropoff("p-1", km=1)], vehicles=[van()])


def test_without_settings_there_is_none() -> None:
    engines = road_engines(Settings())
    assert not engines.has(OSRM)
    assert not engines.has(VALHALLA)
    with pytest.raises(MatrixUnavailable):
        matrix_source(Settings(), None).travel_matrix(QUESTION, OSRM)


def test_each_profile_may_have_a_server_and_a_star_stands_for_all_others(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("SELAT_OSRM_URL", '{"van": "http://127.0.0.1:5000"}')
    assert road_engines(Settings()).known(OSRM) == frozenset({Profile("van")})
    monkeypatch.setenv("SELAT_OSRM_URL", '{"van": "http://127.0.0.1:5000", "*": "https://osrm.example/any"}')
    assert road_engines(Settings()).known(OSRM) is None


def test_valhalla_knows_the_profiles_that_have_a_costing_model(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SELAT_VALHALLA_URL", "http://127.0.0.1:8002")
    monkeypatch.setenv("SELAT_VALHALLA_COSTING", '{"becak": "bicycle"}')
    assert road_engines(Settings()).known(VALHALLA) == frozenset({Profile("becak")})


@pytest.mark.parametrize(
    "url", ["127.0.0.1:5000", "ftp://example.org", "http://", "http://a b", "http://a/?q=1"]
)
def test_what_is_no_address_of_a_server_is_refused_at_the_start(
    monkeypatch: pytest.MonkeyPatch, url: str
) -> None:
    monkeypatch.setenv("SELAT_VALHALLA_URL", url)
    with pytest.raises(ValidationError, match="pattern"):
        Settings()


def test_an_engine_that_is_set_up_is_asked_and_great_circle_stays(monkeypatch: pytest.MonkeyPatch) -> None:
    with running_stub() as stub:
        monkeypatch.setenv("SELAT_OSRM_URL", f'{{"*": "{stub.url}"}}')
        monkeypatch.setenv("SELAT_ROAD_ATTEMPTS", "1")
        source = matrix_source(Settings(), None)
        assert source.travel_matrix(QUESTION, OSRM).source == "osrm"
        assert stub.tables
    with pytest.raises(RoadEngineFailed):
        source.travel_matrix(QUESTION, OSRM)
    made_up = source.travel_matrix(QUESTION, TravelProvider.GREAT_CIRCLE)
    assert made_up.source == GreatCircleSource().travel_matrix(QUESTION, TravelProvider.GREAT_CIRCLE).source

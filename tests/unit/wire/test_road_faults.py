"""A road engine can be asked for where it is set up, and for whom."""

import pytest

from router.domain.ids import Profile
from router.domain.road_engines import RoadEngines
from router.domain.travel_choice import TravelProvider
from router.errors import InvalidRequest
from router.settings import Settings
from router.wire.limits import Limits
from router.wire.request import read_plan_request
from router.wire.road_faults import road_faults
from tests.unit.wire.requests import Json, body, ferry_request

OSRM, VALHALLA = TravelProvider.OSRM, TravelProvider.VALHALLA
FLEET: Json = [{"profile": "van"}, {"profile": "hovercraft"}]


def found(provider: Json, **profiles: frozenset[Profile] | None) -> list[tuple[str, str]]:
    engines = RoadEngines(profiles={TravelProvider(name): known for name, known in profiles.items()})
    request: Json = {"vehicles": FLEET, "travel": {"provider": provider}}
    return [(fault.pointer, fault.code) for fault in road_faults(request, engines)]


@pytest.mark.parametrize(
    ("provider", "setting"), [(OSRM, "SELAT_OSRM_URL"), (VALHALLA, "SELAT_VALHALLA_URL")]
)
def test_one_that_is_not_set_up_is_refused_with_what_to_set(provider: TravelProvider, setting: str) -> None:
    (fault,) = road_faults({"travel": {"provider": provider.value}}, RoadEngines())
    assert (fault.pointer, fault.code) == ("/travel/provider", "provider_not_configured")
    assert setting in fault.detail
    assert setting.removeprefix("SELAT_").lower() in Settings.model_fields


def test_another_one_does_not_stand_in() -> None:
    assert found("osrm", valhalla=None) == [("/travel/provider", "provider_not_configured")]


def test_one_that_knows_everybody_is_taken() -> None:
    assert found("osrm", osrm=None) == []


def test_vehicles_without_roads_are_named() -> None:
    assert found("osrm", osrm=frozenset({Profile("van")})) == [("/vehicles/1/profile", "unknown_profile")]


@pytest.mark.parametrize("provider", ["great_circle", "teleport", None, 7, ["osrm"], {"osrm": 1}])
def test_nothing_else_is_its_business(provider: Json) -> None:
    assert found(provider) == []


def test_a_whole_request_is_refused_or_taken() -> None:
    document = body({**ferry_request(), "travel": {"provider": "osrm"}})
    with pytest.raises(InvalidRequest):
        read_plan_request(document)
    limits = Limits(road_engines=RoadEngines(profiles={OSRM: None}))
    assert read_plan_request(document, limits).travel is not None

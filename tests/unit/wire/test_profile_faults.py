"""A profile needs a known speed only where roads are made up."""

import pytest

from router.wire.profile_faults import profile_faults

FLEET = [{"profile": "van"}, {"profile": "hovercraft"}]


@pytest.mark.parametrize("travel", [{}, {"travel": None}, {"travel": {"provider": "great_circle"}}])
def test_made_up_roads_need_a_known_profile(travel: dict[str, object]) -> None:
    (found,) = profile_faults({"vehicles": FLEET, **travel})
    assert (found.pointer, found.code) == ("/vehicles/1/profile", "unknown_profile")
    assert "van, truck" in found.detail


@pytest.mark.parametrize("travel", [{"matrix": {}}, {"matrices": {"hovercraft": {}}}, {"provider": "osrm"}])
def test_roads_from_elsewhere_take_any_profile(travel: dict[str, object]) -> None:
    assert not list(profile_faults({"vehicles": FLEET, "travel": travel}))

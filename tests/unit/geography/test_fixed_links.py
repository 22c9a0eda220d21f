"""Bridges: which islands they join, for whom, under any layer's names."""

import json
from pathlib import Path

import pytest

from router.domain.ids import Profile
from router.domain.places import FixedLink
from router.geography.fixed_links import shipped_link_ends
from router.geography.geography import Geography


@pytest.fixture(scope="module")
def links() -> dict[frozenset[str], FixedLink]:
    return {frozenset(link.islands): link for link in Geography.load().fixed_links()}


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("java", "madura"),
        ("batam", "tonton"),
        ("tonton", "setoko"),
        ("setoko", "rempang"),
        ("rempang", "galang"),
        ("galang", "galang-baru"),
        ("bali", "serangan"),
        ("kei-kecil", "dullah"),
        ("bintan", "dompak"),
        ("yamdena", "larat"),
    ],
)
def test_a_road_bridge_joins_two_islands_for_everybody(
    links: dict[frozenset[str], FixedLink], one: str, other: str
) -> None:
    assert links[frozenset({one, other})].carries(Profile("truck"))


def test_the_yellow_bridge_carries_two_wheels_only(links: dict[frozenset[str], FixedLink]) -> None:
    bridge = links[frozenset({"nusa-lembongan", "nusa-ceningan"})]
    assert bridge.carries(Profile("motorbike"))
    assert bridge.carries(Profile("bicycle"))
    assert bridge.carries(Profile("foot"))
    assert not bridge.carries(Profile("van"))


def test_islands_without_a_bridge_stay_apart(links: dict[frozenset[str], FixedLink]) -> None:
    assert frozenset({"nusa-penida", "nusa-ceningan"}) not in links
    assert frozenset({"java", "bali"}) not in links


def test_every_shipped_link_joins_two_islands_of_the_shipped_layer(
    links: dict[frozenset[str], FixedLink],
) -> None:
    """A head that slid into the sea or onto the wrong side would silently drop its bridge."""
    assert len(links) == len(shipped_link_ends())


def test_links_take_the_names_of_the_layer_that_is_loaded(tmp_path: Path) -> None:
    """A layer of the caller's own with a land on either side of the Madura Strait gets its bridge."""

    def band(island: str, south: float, north: float) -> dict[str, object]:
        ring = [[112, south], [113, south], [113, north], [112, north], [112, south]]
        geometry = {"type": "Polygon", "coordinates": [ring]}
        return {"type": "Feature", "id": island, "properties": None, "geometry": geometry}

    path = tmp_path / "own.geojson"
    features = [band("south", -8.0, -7.2), band("north", -7.16, -6.0)]
    path.write_text(json.dumps({"type": "FeatureCollection", "features": features}))
    (bridge,) = Geography.load(path).fixed_links()
    assert bridge.islands == ("south", "north")
    assert (bridge.lat, bridge.lon) == (-7.183, 112.7805)

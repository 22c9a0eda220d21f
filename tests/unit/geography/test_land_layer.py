"""Reading land layers: any GeoJSON or GeoParquet, ids from where they stand, clear refusals."""

import json
import subprocess
import sys
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
import shapely

from router.errors import LandLayerUnreadable
from router.geography.fixed_links import shipped_link_ends
from router.geography.geography import SHIPPED_LAYER, Geography
from router.geography.land_layer import read_land_layer

SHARED_LAYER = (
    Path(__file__).parents[3].parent / "shared" / "data" / "geo" / "idn_islands_from_villages.parquet"
)
HOME = shapely.box(10, 0, 11, 1)
AWAY = shapely.box(12, 0, 13, 1)


def geojson(path: Path, document: object) -> Path:
    path.write_text(json.dumps(document))
    return path


def shape_of(*polygons: shapely.Polygon) -> dict[str, object]:
    shape = shapely.MultiPolygon(polygons) if len(polygons) > 1 else polygons[0]
    return dict(json.loads(shapely.to_geojson(shape)))


def parquet(path: Path, geo: dict[str, object] | None, **columns: list[object]) -> Path:
    table = pa.table(columns).replace_schema_metadata({"geo": json.dumps(geo)} if geo else None)
    pq.write_table(table, path)
    return path


def geo_metadata(**about: object) -> dict[str, object]:
    column = {"encoding": "WKB", "geometry_types": ["Polygon"]} | about
    return {"version": "1.1.0", "primary_column": "shape", "columns": {"shape": column}}


def test_the_shipped_layer_gives_every_polygon_an_island_of_its_own() -> None:
    with SHIPPED_LAYER.open("rb") as file:
        islands = pq.read_table(file)["island"].to_pylist()
    assert len(islands) == len(set(islands)) == 2255


@pytest.mark.parametrize(
    ("members", "island"),
    [
        ({"properties": {"island": "home", "id": 7}, "id": "f-1"}, "home"),
        ({"properties": {"name": "Panjang"}, "id": "f-1"}, "f-1"),
        ({"properties": {"id": 7}}, "7"),
        ({"properties": {"island_id": 0}}, "0"),
        ({"properties": {"name": "Panjang"}}, "land-0.5000n-10.5000e"),
        ({"properties": None}, "land-0.5000n-10.5000e"),
    ],
)
def test_the_id_of_a_geojson_feature(tmp_path: Path, members: dict[str, object], island: str) -> None:
    """The first of ``island``, ``id`` and ``island_id``; a name is no id, since islands share names."""
    feature = {"type": "Feature", "geometry": shape_of(HOME)} | members
    path = geojson(tmp_path / "layer.geojson", {"type": "FeatureCollection", "features": [feature]})
    assert [land.island for land in read_land_layer(path)] == [island]


def test_a_multipolygon_is_one_land_mass_and_lines_are_left_out(tmp_path: Path) -> None:
    line = {"type": "LineString", "coordinates": [[0, 0], [1, 1]]}
    features = [
        {"type": "Feature", "properties": {"island": "both"}, "geometry": shape_of(HOME, AWAY)},
        {"type": "Feature", "properties": {"island": "coast road"}, "geometry": line},
        {"type": "Feature", "properties": {"island": "nowhere"}, "geometry": None},
    ]
    path = geojson(tmp_path / "layer.json", {"type": "FeatureCollection", "features": features})
    assert [land.island for land in read_land_layer(path)] == ["both", "both"]
    geography = Geography.load(path)
    assert geography.locate(0.5, 10.5) == geography.locate(0.5, 12.5)


def test_a_bare_geometry_is_a_layer(tmp_path: Path) -> None:
    assert len(read_land_layer(geojson(tmp_path / "layer.json", shape_of(HOME, AWAY)))) == 2


def test_a_polygon_that_crosses_itself_is_mended(tmp_path: Path) -> None:
    bow_tie = {"type": "Polygon", "coordinates": [[[0, 0], [1, 1], [1, 0], [0, 1], [0, 0]]]}
    lands = read_land_layer(geojson(tmp_path / "layer.json", bow_tie))
    assert len(lands) == 2
    assert all(land.polygon.is_valid for land in lands)


@pytest.mark.parametrize("crs", [None, {"id": {"authority": "EPSG", "code": 4326}}])
def test_geoparquet_names_its_geometry_column(tmp_path: Path, crs: dict[str, object] | None) -> None:
    path = parquet(
        tmp_path / "layer.parquet",
        geo_metadata(crs=crs),
        island=["home", None],
        shape=[shapely.to_wkb(HOME), shapely.to_wkb(AWAY)],
    )
    assert [land.island for land in read_land_layer(path)] == ["home", "land-0.5000n-12.5000e"]


def test_parquet_without_ids_names_lands_by_position(tmp_path: Path) -> None:
    path = parquet(tmp_path / "layer.parquet", geo_metadata(), shape=[shapely.to_wkb(HOME)])
    assert [land.island for land in read_land_layer(path)] == ["land-0.5000n-10.5000e"]


@pytest.mark.parametrize(
    ("geo", "complaint"),
    [
        (geo_metadata(encoding="polygon"), "not as WKB"),
        (geo_metadata(crs={"id": {"authority": "EPSG", "code": 32750}}), "not in WGS 84"),
        ({"version": "1.1.0"}, "primary_column"),
        (None, "geometry"),
    ],
)
def test_geoparquet_of_another_kind_is_refused(
    tmp_path: Path, geo: dict[str, object] | None, complaint: str
) -> None:
    path = parquet(tmp_path / "layer.parquet", geo, shape=[shapely.to_wkb(HOME)])
    with pytest.raises(LandLayerUnreadable, match=complaint):
        read_land_layer(path)


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("broken.geojson", "{"),
        ("list.geojson", "[]"),
        ("untyped.geojson", "{}"),
        ("open-ring.geojson", '{"type": "Polygon", "coordinates": [[[0, 0], [1, 1]]]}'),
        ("empty.geojson", '{"type": "FeatureCollection", "features": []}'),
        ("text.parquet", "no parquet"),
    ],
)
def test_a_broken_layer_is_refused_by_name(tmp_path: Path, name: str, content: str) -> None:
    path = tmp_path / name
    path.write_text(content)
    with pytest.raises(LandLayerUnreadable, match=name):
        read_land_layer(path)


def test_a_missing_layer_is_refused_by_name(tmp_path: Path) -> None:
    with pytest.raises(LandLayerUnreadable, match="absent"):
        Geography.load(tmp_path / "absent.parquet")


@pytest.mark.shared
@pytest.mark.skipif(not SHARED_LAYER.exists(), reason="the measuring data is not beside the checkout")
def test_the_large_layer_of_village_polygons_is_read() -> None:
    geography = Geography.load(SHARED_LAYER)
    assert geography.locate(-8.351, 116.038) != geography.locate(-8.350, 116.057)
    assert len(geography.fixed_links()) == len(shipped_link_ends())


def test_a_layer_may_say_what_people_call_an_island(tmp_path: Path) -> None:
    """Numbers are poor reading: the name goes along, and stands in the warning about a position off the coast."""
    features = [
        {"type": "Feature", "properties": {"island_id": 7, "name": "Gili Meno"}, "geometry": shape_of(HOME)},
        {"type": "Feature", "properties": {"island": "Bali", "name": "Bali"}, "geometry": shape_of(AWAY)},
    ]
    path = geojson(tmp_path / "layer.geojson", {"type": "FeatureCollection", "features": features})
    geography = Geography.load(path)
    assert geography.locate(0.5, 10.5).name == "Gili Meno"
    assert geography.locate(0.5, 12.5).name is None


def test_the_shipped_layer_names_the_large_islands_as_everybody_does() -> None:
    """The register lacks them: the islet nearest to the middle of Java is not what Java is called."""
    with SHIPPED_LAYER.open("rb") as file:
        table = pq.read_table(file, columns=["island", "name"])
    names = dict(zip(table["island"].to_pylist(), table["name"].to_pylist(), strict=True))
    large = ("java", "sumatra", "sumbawa", "papua", "timor")
    assert [names[island] for island in large] == ["Java", "Sumatra", "Sumbawa", "Papua", "Timor"]
    assert names["bali"] == "Pulau Bali"


def test_a_layer_is_read_without_loading_pandas() -> None:
    """It is not needed, and would take half a second of each start."""
    script = (
        "import sys; from router.geography.geography import SHIPPED_LAYER; "
        "from router.geography.land_layer import read_land_layer; "
        "assert read_land_layer(SHIPPED_LAYER); sys.exit('pandas' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", script], check=False).returncode == 0

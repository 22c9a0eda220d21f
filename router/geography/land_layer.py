"""Reads land layers: polygons, each on a named land mass, from GeoParquet or GeoJSON."""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import shapely
from shapely.geometry.base import BaseGeometry

from router.domain.ids import IslandId
from router.errors import LandLayerUnreadable

ID_FIELDS = ("island", "id", "island_id")
"""Where the id of a land mass is looked for. Names are not ids: Indonesia has forty islands named Panjang."""

NAME_FIELD = "name"
"""Where the name for people is looked for."""

WGS84_AUTHORITIES = frozenset({("OGC", "CRS84"), ("EPSG", "4326")})


@dataclass(frozen=True, slots=True, kw_only=True)
class LandPolygon:
    """One piece of land in WGS 84 degrees; pieces with the same ``island`` are one land mass.

    ``name`` is for people to read, where the layer has one; several islands may share it.
    """

    island: IslandId
    polygon: shapely.Polygon
    name: str | None = None


@dataclass(frozen=True, slots=True)
class _Row:
    """What a layer says of a geometry."""

    island: str | None
    name: str | None
    geometry: BaseGeometry | None


def read_land_layer(path: Path) -> tuple[LandPolygon, ...]:
    """Return the polygons of a layer; what is not a polygon in it is left out.

    A ``.parquet`` file is read as GeoParquet (WKB, WGS 84), anything else as GeoJSON (RFC 7946). The land
    mass is named by the column or property ``island``, else ``id`` (for GeoJSON also the feature's own), else
    ``island_id``; where none is given, every polygon is a land mass of its own, named by its position. What
    people call it is in ``name``.

    Raises:
        LandLayerUnreadable: there is no such file, it is broken, or it holds no polygon.
    """
    try:
        rows = _parquet_rows(path) if path.suffix == ".parquet" else _geojson_rows(path)
        layer = tuple(land for row in rows for land in _polygons(row))
    except (OSError, ValueError, KeyError, TypeError, AttributeError, shapely.GEOSException) as error:
        raise LandLayerUnreadable(f"land layer {path} cannot be read: {error!r}") from error
    if not layer:
        raise LandLayerUnreadable(f"land layer {path} holds no polygon")
    return layer


def position_id(polygon: shapely.Polygon, decimals: int = 4) -> str:
    """Return an id for a polygon without a name, such as ``land-8.7412s-115.5341e``."""
    inside = polygon.representative_point()
    lat = f"{abs(inside.y):.{decimals}f}{'s' if inside.y < 0 else 'n'}"
    lon = f"{abs(inside.x):.{decimals}f}{'w' if inside.x < 0 else 'e'}"
    return f"land-{lat}-{lon}"


def _polygons(row: _Row) -> Iterator[LandPolygon]:
    if row.geometry is None:
        return
    valid = row.geometry if row.geometry.is_valid else shapely.make_valid(row.geometry)
    # Twice: a collection may hold multipolygons.
    for part in shapely.get_parts(shapely.get_parts(valid)):
        if isinstance(part, shapely.Polygon) and not part.is_empty:
            island = IslandId(row.island or position_id(part))
            yield LandPolygon(island=island, polygon=part, name=row.name)


def _row(values: Mapping[str, Any], geometry: BaseGeometry | None) -> _Row:
    ids = (values[field] for field in ID_FIELDS if values.get(field) not in (None, ""))
    name = values.get(NAME_FIELD)
    return _Row(
        island=next((str(value) for value in ids), None), name=str(name) if name else None, geometry=geometry
    )


def _parquet_rows(path: Path) -> Iterator[_Row]:
    # Not `read_table`: it loads pandas, which takes half a second of each start.
    with pq.ParquetFile(path) as file:
        table = file.read()
    column = _geometry_column(table.schema)
    fields = [field for field in (*ID_FIELDS, NAME_FIELD) if field in table.column_names]
    geometries: Sequence[BaseGeometry | None] = shapely.from_wkb(table[column].to_pylist()).tolist()
    for values, geometry in zip(
        table.select(fields).to_pylist() or [{}] * len(table), geometries, strict=True
    ):
        yield _row(values, geometry)


def _geometry_column(schema: pa.Schema) -> str:
    """Return the column of WKB in WGS 84; without GeoParquet metadata ``geometry`` is trusted to be one."""
    if b"geo" not in (schema.metadata or {}):
        return "geometry"
    geo = json.loads(schema.metadata[b"geo"])
    column = str(geo["primary_column"])
    about = geo["columns"][column]
    if about["encoding"] != "WKB":
        raise ValueError(f"geometry is encoded as {about['encoding']}, not as WKB")
    identifier = (about.get("crs") or {}).get("id")
    if identifier and (identifier["authority"], str(identifier["code"])) not in WGS84_AUTHORITIES:
        raise ValueError(f"coordinates are in {identifier}, not in WGS 84")
    return column


def _geojson_rows(path: Path) -> Iterator[_Row]:
    document = json.loads(path.read_bytes())
    if document["type"] == "FeatureCollection":
        features = document["features"]
    elif document["type"] == "Feature":
        features = [document]
    else:
        features = [{"type": "Feature", "geometry": document}]
    for feature in features:
        named = {"id": feature.get("id")} | (feature.get("properties") or {})
        geometry = feature["geometry"]
        yield _row(named, shapely.from_geojson(json.dumps(geometry)) if geometry else None)

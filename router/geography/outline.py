"""Land as a picture: what a map of some stretch of the world needs of a land layer, and no more."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import orjson
import shapely
from numpy.typing import NDArray

from router.geography.land_layer import LandPolygon

POINTS_ACROSS = 2_500
"""Details smaller than this part of the stretch are left out: a screen would not show them."""

LEAST_LABELLED = 1 / 4_000
"""A name is given to land that covers at least this part of the stretch."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Box:
    """A stretch of the world, in degrees; ``west`` lies west of ``east``, ``south`` south of ``north``."""

    west: float
    south: float
    east: float
    north: float

    @property
    def width(self) -> float:
        """How many degrees it is wide, or high where that is more."""
        return max(self.east - self.west, self.north - self.south)

    @property
    def area(self) -> float:
        """How many square degrees it covers."""
        return (self.east - self.west) * (self.north - self.south)


class Outline:
    """A land layer, ready to be drawn from. Drawing takes tens of milliseconds."""

    def __init__(self, lands: Sequence[LandPolygon]) -> None:
        """Index the layer."""
        self._names = [land.name for land in lands]
        self._polygons = np.array([land.polygon for land in lands], dtype=object)
        self._by_box = shapely.STRtree(self._polygons)

    def geojson(self, box: Box) -> bytes:
        """Return the land within ``box`` as a feature collection (RFC 7946), simplified to what can be seen.

        A feature has a ``name`` and the position of a ``label`` where it is large enough for one.
        """
        return orjson.dumps({"type": "FeatureCollection", "features": list(self._features(box))})

    def _features(self, box: Box) -> Iterator[dict[str, Any]]:
        found = np.sort(self._by_box.query(shapely.box(box.west, box.south, box.east, box.north)))
        for number, shape in zip(found.tolist(), self._drawn(found, box), strict=True):
            if shape.is_empty:
                continue
            large = shape.area >= box.area * LEAST_LABELLED
            yield {
                "type": "Feature",
                "geometry": orjson.Fragment(shapely.to_geojson(shape)),
                "properties": _label(self._names[number], shape) if large else {},
            }

    def _drawn(self, found: NDArray[np.int64], box: Box) -> NDArray[np.object_]:
        coarse = shapely.simplify(self._polygons[found], box.width / POINTS_ACROSS, preserve_topology=False)
        broken = ~shapely.is_valid(coarse)
        coarse[broken] = shapely.make_valid(coarse[broken])
        clipped = shapely.clip_by_rect(coarse, box.west, box.south, box.east, box.north)
        return np.asarray(shapely.set_precision(clipped, 1e-5, mode="pointwise"), dtype=object)


def _label(name: str | None, shape: shapely.Geometry) -> dict[str, Any]:
    if name is None:
        return {}
    lon, lat = shapely.get_coordinates(shapely.point_on_surface(shape))[0].tolist()
    return {"name": name, "label": [round(lon, 4), round(lat, 4)]}

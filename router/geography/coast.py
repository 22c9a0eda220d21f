"""How far a position in the water is from land, and from which."""

import math
from collections.abc import Iterator

import numpy as np
import shapely
from numpy.typing import NDArray

EARTH_RADIUS_METERS = 6_371_009
"""Mean radius of the Earth (IUGG)."""

MERCATOR_LIMIT = 85.0
"""Latitude beyond which no coast is left and the map would grow without end."""

SEGMENTS_PER_PIECE = 32
"""Short pieces have small boxes; the distance to a whole island is taken from all of its thousands of vertices."""

NO_LAND = -1


class Coast:
    """The shores of all polygons, in short pieces, ready to be asked for the nearest one.

    Distances are measured on a Mercator map, which is true to shape: near a point it shows metres, only enlarged
    by ``1 / cos(latitude)``.
    """

    def __init__(self, polygons: NDArray[np.object_], reach_meters: float) -> None:
        """Index the shores; nothing farther away than ``reach_meters`` will be found."""
        rings, polygon_of_ring = shapely.get_rings(polygons, return_index=True)
        points, ring_of_point = shapely.get_coordinates(rings, return_index=True)
        pieces = list(_pieces(np.bincount(ring_of_point, minlength=len(rings))))
        corners = np.concatenate([np.arange(first, last) for _, first, last in pieces])
        piece_of_corner = np.repeat(np.arange(len(pieces)), [last - first for _, first, last in pieces])
        self._polygon_of_piece = polygon_of_ring[[ring for ring, _, _ in pieces]]
        self._tree = shapely.STRtree(shapely.linestrings(_mercator(points)[corners], indices=piece_of_corner))
        self._reach = reach_meters

    def nearest(
        self, lats: NDArray[np.float64], lons: NDArray[np.float64]
    ) -> tuple[NDArray[np.int64], NDArray[np.float64]]:
        """Return, for each position, the index of the nearest polygon and the metres to its shore.

        Where there is none within reach, that is ``NO_LAND`` and infinity. The positions are on no polygon.
        """
        meters_on_map = 1 / np.cos(np.radians(np.minimum(np.abs(lats), MERCATOR_LIMIT)))
        polygons = np.full(len(lats), NO_LAND, dtype=np.int64)
        meters = np.full(len(lats), np.inf)
        (position, piece), distance = self._tree.query_nearest(
            shapely.points(_mercator(np.column_stack([lons, lats]))),
            max_distance=self._reach * meters_on_map.max(initial=1.0),
            return_distance=True,
            all_matches=False,
        )
        on_ground = distance / meters_on_map[position]
        within = on_ground <= self._reach
        polygons[position[within]] = self._polygon_of_piece[piece[within]]
        meters[position[within]] = on_ground[within]
        return polygons, meters


def _pieces(points_per_ring: NDArray[np.int64]) -> Iterator[tuple[int, int, int]]:
    """Yield pieces as ring, first point and the one after the last; neighbours share a point."""
    begin = 0
    for ring, count in enumerate(points_per_ring.tolist()):
        for first in range(begin, begin + count - 1, SEGMENTS_PER_PIECE):
            yield ring, first, min(first + SEGMENTS_PER_PIECE + 1, begin + count)
        begin += count


def _mercator(lon_lat: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return positions in degrees, rows of (lon, lat), as metres on a spherical Mercator map."""
    lon, lat = np.radians(lon_lat[:, 0]), np.radians(np.clip(lon_lat[:, 1], -MERCATOR_LIMIT, MERCATOR_LIMIT))
    return EARTH_RADIUS_METERS * np.column_stack([lon, np.log(np.tan(math.pi / 4 + lat / 2))])

"""Road times from positions alone: the great circle, a detour and a mean speed for each profile."""

from collections.abc import Callable, Sequence

import numpy as np
from numpy.typing import NDArray

from router.domain.ids import IslandId, PlaceId, Profile
from router.domain.places import FixedLink
from router.domain.problem import Problem
from router.domain.travel_choice import TravelChoice, TravelProvider
from router.domain.units import METERS_PER_KM, SECONDS_PER_HOUR
from router.errors import MatrixUnavailable, UnknownProfile
from router.geography.coast import EARTH_RADIUS_METERS
from router.travel.matrix import Block, TravelMatrix
from router.travel.profiles import PROFILES, Pace

_ROWS_AT_ONCE = 256
"""Rows of a block that are measured together, so that what is held in between stays small."""

Floats = NDArray[np.float64]


class GreatCircleSource:
    """Makes up roads as long as great circle times detour, driven at the mean speed of the profile.

    Places of two islands that fixed links join are reached over the links. Metres and seconds are rounded
    half up; places at different positions are at least a second apart.
    """

    def travel_matrix(
        self,
        problem: Problem,
        choice: TravelChoice,
        should_stop: Callable[[], bool] = lambda: False,  # noqa: ARG002  (there is nothing to wait for)
    ) -> TravelMatrix:
        """Return one block per profile and land mass.

        Raises:
            MatrixUnavailable: another provider is asked for.
            UnknownProfile: the fleet has a profile whose speed is not known.
        """
        if choice is not TravelProvider.GREAT_CIRCLE:
            raise MatrixUnavailable(f"great-circle travel is not {choice}")
        blocks = {}
        for profile in problem.profiles():
            pace = _pace(profile)
            masses = problem.land_masses(profile)
            links = [link for link in problem.fixed_links if link.carries(profile)]
            for mass in dict.fromkeys(masses.values()):
                places = [p for p in problem.places() if masses[problem.location(p).island] == mass]
                blocks[profile, mass] = _block(problem, places, links, pace)
        return TravelMatrix(blocks, "great circle")


def _pace(profile: Profile) -> Pace:
    pace = PROFILES.get(profile)
    if pace is None:
        raise UnknownProfile(f"great-circle travel knows no profile {profile!r}, only {', '.join(PROFILES)}")
    return pace


def _block(problem: Problem, places: Sequence[PlaceId], links: Sequence[FixedLink], pace: Pace) -> Block:
    seconds = np.empty((len(places), len(places)), np.int32)
    meters = np.empty_like(seconds)
    land = _Land(problem, places, links)
    for start in range(0, len(places), _ROWS_AT_ONCE):
        rows = slice(start, start + _ROWS_AT_ONCE)
        road = land.distances(rows) * pace.detour
        meters[rows] = _half_up(road)
        seconds[rows] = _half_up(road * (SECONDS_PER_HOUR / METERS_PER_KM / pace.km_per_hour))
        seconds[rows][(road > 0) & (seconds[rows] == 0)] = 1
    return Block(places=tuple(places), seconds=seconds, meters=meters)


class _Land:
    """The positions of one land mass and the fixed links between its islands."""

    def __init__(self, problem: Problem, places: Sequence[PlaceId], links: Sequence[FixedLink]) -> None:
        """Measure the ways to the links; with a single island there are none to measure."""
        locations = [problem.location(place) for place in places]
        self._places = _unit_vectors([(location.lat, location.lon) for location in locations])
        islands = [location.island for location in locations]
        number = {island: index for index, island in enumerate(dict.fromkeys(islands))}
        self._island = np.array([number[island] for island in islands])
        self._to_link, self._through_links = _ways_over(
            links if len(number) > 1 else (), islands, self._places
        )

    def distances(self, rows: slice) -> Floats:
        """Return metres as the crow walks, shape (rows, places): straight on one island, else over links."""
        distances = _great_circle(self._places[rows], self._places)
        apart = self._island[rows, None] != self._island[None, :]
        if apart.any():
            over = np.full(distances.shape, np.inf)
            for last in range(self._to_link.shape[1]):
                way = self._through_links[rows, last, None] + self._to_link[None, :, last]
                np.minimum(over, way, out=over)
            distances[apart] = over[apart]
        return distances


def _ways_over(
    links: Sequence[FixedLink], islands: Sequence[IslandId], places: Floats
) -> tuple[Floats, Floats]:
    """Return metres from places to links, shape (places, links), infinite where there is no way.

    First the links on the island of the place, straight; then all links, over other links where need be
    (Floyd and Warshall). A link is taken to be at its middle, whichever end is meant.
    """
    middles = _unit_vectors([(link.lat, link.lon) for link in links])
    touches = np.array([[island in link.islands for link in links] for island in islands]).reshape(
        len(islands), len(links)
    )
    to_link = np.where(touches, _great_circle(places, middles), np.inf)
    shared = np.array([[not set(a.islands).isdisjoint(b.islands) for b in links] for a in links])
    between = np.where(shared.reshape(len(links), len(links)), _great_circle(middles, middles), np.inf)
    for via in range(len(links)):
        between = np.minimum(between, between[:, via, None] + between[None, via, :])
    through = np.full_like(to_link, np.inf)
    for first in range(len(links)):
        through = np.minimum(through, to_link[:, first, None] + between[None, first, :])
    return to_link, through


def _unit_vectors(lat_lon: Sequence[tuple[float, float]]) -> Floats:
    """Return positions in degrees as points on the unit sphere, shape (positions, 3)."""
    lat, lon = np.radians(np.array(lat_lon, float).reshape(-1, 2)).T
    return np.column_stack([np.cos(lat) * np.cos(lon), np.cos(lat) * np.sin(lon), np.sin(lat)])


def _great_circle(origins: Floats, destinations: Floats) -> Floats:
    """Return great-circle metres, shape (origins, destinations).

    The haversine formula: half the chord, squared, is the haversine. Exact for small distances too, which the
    arc cosine of a dot product is not.
    """
    haversine = np.zeros((len(origins), len(destinations)))
    for axis in range(3):
        haversine += np.square((origins[:, axis, None] - destinations[None, :, axis]) / 2)
    return 2 * EARTH_RADIUS_METERS * np.arcsin(np.minimum(1, np.sqrt(haversine)))


def _half_up(values: Floats) -> NDArray[np.int32]:
    return np.floor(values + 0.5).astype(np.int32)

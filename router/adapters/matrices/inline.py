"""Road times that the request brings along, used as they stand."""

from array import array
from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from router.domain.ids import PlaceId, Profile
from router.domain.problem import Problem
from router.domain.travel_choice import NO_ROAD, InlineMatrices, InlineMatrix, TravelChoice
from router.errors import MatrixUnavailable
from router.travel.matrix import Block, TravelMatrix


class InlineSource:
    """Cuts the caller's matrices into one block per land mass; cells between land masses are not used.

    Nothing is completed, mirrored or rounded; only staying at a place is taken to need no time, whatever
    the diagonal says. A port that no line uses need not be named and has no roads then.
    """

    def travel_matrix(
        self,
        problem: Problem,
        choice: TravelChoice,
        should_stop: Callable[[], bool] = lambda: False,  # noqa: ARG002  (there is nothing to wait for)
    ) -> TravelMatrix:
        """Return one block per profile and land mass.

        Raises:
            MatrixUnavailable: there are no matrices in the choice, or a profile or place is missing in them.
        """
        if not isinstance(choice, InlineMatrices):
            raise MatrixUnavailable(f"there is no inline matrix in {choice}")
        blocks = {}
        for profile in problem.profiles():
            if profile not in choice.by_profile:
                raise MatrixUnavailable(f"there is no inline matrix of profile {profile!r}")
            matrix = choice.by_profile[profile]
            _require_places(problem, profile, matrix)
            masses = problem.land_masses(profile)
            for mass in dict.fromkeys(masses.values()):
                places = tuple(p for p in problem.places() if masses[problem.location(p).island] == mass)
                blocks[profile, mass] = _block(matrix, places)
        return TravelMatrix(blocks, "inline matrix")


def _require_places(problem: Problem, profile: Profile, matrix: InlineMatrix) -> None:
    lines = problem.timetable.lines
    called_at = {port for line in lines for port in (line.from_port, line.to_port)}
    idle = {port.id for port in problem.timetable.ports} - called_at
    missing = sorted(set(problem.places()).difference(matrix.places, idle))
    if missing:
        raise MatrixUnavailable(f"the inline matrix of profile {profile!r} does not name {missing[0]!r}")


def _block(matrix: InlineMatrix, places: tuple[PlaceId, ...]) -> Block:
    return Block(
        places=places,
        seconds=_cut(matrix, matrix.seconds, places),
        meters=_cut(matrix, matrix.meters, places),
    )


def _cut(matrix: InlineMatrix, cells: "array[int]", places: tuple[PlaceId, ...]) -> NDArray[np.int32]:
    """Return the cells between these places, with a diagonal of 0."""
    row_of = {place: row for row, place in enumerate(matrix.places)}
    n = len(matrix.places)
    named = np.array([index for index, place in enumerate(places) if place in row_of], np.intp)
    rows = np.array([row_of[place] for place in places if place in row_of], np.intp)
    cut = np.full((len(places), len(places)), NO_ROAD, np.int32)
    cut[np.ix_(named, named)] = np.asarray(cells).reshape(n, n)[np.ix_(rows, rows)]
    np.fill_diagonal(cut, 0)
    return cut

"""Road times that the request brings along, used as they stand."""

import numpy as np

from router.domain.problem import Problem
from router.domain.travel_choice import InlineMatrices, InlineMatrix, TravelChoice
from router.errors import MatrixUnavailable
from router.travel.matrix import Block, TravelMatrix


class InlineSource:
    """Cuts the caller's matrices into one block per land mass; cells between land masses are not used.

    Nothing is completed, mirrored or rounded; only staying at a place is taken to need no time, whatever
    the diagonal says.
    """

    def travel_matrix(self, problem: Problem, choice: TravelChoice) -> TravelMatrix:
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
            whole = _WholeMatrix(choice.by_profile[profile])
            masses = problem.land_masses(profile)
            for mass in dict.fromkeys(masses.values()):
                places = tuple(p for p in problem.places() if masses[problem.location(p).island] == mass)
                blocks[profile, mass] = whole.block(places)
        return TravelMatrix(blocks, "inline matrix")


class _WholeMatrix:
    """All cells of one inline matrix, by place."""

    def __init__(self, matrix: InlineMatrix) -> None:
        """Shape the cells, without copying them."""
        n = len(matrix.places)
        self._rows = {place: row for row, place in enumerate(matrix.places)}
        self._seconds = np.asarray(matrix.seconds, np.int32).reshape(n, n)
        self._meters = np.asarray(matrix.meters, np.int32).reshape(n, n)

    def block(self, places: tuple[str, ...]) -> Block:
        """Return the cells between these places."""
        missing = next((place for place in places if place not in self._rows), None)
        if missing is not None:
            raise MatrixUnavailable(f"the inline matrix does not name place {missing!r}")
        rows = np.array([self._rows[place] for place in places])
        seconds, meters = self._seconds[np.ix_(rows, rows)], self._meters[np.ix_(rows, rows)]
        np.fill_diagonal(seconds, 0)
        np.fill_diagonal(meters, 0)
        return Block(places=places, seconds=seconds, meters=meters)

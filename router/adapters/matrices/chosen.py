"""The source of road times that a request chose."""

from collections.abc import Callable, Mapping

from router.domain.problem import Problem
from router.domain.travel_choice import InlineMatrices, TravelChoice, TravelProvider
from router.errors import MatrixUnavailable
from router.ports import MatrixSource
from router.travel.matrix import TravelMatrix


class ChosenMatrixSource:
    """Asks the source that the request chose; one that is not set up is never replaced by another."""

    def __init__(self, providers: Mapping[TravelProvider, MatrixSource], inline: MatrixSource) -> None:
        """Keep the providers that are set up, and the source for requests that bring their own matrices."""
        self._providers = dict(providers)
        self._inline = inline

    def travel_matrix(
        self, problem: Problem, choice: TravelChoice, should_stop: Callable[[], bool] = lambda: False
    ) -> TravelMatrix:
        """Return one block per profile and land mass.

        Raises:
            TravelError: whatever the chosen source raises.
            MatrixUnavailable: the chosen provider is not set up here.
        """
        if isinstance(choice, InlineMatrices):
            return self._inline.travel_matrix(problem, choice, should_stop)
        if choice not in self._providers:
            raise MatrixUnavailable(f"travel provider {choice} is not configured here")
        return self._providers[choice].travel_matrix(problem, choice, should_stop)

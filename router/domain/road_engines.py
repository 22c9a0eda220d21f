"""Which road engines a service has, and for whom."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from router.domain.ids import Profile
from router.domain.travel_choice import TravelProvider


@dataclass(frozen=True, slots=True, kw_only=True)
class RoadEngines:
    """The engines that are set up.

    Attributes:
        profiles: Whom each engine knows roads for; ``None`` in place of a set means for everybody.
    """

    profiles: Mapping[TravelProvider, frozenset[Profile] | None] = field(default_factory=dict)

    def has(self, provider: TravelProvider) -> bool:
        """Return whether the engine is set up."""
        return provider in self.profiles

    def known(self, provider: TravelProvider) -> frozenset[Profile] | None:
        """Return whom an engine that is set up knows roads for; ``None``: everybody."""
        return self.profiles[provider]


NO_ENGINES = RoadEngines()
"""Those of a service that sets none up."""

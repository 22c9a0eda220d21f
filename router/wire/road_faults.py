"""Whether the road engine that a request asks for is set up here, and knows roads for its fleet."""

from collections.abc import Iterator
from types import MappingProxyType

from router.domain.ids import Profile
from router.domain.road_engines import RoadEngines
from router.domain.travel_choice import TravelProvider
from router.errors import Fault
from router.wire.document import Json, matches, shown
from router.wire.faults import FaultCode, fault

SETTINGS = MappingProxyType(
    {TravelProvider.OSRM: "SELAT_OSRM_URL", TravelProvider.VALHALLA: "SELAT_VALHALLA_URL"}
)
"""What says where an engine is."""


def road_faults(request: Json, engines: RoadEngines) -> Iterator[Fault]:
    """Yield a fault for an engine that is not set up, or for every vehicle that it knows no roads for."""
    for path, value in matches(request, "/travel/provider"):
        if value not in tuple(SETTINGS):
            continue
        provider = TravelProvider(value)
        if engines.has(provider):
            yield from _unknown_profiles(request, provider, engines.known(provider))
        else:
            detail = f"{provider} is not set up here: whoever runs the service sets {SETTINGS[provider]}"
            yield fault(path, FaultCode.PROVIDER_NOT_CONFIGURED, detail)


def _unknown_profiles(
    request: Json, provider: TravelProvider, known: frozenset[Profile] | None
) -> Iterator[Fault]:
    if known is None:
        return
    for path, profile in matches(request, "/vehicles/*/profile"):
        if isinstance(profile, str) and profile not in known:
            detail = (
                f"{provider} has no roads for profile {shown(profile)}, only for {', '.join(sorted(known))}"
            )
            yield fault(path, FaultCode.UNKNOWN_PROFILE, detail)

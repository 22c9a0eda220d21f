"""Whether the profiles of the fleet have travel times where the request brings none."""

from collections.abc import Iterator

from router.errors import Fault
from router.travel.profiles import PROFILES
from router.wire.document import Json, matches, shown
from router.wire.faults import FaultCode, fault


def profile_faults(request: Json) -> Iterator[Fault]:
    """Yield every profile that great-circle travel does not know, in requests that ask for it."""
    if not _by_great_circle(request):
        return
    for path, profile in matches(request, "/vehicles/*/profile"):
        if isinstance(profile, str) and profile not in PROFILES:
            detail = f"profile {shown(profile)} has no known speed; known are {', '.join(PROFILES)}"
            yield fault(path, FaultCode.UNKNOWN_PROFILE, detail)


def _by_great_circle(request: Json) -> bool:
    """Return whether travel is left out, or asked for in this way."""
    travel = request.get("travel") if isinstance(request, dict) else None
    return travel is None or (isinstance(travel, dict) and travel.get("provider") == "great_circle")

"""Ways of moving whose pace on the road is known without a road engine."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from router.domain.ids import Profile


@dataclass(frozen=True, slots=True, kw_only=True)
class Pace:
    """How roads differ from straight lines.

    Attributes:
        km_per_hour: Mean speed on the way, junctions and villages included.
        detour: Length of the road as a multiple of the great circle.
    """

    km_per_hour: float
    detour: float


PROFILES: Mapping[Profile, Pace] = MappingProxyType(
    {
        Profile("van"): Pace(km_per_hour=32, detour=1.35),
        Profile("truck"): Pace(km_per_hour=27, detour=1.35),
        Profile("car"): Pace(km_per_hour=35, detour=1.35),
        Profile("motorbike"): Pace(km_per_hour=34, detour=1.3),
        Profile("bicycle"): Pace(km_per_hour=14, detour=1.3),
        Profile("foot"): Pace(km_per_hour=5, detour=1.25),
    }
)
"""The profiles that great-circle travel knows.

Rough means for island roads, to be replaced by a road engine where minutes matter. On detours, which differ
between countries: Ballou, Rahardja and Sakai, Transportation Research Part A 36 (2002), 843-848.
"""

"""A tenant's quota as headers: draft-ietf-httpapi-ratelimit-headers-10, in stops x seconds of time limit."""

from typing import Protocol

POLICY = "stop-seconds"


class Measured(Protocol):
    """What is known of a quota: ``domain.tenants.Usage`` or ``errors.QuotaExceeded``."""

    @property
    def limit(self) -> int:
        """Return how much there is in a period."""
        ...

    @property
    def remaining(self) -> int:
        """Return what is left of it."""
        ...

    @property
    def reset_seconds(self) -> int:
        """Return in how many seconds all of it is there again."""
        ...

    @property
    def period_seconds(self) -> int:
        """Return how long a period is."""
        ...


def limit_headers(measured: Measured | None) -> dict[str, str]:
    """Return the headers that tell a caller of its quota; none where it has none."""
    if measured is None:
        return {}
    return {
        "RateLimit-Policy": f'"{POLICY}";q={measured.limit};w={measured.period_seconds}',
        "RateLimit": f'"{POLICY}";r={max(measured.remaining, 0)};t={measured.reset_seconds}',
    }

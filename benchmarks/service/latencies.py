"""Times taken, and what is said of many of them."""

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import quantiles

MILLISECONDS = 1_000


@dataclass(frozen=True, slots=True)
class Latencies:
    """Seconds, one for each time that something was done."""

    seconds: Sequence[float]

    @property
    def p50(self) -> float:
        """Return the median, in milliseconds."""
        return self._percentile(50)

    @property
    def p99(self) -> float:
        """Return what one in a hundred passes, in milliseconds."""
        return self._percentile(99)

    @property
    def worst(self) -> float:
        """Return the longest, in milliseconds."""
        return max(self.seconds) * MILLISECONDS

    def _percentile(self, percent: int) -> float:
        return quantiles(self.seconds, n=100, method="inclusive")[percent - 1] * MILLISECONDS

"""Metrics of HTTP requests."""

from prometheus_client import CollectorRegistry, Gauge, Histogram

METHODS = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"})
OTHER_METHOD = "other"

REQUEST_SECONDS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 31.0, 61.0)
"""Half a second is the objective for a call; 30 and 60 s plus one second that for a call that waits."""


class RequestMetrics:
    """How calls are answered."""

    def __init__(self, registry: CollectorRegistry) -> None:
        """Make them in a registry."""
        self.seconds = Histogram(
            "selat_http_request_duration_seconds",
            "Time from a request to its answer.",
            ["method", "route", "status_class"],
            buckets=REQUEST_SECONDS,
            registry=registry,
        )
        self.in_flight = Gauge(
            "selat_http_requests_in_flight",
            "Requests that are being answered, streams included.",
            registry=registry,
        )

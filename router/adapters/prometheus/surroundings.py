"""Metrics of what the service leans on: road times, the database, webhooks; and of its heartbeat."""

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram

from router.domain.webhooks import Reception

MATRIX_SECONDS = (0.005, 0.01, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0, 60.0, 120.0)
"""120 s is what a road engine may take for a plan unless the settings say otherwise."""

CONNECTION_SECONDS = (0.0005, 0.001, 0.005, 0.01, 0.05, 0.1, 0.5, 1.0, 5.0, 10.0)
HEARTBEAT_SECONDS = (0.25, 0.5, 1.0, 1.5, 2.0, 3.0, 5.0, 10.0, 30.0, 60.0)


class Surroundings:
    """What the service leans on, and whether all of it together works."""

    def __init__(self, registry: CollectorRegistry) -> None:
        """Make them in a registry."""

        def counter(name: str, meaning: str, *labels: str) -> Counter:
            return Counter(name, meaning, labels, registry=registry)

        self.matrices = counter(
            "selat_matrix_requests",
            "Road times asked for, once for each plan or check.",
            "provider",
            "outcome",
        )
        self.matrix_seconds = Histogram(
            "selat_matrix_request_duration_seconds",
            "Time until all road times of a plan or check were there.",
            ["provider"],
            buckets=MATRIX_SECONDS,
            registry=registry,
        )
        self.matrix_cache = counter(
            "selat_matrix_cache_lookups", "Parts of matrices looked for among those kept.", "result"
        )
        self.connection_wait = Histogram(
            "selat_database_pool_wait_seconds",
            "Time that a statement waited for a connection to the database.",
            buckets=CONNECTION_SECONDS,
            registry=registry,
        )
        self.webhooks = counter(
            "selat_webhook_attempts", "Calls of webhooks by how they were received.", "reception"
        )
        self.heartbeats = counter(
            "selat_heartbeat_plans",
            "Plans of the service's own, sent through all of it, by how they ended.",
            "outcome",
        )
        self.heartbeat_seconds = Histogram(
            "selat_heartbeat_duration_seconds",
            "Time from accepting a plan of the service's own until it had ended.",
            buckets=HEARTBEAT_SECONDS,
            registry=registry,
        )
        self.last_heartbeat = Gauge(
            "selat_heartbeat_last_success_timestamp_seconds",
            "When a plan of the service's own last succeeded; 0: never since this process started.",
            registry=registry,
        )
        self._show_zeros()

    def _show_zeros(self) -> None:
        """Make the series whose labels are known, so that the first event is seen as a rise from zero."""
        for reception in Reception:
            self.webhooks.labels(reception.value)
        for outcome in ("succeeded", "failed", "late"):
            self.heartbeats.labels(outcome)
        for result in ("hit", "miss"):
            self.matrix_cache.labels(result)

"""Metrics that are looked up when somebody asks: the queue in the database, and the pool of connections to it."""

import asyncio
import math
import time
from collections.abc import Callable, Iterable

import structlog
from prometheus_client import CollectorRegistry
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.registry import Collector

from router.domain.records import Connections, QueueState
from router.errors import StoreUnavailable
from router.ports import QueueGauge

SECONDS_BETWEEN_LOOKS = 2.0
"""However often somebody asks, the database is not asked more often than that."""

PATIENCE_SECONDS = 0.5
"""How long whoever asks waits for the database; then the last state known is shown."""

STALE_SECONDS = 60.0
"""A state older than this is not shown: no value is better than a wrong one."""


class QueueCollector(Collector):
    """Shows how much there is to do. ``refresh`` looks it up; a database that does not answer holds nobody up."""

    def __init__(
        self,
        gauge: QueueGauge,
        registry: CollectorRegistry,
        *,
        seconds_between_looks: float = SECONDS_BETWEEN_LOOKS,
        stale_seconds: float = STALE_SECONDS,
    ) -> None:
        """Ask a gauge; nothing is asked before ``refresh``."""
        self._gauge = gauge
        self._seconds_between_looks = seconds_between_looks
        self._stale_seconds = stale_seconds
        self._state: QueueState | None = None
        self._known_at = 0.0
        self._asked_at = -math.inf
        self._asking: asyncio.Task[None] | None = None
        registry.register(self)

    async def refresh(self) -> None:
        """Look again, unless that was done just now; return soon, whatever the database does."""
        now = time.monotonic()
        if self._asking is None and now - self._asked_at >= self._seconds_between_looks:
            self._asked_at = now
            self._asking = asyncio.create_task(self._ask(), name="ask how much there is to do")
        if self._asking is not None:
            await asyncio.wait([self._asking], timeout=PATIENCE_SECONDS)

    async def _ask(self) -> None:
        try:
            self._state = await self._gauge.state()
            self._known_at = time.monotonic()
        except StoreUnavailable as error:
            structlog.get_logger(__name__).warning("queue_not_counted", error=str(error))
        except Exception:
            structlog.get_logger(__name__).exception("counting_the_queue_broke")
        finally:
            self._asking = None

    def describe(self) -> Iterable[GaugeMetricFamily]:
        """Name the metrics without a look."""
        return self._families(QueueState(queued=0, running=0, oldest_seconds=0.0, undelivered=0))

    def collect(self) -> Iterable[GaugeMetricFamily]:
        """Return the last state, if it is not too old."""
        if self._state is None or time.monotonic() - self._known_at > self._stale_seconds:
            return []
        return self._families(self._state)

    def _families(self, state: QueueState) -> Iterable[GaugeMetricFamily]:
        plans = GaugeMetricFamily(
            "selat_queue_plans", "Plans that are not done, of all tenants.", labels=["status"]
        )
        plans.add_metric(["queued"], state.queued)
        plans.add_metric(["running"], state.running)
        age = GaugeMetricFamily(
            "selat_queue_oldest_age_seconds",
            "How long the plan has waited that has waited longest; 0: none waits.",
            value=state.oldest_seconds,
        )
        news = GaugeMetricFamily(
            "selat_webhook_deliveries", "News of ended plans not yet delivered.", value=state.undelivered
        )
        return [plans, age, news]


class PoolCollector(Collector):
    """Shows the connections that a process has to the database."""

    def __init__(self, connections: Callable[[], Connections], registry: CollectorRegistry) -> None:
        """Ask ``connections`` for how many there are."""
        self._connections = connections
        registry.register(self)

    def collect(self) -> Iterable[GaugeMetricFamily]:
        """Return how many there are."""
        now = self._connections()
        open_ones = GaugeMetricFamily(
            "selat_database_pool_connections", "Connections to the database that are open.", labels=["state"]
        )
        open_ones.add_metric(["idle"], now.idle)
        open_ones.add_metric(["used"], now.used)
        most = GaugeMetricFamily(
            "selat_database_pool_limit",
            "Most connections to the database that this process may have.",
            value=now.limit,
        )
        return [open_ones, most]

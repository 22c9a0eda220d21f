"""Counts what happens, in a registry that is passed in.

Labels are few and their values bounded by the code: route patterns, never paths; no ids, no tenants. The id of a
plan may go with a single measurement, as an exemplar.
"""

import re
from collections.abc import Sequence

from prometheus_client import CollectorRegistry

from router.adapters.prometheus.plans import PlanMetrics
from router.adapters.prometheus.requests import METHODS, OTHER_METHOD, RequestMetrics
from router.adapters.prometheus.solves import SolveMetrics
from router.adapters.prometheus.surroundings import Surroundings
from router.domain.plan import Plan
from router.domain.records import PlanStatus, SolveSummary

SANE_ID = re.compile(r"[A-Za-z0-9_-]{1,64}")
"""Ids come from paths as well: what callers make up must not pass for a plan, nor be longer than exemplars may."""


class PrometheusObserver:
    """An ``Observer`` that counts in a registry."""

    def __init__(self, registry: CollectorRegistry) -> None:
        """Make the metrics in ``registry``."""
        self._requests = RequestMetrics(registry)
        self._plans = PlanMetrics(registry)
        self._solves = SolveMetrics(registry)
        self._surroundings = Surroundings(registry)

    def request_begun(self) -> None:
        """Count it among those in flight; see the port."""
        self._requests.in_flight.inc()

    def request_over(self) -> None:
        """Count it no longer; see the port."""
        self._requests.in_flight.dec()

    def request_answered(
        self, method: str, route: str, status: int, seconds: float, plan_id: str | None = None
    ) -> None:
        """Count a request; see the port."""
        known = method if method in METHODS else OTHER_METHOD
        exemplar = {"plan_id": plan_id} if plan_id is not None and SANE_ID.fullmatch(plan_id) else None
        self._requests.seconds.labels(known, route, f"{status // 100}xx").observe(seconds, exemplar)

    def plan_accepted(self, stops: int) -> None:
        """Count a plan that was stored; see the port."""
        self._plans.accepted.inc()
        self._plans.accepted_stops.observe(stops)

    def plan_started(self, plan_id: str, waited_seconds: float) -> None:
        """Measure a wait; see the port."""
        self._plans.wait.observe(waited_seconds, {"plan_id": plan_id})

    def solve_ended(self, solve: SolveSummary) -> None:
        """Count an attempt; see the port."""
        self._solves.count(solve)

    def plan_ended(self, status: PlanStatus) -> None:
        """Count an end; see the port."""
        self._plans.ended.labels(status.value).inc()

    def plan_finished(self, plan: Plan, vehicles: int) -> None:
        """Count what is in a plan; see the port."""
        self._plans.count(plan, vehicles)

    def check_failed(self, rules: Sequence[str]) -> None:
        """Count a plan of ours that is wrong; see the port."""
        for rule in set(rules):
            self._plans.check_failures.labels(rule).inc()

    def matrix_asked(self, provider: str, outcome: str, seconds: float) -> None:
        """Count road times; see the port."""
        self._surroundings.matrices.labels(provider, outcome).inc()
        self._surroundings.matrix_seconds.labels(provider).observe(seconds)

    def matrix_cache_asked(self, hits: int, misses: int) -> None:
        """Count look-ups; see the port."""
        self._surroundings.matrix_cache.labels("hit").inc(hits)
        self._surroundings.matrix_cache.labels("miss").inc(misses)

    def database_waited(self, seconds: float) -> None:
        """Measure a wait; see the port."""
        self._surroundings.connection_wait.observe(seconds)

    def webhook_attempted(self, reception: str) -> None:
        """Count a call of a webhook; see the port."""
        self._surroundings.webhooks.labels(reception).inc()

    def solvers_seen(self, alive: int, cpu_seconds: float, peaks: Sequence[int]) -> None:
        """Take in how solver processes are; see the port."""
        self._solves.see(alive, cpu_seconds, peaks)

    def heartbeat_ended(self, outcome: str, seconds: float) -> None:
        """Count a plan of the service's own; see the port."""
        self._surroundings.heartbeats.labels(outcome).inc()
        self._surroundings.heartbeat_seconds.observe(seconds)

    def heartbeat_seen(self) -> None:
        """Remember when; see the port."""
        self._surroundings.last_heartbeat.set_to_current_time()

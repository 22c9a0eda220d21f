"""Counts what happens, in a registry that is passed in.

Labels are few and their values bounded by the code: route patterns, never paths; no ids, no tenants.
"""

from collections.abc import Awaitable, Callable, Sequence

from aiohttp import web
from prometheus_client import CollectorRegistry, Counter, Histogram, Info
from prometheus_client.aiohttp import make_aiohttp_handler

from router import __version__
from router.domain.plan import Plan, ReasonCode
from router.domain.webhooks import Reception

METHODS = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"})
OTHER_METHOD = "other"

REQUEST_SECONDS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 31.0, 61.0)
"""Half a second is the objective for a call; 30 and 60 s plus one second that for a call that waits."""

SOLVE_SECONDS = (1.0, 2.0, 3.0, 6.0, 11.0, 21.0, 31.0, 61.0, 121.0, 301.0, 601.0, 1801.0)
"""A solve keeps its time limit within a second: the usual limits, each plus one."""

ACCEPTED_STOPS = (1, 10, 25, 50, 100, 200, 500, 1000, 2000, 5000)


class PrometheusObserver:
    """An ``Observer`` whose counts ``handler`` shows."""

    def __init__(self, registry: CollectorRegistry | None = None) -> None:
        """Make the metrics in ``registry``, or in one of their own."""
        self.registry = CollectorRegistry() if registry is None else registry
        self._requests = Histogram(
            "selat_http_request_duration_seconds",
            "Time from a request to its answer.",
            ["method", "route", "status_class"],
            buckets=REQUEST_SECONDS,
            registry=self.registry,
        )
        self._accepted = Histogram(
            "selat_accepted_plan_stops",
            "Stops of the plans that were stored for solving.",
            buckets=ACCEPTED_STOPS,
            registry=self.registry,
        )
        self._solve_seconds = Histogram(
            "selat_solve_duration_seconds",
            "Time that a solve took, whatever came out.",
            ["engine"],
            buckets=SOLVE_SECONDS,
            registry=self.registry,
        )
        self._plans_accepted = self._counter("selat_plans_accepted", "Plans stored for solving.")
        self._solves = self._counter("selat_solves", "Solves by how they ended.", "outcome", "engine")
        self._iterations = self._counter("selat_solve_iterations", "Iterations of the search.", "engine")
        self._stops = self._counter("selat_plan_stops", "Stops of finished plans.", "result")
        self._unserved = self._counter(
            "selat_unserved_stops",
            "Stops left out of finished plans, once for each reason that they have.",
            "reason",
        )
        self._crossings = self._counter("selat_ferry_crossings", "Sailings taken in finished plans.")
        self._distance = self._counter("selat_route_distance_meters", "Road driven in finished plans.")
        self._check_failures = self._counter(
            "selat_check_failures", "Plans of ours that broke a rule, once for each rule.", "rule"
        )
        self._webhooks = self._counter(
            "selat_webhook_attempts", "Calls of webhooks by how they were received.", "reception"
        )
        Info("selat_build", "What runs here.", registry=self.registry).info({"version": __version__})
        self._show_zeros()

    def handler(self) -> Callable[[web.Request], Awaitable[web.StreamResponse]]:
        """Return what answers ``GET /metrics``."""
        return make_aiohttp_handler(self.registry)

    def request_answered(self, method: str, route: str, status: int, seconds: float) -> None:
        """Count a request; see the port."""
        known = method if method in METHODS else OTHER_METHOD
        self._requests.labels(known, route, f"{status // 100}xx").observe(seconds)

    def plan_accepted(self, stops: int) -> None:
        """Count a plan that was stored; see the port."""
        self._plans_accepted.inc()
        self._accepted.observe(stops)

    def solve_ended(self, outcome: str, engine: str, seconds: float, iterations: int) -> None:
        """Count a solve; see the port."""
        self._solves.labels(outcome, engine).inc()
        self._solve_seconds.labels(engine).observe(seconds)
        self._iterations.labels(engine).inc(iterations)

    def plan_finished(self, plan: Plan) -> None:
        """Count what is in a plan; see the port."""
        self._stops.labels("served").inc(plan.totals.served)
        self._stops.labels("unserved").inc(plan.totals.unserved)
        self._crossings.inc(plan.totals.crossings)
        self._distance.inc(plan.totals.distance)
        for stop in plan.unserved:
            for code in {reason.code for reason in stop.reasons}:
                self._unserved.labels(code.value).inc()

    def check_failed(self, rules: Sequence[str]) -> None:
        """Count a plan of ours that is wrong; see the port."""
        for rule in set(rules):
            self._check_failures.labels(rule).inc()

    def webhook_attempted(self, reception: str) -> None:
        """Count a call of a webhook; see the port."""
        self._webhooks.labels(reception).inc()

    def _counter(self, name: str, meaning: str, *labels: str) -> Counter:
        return Counter(name, meaning, labels, registry=self.registry)

    def _show_zeros(self) -> None:
        """Make the series whose labels are known, so that the first event is seen as a rise from zero."""
        for result in ("served", "unserved"):
            self._stops.labels(result)
        for reception in Reception:
            self._webhooks.labels(reception.value)
        for code in ReasonCode:
            self._unserved.labels(code.value)

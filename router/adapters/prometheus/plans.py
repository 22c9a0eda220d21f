"""Metrics of plans: how they come in, wait, end, and what is in them."""

from prometheus_client import CollectorRegistry, Counter, Histogram

from router.adapters.prometheus.labels import CappedLabel
from router.checking.referee import RULES
from router.domain.plan import Plan, ReasonCode
from router.domain.records import PlanStatus

ACCEPTED_STOPS = (1, 10, 25, 50, 100, 200, 500, 1000, 2000, 5000)

WAIT_SECONDS = (
    0.005,
    0.01,
    0.03,
    0.05,
    0.1,
    0.15,
    0.25,
    0.5,
    1.0,
    2.5,
    5.0,
    15.0,
    30.0,
    60.0,
    300.0,
    900.0,
    3600.0,
)
"""150 ms is the objective on an idle machine, 5 s that on a busy one."""

FERRY_SECONDS = (0, 300, 600, 900, 1200, 1800, 2700, 3600, 5400, 7200, 10800, 14400, 21600, 28800, 43200)

MOST_LINES = 50
"""Ferry lines that have a series of their own: requests may name what lines they like."""


class PlanMetrics:
    """Plans of all tenants."""

    def __init__(self, registry: CollectorRegistry) -> None:
        """Make them in a registry."""

        def counter(name: str, meaning: str, *labels: str) -> Counter:
            return Counter(name, meaning, labels, registry=registry)

        def histogram(name: str, meaning: str, buckets: tuple[float, ...]) -> Histogram:
            return Histogram(name, meaning, buckets=buckets, registry=registry)

        self.accepted = counter("selat_plans_accepted", "Plans stored for solving.")
        self.accepted_stops = histogram(
            "selat_accepted_plan_stops", "Stops of the plans that were stored for solving.", ACCEPTED_STOPS
        )
        self.wait = histogram(
            "selat_queue_wait_seconds",
            "Time from accepting a plan until a worker first took it up.",
            WAIT_SECONDS,
        )
        self.ended = counter("selat_plans_finished", "Plans that ended for good.", "status")
        self.stops = counter("selat_plan_stops", "Stops of finished plans.", "result")
        self.unserved = counter(
            "selat_unserved_stops",
            "Stops left out of finished plans, once for each reason that they have.",
            "reason",
        )
        self.vehicles = counter("selat_plan_vehicles", "Vehicles that finished plans had.", "result")
        self.ferry_wait = histogram(
            "selat_ferry_wait_seconds",
            "Time from arriving at a port until the sailing departs, in finished plans.",
            FERRY_SECONDS,
        )
        self.crossings = counter("selat_ferry_crossings", "Sailings taken in finished plans.", "line")
        self.distance = counter("selat_route_distance_meters", "Road driven in finished plans.")
        self.check_failures = counter(
            "selat_check_failures", "Plans of ours that broke a rule, once for each rule.", "rule"
        )
        self._lines = CappedLabel(MOST_LINES)
        self._show_zeros()

    def count(self, plan: Plan, vehicles: int) -> None:
        """Count what is in a finished plan for which there were so many vehicles."""
        self.stops.labels("served").inc(plan.totals.served)
        self.stops.labels("unserved").inc(plan.totals.unserved)
        self.vehicles.labels("used").inc(plan.totals.vehicles_used)
        self.vehicles.labels("unused").inc(max(vehicles - plan.totals.vehicles_used, 0))
        self.distance.inc(plan.totals.distance)
        for stop in plan.unserved:
            for code in {reason.code for reason in stop.reasons}:
                self.unserved.labels(code.value).inc()
        for step in plan.crossings():
            self.crossings.labels(self._lines.value(step.line_id)).inc()
            self.ferry_wait.observe(step.departs_at - step.arrives_at)

    def _show_zeros(self) -> None:
        """Make the series whose labels are known, so that the first event is seen as a rise from zero."""
        for status in PlanStatus:
            if status.ended:
                self.ended.labels(status.value)
        for result in ("served", "unserved"):
            self.stops.labels(result)
        for result in ("used", "unused"):
            self.vehicles.labels(result)
        for code in ReasonCode:
            self.unserved.labels(code.value)
        for rule in RULES:
            self.check_failures.labels(rule.__name__)

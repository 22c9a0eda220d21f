"""The metrics, read as Prometheus reads them: from the exposition of the registry."""

from prometheus_client import CollectorRegistry, generate_latest
from prometheus_client.openmetrics.exposition import generate_latest as generate_openmetrics
from prometheus_client.openmetrics.parser import text_string_to_metric_families as openmetrics_families
from prometheus_client.parser import text_string_to_metric_families

from router.adapters.prometheus.observer import PrometheusObserver
from router.domain.ids import LineId, PortId, SailingId, StopId, VehicleId
from router.domain.plan import FerryStep, Plan, PlanCost, PlanTotals, Reason, ReasonCode, Route, Unserved
from router.domain.records import SolveSummary
from router.domain.units import Instant, Meters, Money, Seconds
from router.ports import Observer


class Observed(PrometheusObserver):
    """An observer that remembers where it counts."""

    def __init__(self) -> None:
        """Count in a registry of its own."""
        self.registry = CollectorRegistry()
        super().__init__(self.registry)


def exposed(observer: Observed) -> dict[str, float]:
    """Return every sample of the exposition, named ``name{label=value,…}`` with labels in order."""
    text = generate_latest(observer.registry).decode()
    return {
        f"{sample.name}{{{','.join(f'{k}={v}' for k, v in sorted(sample.labels.items()))}}}": sample.value
        for family in text_string_to_metric_families(text)
        for sample in family.samples
    }


def plan_with(unserved: tuple[Unserved, ...], totals: PlanTotals) -> Plan:
    return Plan(routes=(), unserved=unserved, cost=PlanCost(), totals=totals)


def left_out(stop_id: str, *codes: ReasonCode) -> Unserved:
    reasons = tuple(Reason(code=code, vehicle_ids=(VehicleId("v"),), detail="") for code in codes)
    return Unserved(stop_id=StopId(stop_id), penalty=None, reasons=reasons)


def as_openmetrics(observer: Observed) -> str:
    """Return the exposition with exemplars."""
    return str(generate_openmetrics(observer.registry).decode())  # type: ignore[no-untyped-call]


def a_solve(
    outcome: str = "succeeded",
    seconds: float = 2.0,
    iterations: int = 10,
    first_plan_seconds: float | None = None,
    improvement: float | None = None,
) -> SolveSummary:
    return SolveSummary(
        plan_id="P1",
        outcome=outcome,
        engine="search",
        seconds=seconds,
        iterations=iterations,
        first_plan_seconds=first_plan_seconds,
        improvement=improvement,
    )


def a_crossing(line: str, *, waits: int = 900) -> FerryStep:
    return FerryStep(
        line_id=LineId(line),
        sailing_id=SailingId("s"),
        from_port=PortId("a"),
        to_port=PortId("b"),
        drive=Seconds(0),
        distance=Meters(0),
        arrives_at=Instant(0),
        check_in_by=Instant(0),
        departs_at=Instant(waits),
        docks_at=Instant(waits),
        rolls_off_at=Instant(waits),
        fare=Money(0.0),
    )


def a_plan_over(*crossings: FerryStep) -> Plan:
    route = Route(
        vehicle_id=VehicleId("v"), steps=crossings, cost=Money(0.0), distance=Meters(0), duration=Seconds(0)
    )
    return Plan(routes=(route,), unserved=(), cost=PlanCost(), totals=PlanTotals())


def test_it_is_an_observer() -> None:
    observer: Observer = Observed()
    assert observer is not None


def test_a_request_falls_into_the_bucket_of_its_time_and_the_class_of_its_status() -> None:
    observer = Observed()
    observer.request_answered("POST", "/v1/plans", 202, 0.3)
    samples = exposed(observer)
    labels = "method=POST,route=/v1/plans,status_class=2xx"
    name = "selat_http_request_duration_seconds"
    assert samples[f"{name}_bucket{{le=0.25,{labels}}}"] == 0
    assert samples[f"{name}_bucket{{le=0.5,{labels}}}"] == 1
    assert samples[f"{name}_sum{{{labels}}}"] == 0.3


def test_made_up_methods_share_one_series() -> None:
    """Or a stranger could fill the memory with series."""
    observer = Observed()
    for number in range(100):
        observer.request_answered(f"BREW{number}", "unmatched", 405, 0.001)
    samples = exposed(observer)
    labels = "method=other,route=unmatched,status_class=4xx"
    assert samples[f"selat_http_request_duration_seconds_count{{{labels}}}"] == 100


def test_accepted_plans_are_counted_with_their_size() -> None:
    observer = Observed()
    observer.plan_accepted(150)
    samples = exposed(observer)
    assert samples["selat_plans_accepted_total{}"] == 1
    assert samples["selat_accepted_plan_stops_bucket{le=100.0}"] == 0
    assert samples["selat_accepted_plan_stops_bucket{le=200.0}"] == 1


def test_a_solve_is_counted_by_outcome_and_engine_with_its_time_and_iterations() -> None:
    observer = Observed()
    observer.solve_ended(a_solve("succeeded", 20.4, 3000))
    observer.solve_ended(a_solve("failed", 1.0, 0))
    samples = exposed(observer)
    assert samples["selat_solves_total{engine=search,outcome=succeeded}"] == 1
    assert samples["selat_solves_total{engine=search,outcome=failed}"] == 1
    assert samples["selat_solve_iterations_total{engine=search}"] == 3000
    assert samples["selat_solve_duration_seconds_bucket{engine=search,le=11.0}"] == 1
    assert samples["selat_solve_duration_seconds_bucket{engine=search,le=21.0}"] == 2


def test_a_finished_plan_is_counted_by_what_is_in_it() -> None:
    observer = Observed()
    totals = PlanTotals(served=140, unserved=2, vehicles_used=3, distance=Meters(321_000))
    observer.plan_finished(
        plan_with(
            (
                left_out(
                    "a", ReasonCode.FERRY_CUTOFF_MISSED, ReasonCode.FERRY_CUTOFF_MISSED, ReasonCode.SHIFT
                ),
                left_out("b", ReasonCode.SHIFT),
            ),
            totals,
        ),
        vehicles=5,
    )
    samples = exposed(observer)
    assert samples["selat_plan_stops_total{result=served}"] == 140
    assert samples["selat_plan_stops_total{result=unserved}"] == 2
    assert samples["selat_plan_vehicles_total{result=used}"] == 3
    assert samples["selat_plan_vehicles_total{result=unused}"] == 2
    assert samples["selat_route_distance_meters_total{}"] == 321_000
    assert samples["selat_unserved_stops_total{reason=FERRY_CUTOFF_MISSED}"] == 1
    assert samples["selat_unserved_stops_total{reason=SHIFT}"] == 2


def test_every_reason_is_there_before_it_first_happens() -> None:
    samples = exposed(Observed())
    assert all(samples[f"selat_unserved_stops_total{{reason={code}}}"] == 0 for code in ReasonCode)


def test_a_bad_plan_of_ours_counts_once_for_each_rule_that_it_breaks() -> None:
    observer = Observed()
    observer.check_failed(["capacity", "capacity", "shift"])
    samples = exposed(observer)
    assert samples["selat_check_failures_total{rule=capacity}"] == 1
    assert samples["selat_check_failures_total{rule=shift}"] == 1


def test_crossings_are_counted_by_line_with_the_time_spent_at_the_port() -> None:
    observer = Observed()
    observer.plan_finished(a_plan_over(a_crossing("x", waits=1500), a_crossing("x", waits=0)), vehicles=1)
    samples = exposed(observer)
    assert samples["selat_ferry_crossings_total{line=x}"] == 2
    assert samples["selat_ferry_wait_seconds_bucket{le=0.0}"] == 1
    assert samples["selat_ferry_wait_seconds_sum{}"] == 1500


def test_callers_who_make_up_lines_cannot_make_more_than_fifty_series_of_them() -> None:
    observer = Observed()
    for number in range(60):
        observer.plan_finished(a_plan_over(a_crossing(f"line-{number}")), vehicles=1)
    observer.plan_finished(a_plan_over(a_crossing("line-0")), vehicles=1)
    lines = {
        name: value
        for name, value in exposed(observer).items()
        if name.startswith("selat_ferry_crossings_total")
    }
    assert len(lines) == 51
    assert lines["selat_ferry_crossings_total{line=other}"] == 10
    assert lines["selat_ferry_crossings_total{line=line-0}"] == 2


def test_what_the_search_says_on_its_way_is_measured_where_it_said_something() -> None:
    observer = Observed()
    observer.solve_ended(a_solve(first_plan_seconds=0.2, improvement=0.12))
    observer.solve_ended(a_solve())
    samples = exposed(observer)
    assert samples["selat_solve_first_plan_seconds_sum{engine=search}"] == 0.2
    assert samples["selat_solve_first_plan_seconds_count{engine=search}"] == 1
    assert samples["selat_solve_improvement_ratio_bucket{engine=search,le=0.1}"] == 0
    assert samples["selat_solve_improvement_ratio_bucket{engine=search,le=0.15}"] == 1


def test_the_objectives_for_waits_are_buckets() -> None:
    observer = Observed()
    observer.plan_started("P1", 0.14)
    samples = exposed(observer)
    for objective in ("0.03", "0.15", "1.0", "5.0", "30.0", "60.0"):
        assert f"selat_queue_wait_seconds_bucket{{le={objective}}}" in samples
    assert samples["selat_queue_wait_seconds_bucket{le=0.15}"] == 1
    assert samples["selat_queue_wait_seconds_bucket{le=0.1}"] == 0


def test_measurements_that_plans_stand_behind_name_the_last_one_to_those_who_ask_for_openmetrics() -> None:
    observer = Observed()
    observer.plan_started("P1", 0.14)
    observer.solve_ended(a_solve(first_plan_seconds=0.2, improvement=0.12))
    observer.request_answered("GET", "/v1/plans/{plan_id}", 200, 0.01, "P1")
    families = openmetrics_families(as_openmetrics(observer))  # type: ignore[no-untyped-call]
    named = {
        sample.name
        for family in families
        for sample in family.samples
        if sample.exemplar and sample.exemplar.labels == {"plan_id": "P1"}
    }
    assert named == {
        "selat_queue_wait_seconds_bucket",
        "selat_solve_duration_seconds_bucket",
        "selat_solve_first_plan_seconds_bucket",
        "selat_solve_improvement_ratio_bucket",
        "selat_http_request_duration_seconds_bucket",
    }


def test_what_a_stranger_puts_into_a_path_is_no_exemplar() -> None:
    """Exemplars of more than 128 characters would be refused, and the request with them."""
    observer = Observed()
    observer.request_answered("GET", "/v1/plans/{plan_id}", 400, 0.01, "x" * 200)
    observer.request_answered("GET", "/v1/plans/{plan_id}", 400, 0.01, "a b")
    assert "# {" not in as_openmetrics(observer)


def test_solver_processes_are_shown_as_they_are_and_their_work_as_it_adds_up() -> None:
    observer = Observed()
    observer.solvers_seen(2, 0.5, ())
    observer.solvers_seen(1, 0.25, (300 << 20,))
    samples = exposed(observer)
    assert samples["selat_solver_processes{}"] == 1
    assert samples["selat_solver_cpu_seconds_total{}"] == 0.75
    assert samples["selat_solver_peak_memory_bytes_count{}"] == 1


def test_two_observers_share_nothing() -> None:
    first, second = Observed(), Observed()
    first.plan_accepted(1)
    assert exposed(second)["selat_plans_accepted_total{}"] == 0

"""The metrics, read as Prometheus reads them: from the exposition of the registry."""

from prometheus_client import CollectorRegistry, generate_latest
from prometheus_client.parser import text_string_to_metric_families

from router import __version__
from router.adapters.prometheus.observer import PrometheusObserver
from router.domain.ids import StopId, VehicleId
from router.domain.plan import Plan, PlanCost, PlanTotals, Reason, ReasonCode, Unserved
from router.domain.units import Meters
from router.ports import Observer


def exposed(observer: PrometheusObserver) -> dict[str, float]:
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


def test_it_is_an_observer() -> None:
    observer: Observer = PrometheusObserver()
    assert observer is not None


def test_a_request_falls_into_the_bucket_of_its_time_and_the_class_of_its_status() -> None:
    observer = PrometheusObserver()
    observer.request_answered("POST", "/v1/plans", 202, 0.3)
    samples = exposed(observer)
    labels = "method=POST,route=/v1/plans,status_class=2xx"
    name = "selat_http_request_duration_seconds"
    assert samples[f"{name}_bucket{{le=0.25,{labels}}}"] == 0
    assert samples[f"{name}_bucket{{le=0.5,{labels}}}"] == 1
    assert samples[f"{name}_sum{{{labels}}}"] == 0.3


def test_made_up_methods_share_one_series() -> None:
    """Or a stranger could fill the memory with series."""
    observer = PrometheusObserver()
    for number in range(100):
        observer.request_answered(f"BREW{number}", "unmatched", 405, 0.001)
    samples = exposed(observer)
    labels = "method=other,route=unmatched,status_class=4xx"
    assert samples[f"selat_http_request_duration_seconds_count{{{labels}}}"] == 100


def test_accepted_plans_are_counted_with_their_size() -> None:
    observer = PrometheusObserver()
    observer.plan_accepted(150)
    samples = exposed(observer)
    assert samples["selat_plans_accepted_total{}"] == 1
    assert samples["selat_accepted_plan_stops_bucket{le=100.0}"] == 0
    assert samples["selat_accepted_plan_stops_bucket{le=200.0}"] == 1


def test_a_solve_is_counted_by_outcome_and_engine_with_its_time_and_iterations() -> None:
    observer = PrometheusObserver()
    observer.solve_ended("succeeded", "search", 20.4, 3000)
    observer.solve_ended("failed", "search", 1.0, 0)
    samples = exposed(observer)
    assert samples["selat_solves_total{engine=search,outcome=succeeded}"] == 1
    assert samples["selat_solves_total{engine=search,outcome=failed}"] == 1
    assert samples["selat_solve_iterations_total{engine=search}"] == 3000
    assert samples["selat_solve_duration_seconds_bucket{engine=search,le=11.0}"] == 1
    assert samples["selat_solve_duration_seconds_bucket{engine=search,le=21.0}"] == 2


def test_a_finished_plan_is_counted_by_what_is_in_it() -> None:
    observer = PrometheusObserver()
    totals = PlanTotals(served=140, unserved=2, crossings=6, distance=Meters(321_000))
    observer.plan_finished(
        plan_with(
            (
                left_out(
                    "a", ReasonCode.FERRY_CUTOFF_MISSED, ReasonCode.FERRY_CUTOFF_MISSED, ReasonCode.SHIFT
                ),
                left_out("b", ReasonCode.SHIFT),
            ),
            totals,
        )
    )
    samples = exposed(observer)
    assert samples["selat_plan_stops_total{result=served}"] == 140
    assert samples["selat_plan_stops_total{result=unserved}"] == 2
    assert samples["selat_ferry_crossings_total{}"] == 6
    assert samples["selat_route_distance_meters_total{}"] == 321_000
    assert samples["selat_unserved_stops_total{reason=FERRY_CUTOFF_MISSED}"] == 1
    assert samples["selat_unserved_stops_total{reason=SHIFT}"] == 2


def test_every_reason_is_there_before_it_first_happens() -> None:
    samples = exposed(PrometheusObserver())
    assert all(samples[f"selat_unserved_stops_total{{reason={code}}}"] == 0 for code in ReasonCode)


def test_a_bad_plan_of_ours_counts_once_for_each_rule_that_it_breaks() -> None:
    observer = PrometheusObserver()
    observer.check_failed(["capacity", "capacity", "shift"])
    samples = exposed(observer)
    assert samples["selat_check_failures_total{rule=capacity}"] == 1
    assert samples["selat_check_failures_total{rule=shift}"] == 1


def test_the_version_is_shown() -> None:
    assert exposed(PrometheusObserver())[f"selat_build_info{{version={__version__}}}"] == 1


def test_two_observers_share_nothing() -> None:
    first, second = PrometheusObserver(CollectorRegistry()), PrometheusObserver(CollectorRegistry())
    first.plan_accepted(1)
    assert exposed(second)["selat_plans_accepted_total{}"] == 0

"""Rules and dashboards on a real Prometheus that scrapes a real service: ``make test-ops``, five minutes.

The tests belong together and run in this order: all is well; misfortune; every series that somebody asks for is there;
and at last all workers die.
"""

import json
import os
import re
import time
from collections.abc import Iterator
from urllib.error import HTTPError

import pytest

from tests.ops.expressions import ROOT, every_expression, recorded, selectors
from tests.ops.monitoring import Monitoring, wait_until
from tests.ops.tools import HOW_TO_GET_THEM, PROGRAMS, found
from tests.ops.watched import Watched
from tests.running_service import a_request

pytestmark = [
    pytest.mark.alone,
    pytest.mark.skipif(
        os.environ.get("SELAT_TEST_OPS") != "real", reason="takes five minutes: make test-ops runs it"
    ),
    pytest.mark.skipif(not all(map(found, PROGRAMS)), reason=HOW_TO_GET_THEM),
]

STILL = {
    "selat_check_failures_total": "moves where search or scheduler have a defect",
    "selat_matrix_cache_lookups_total": "moves where a road engine answers; here it is away",
    "selat_queue_plans": "short plans come and go between two scrapes; the last test sees them stay",
    "selat:unfinished_plans:max": "the same",
    "selat_webhook_deliveries": "news are received at once",
    "selat_queue_oldest_age_seconds": "plans are taken up at once; the last test sees it grow",
    "prometheus_rule_evaluation_failures_total": "moves where a rule cannot be evaluated",
    "prometheus_notifications_dropped_total": "moves where Alertmanager cannot be reached",
    "selat:objective_bad_events:rate5m": "is zero as long as an objective is kept",
    "selat:unserved_stops:ratio1h": "wants an hour of plans",
}
"""What is there from the start, so that its first rise is seen, but need not be above zero in these minutes."""

SHOWN_BY_ALERTS = "ALERTS"
"""A series of Prometheus itself that is there while an alert fires; the last test sees it."""

FIRES_WITHIN_SECONDS = 180.0


@pytest.fixture(scope="module")
def watched(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Watched]:
    """A service with two workers, each a process of its own."""
    with Watched(tmp_path_factory.mktemp("watched")) as running:
        yield running


@pytest.fixture(scope="module")
def monitoring(watched: Watched, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Monitoring]:
    """What watches it."""
    folder, told = tmp_path_factory.mktemp("monitoring"), watched.alertmanager.url
    with Monitoring(folder, api=watched.api.url, workers=watched.pages, alertmanager=told) as running:
        yield running


def test_a_service_that_is_well_is_found_well(watched: Watched, monitoring: Monitoring) -> None:
    wait_until(lambda: monitoring.values('sum(up{job=~"selat-.+"})') == [3.0], "API and workers are scraped")
    watched.serve_callers()
    wait_until(
        lambda: sum(monitoring.values("selat_plans_accepted_total")) > 0, "Prometheus has seen the plans"
    )
    wait_until(lambda: not monitoring.alerts("pending", "firing"), "no alert fires or is about to", 90)


def test_every_series_that_rules_and_dashboards_ask_for_is_there(
    watched: Watched, monitoring: Monitoring
) -> None:
    watched.suffer()
    watched.serve_callers()
    wanted = {each for expression in every_expression() for each in selectors(expression)}

    def missing() -> set[str]:
        return {
            each.text for each in wanted if each.name != SHOWN_BY_ALERTS and not monitoring.knows(each.text)
        }

    try:
        wait_until(lambda: not missing(), "every series is there", 60)
    except AssertionError:
        assert missing() == set()


def test_every_metric_moves_but_for_those_that_should_not(monitoring: Monitoring) -> None:
    names = {each.name for expression in every_expression() for each in selectors(expression)}
    still = {name for name in names - {SHOWN_BY_ALERTS} if not _ever_above_zero(monitoring, name)}
    assert still <= set(STILL)
    assert set(STILL) <= names, "metrics that nobody asks for need no excuse"


def _ever_above_zero(monitoring: Monitoring, name: str) -> bool:
    return max(monitoring.values(f"max_over_time({name}[10m])"), default=0.0) > 0


def test_prometheus_evaluates_every_expression(monitoring: Monitoring) -> None:
    failed = {}
    for expression in every_expression():
        try:
            monitoring.values(expression)
        except HTTPError as error:
            failed[expression] = error.read().decode()
    assert failed == {}
    assert monitoring.broken_rules() == {}
    assert recorded()


def test_what_the_runbook_asks_can_be_asked(watched: Watched, monitoring: Monitoring) -> None:
    runbook = (ROOT / "docs" / "runbook.md").read_text()
    for block in re.findall(r"^```promql\n(.*?)^```$", runbook, re.MULTILINE | re.DOTALL):
        for line in block.splitlines():
            monitoring.values(line)
    statements = re.findall(r"^```sql\n(.*?)^```$", runbook, re.MULTILINE | re.DOTALL)
    assert len(statements) > 1
    for statement in statements:
        watched.api.query(statement)


def test_plans_accepted_but_not_finished_are_told_of_within_three_minutes(
    watched: Watched, monitoring: Monitoring
) -> None:
    watched.kill_workers()
    killed = time.monotonic()
    watched.api.submit(a_request())
    wait_until(
        lambda: "SelatPlansNotFinished" in monitoring.alerts("firing"),
        "the alert fires",
        FIRES_WITHIN_SECONDS,
    )
    fired = time.monotonic() - killed
    _until_told_of("SelatPlansNotFinished", watched)
    told = time.monotonic() - killed
    print(f"workers killed; the alert fired after {fired:.0f} s and left Prometheus after {told:.0f} s")  # noqa: T201
    assert fired < FIRES_WITHIN_SECONDS
    assert monitoring.values('sum(ALERTS{alertname="SelatNoWorkerAlive",alertstate="firing"})') == [1.0]


def _until_told_of(alert: str, watched: Watched) -> None:
    """Wait until Prometheus tells of an alert, as it tells Alertmanager."""
    while True:
        call = watched.alertmanager.calls.get(timeout=60)
        assert call.path == "/api/v2/alerts"
        if any(each["labels"]["alertname"] == alert for each in json.loads(call.body)):
            return

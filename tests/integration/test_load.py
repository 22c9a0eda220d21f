"""The load benchmark in miniature: ten seconds on a real service, sent by the clock, and nothing is lost."""

import pytest

from benchmarks.environments import EnvironmentUnavailable, python_with
from benchmarks.load.findings import findings
from benchmarks.load.measure import Measured, measure
from benchmarks.load.morning import Route, morning
from benchmarks.load.sender import ENVIRONMENT, PINS

pytestmark = pytest.mark.alone

SECONDS = 10.0
READS = 10.0


@pytest.fixture(scope="module")
def measured() -> Measured:
    """A short morning of four small batches for two workers."""
    try:
        python_with(PINS, ENVIRONMENT, print, "Locust")
    except EnvironmentUnavailable as reason:
        pytest.skip(f"no Locust: {reason}")
    sent = morning(seconds=SECONDS, search_seconds=12.0, reads_per_second=READS, seed=11)
    return measure(sent, seconds=SECONDS, workers=2, alone=False)


def test_everything_is_sent_when_it_is_due(measured: Measured) -> None:
    """An open loop: slow answers hold nothing up, and each latency holds the time that the sender was late."""
    assert sum(call.route is not Route.SUBMIT for call in measured.calls) == SECONDS * READS
    assert all(call.took >= call.late >= 0 for call in measured.calls)
    assert findings(measured).sender_late < 1_000


def test_no_plan_is_lost_and_no_call_fails(measured: Measured) -> None:
    found = findings(measured)
    assert found.accepted == sum(call.route is Route.SUBMIT for call in measured.calls) > 0
    assert found.lost == 0
    assert found.statuses == {"succeeded": found.accepted}
    assert [each.what for each in found.routes if each.failed] == []


def test_the_solvers_are_seen_at_work(measured: Measured) -> None:
    first, last = measured.looks[0], measured.looks[-1]
    assert last.shares.solvers - first.shares.solvers > 0.2
    assert min(last.shares.api, last.shares.workers, last.shares.database, last.sender) > 0.0

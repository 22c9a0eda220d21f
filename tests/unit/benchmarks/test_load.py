"""What the load benchmark says follows from what was seen, and what it sends is fixed before it begins."""

import dataclasses
import xml.etree.ElementTree as ET
from itertools import pairwise
from typing import Any

import pytest

from benchmarks.load.findings import findings
from benchmarks.load.house import Shares
from benchmarks.load.measure import Look, Measured, Plan
from benchmarks.load.morning import READS, Route, morning
from benchmarks.load.plots import Line, drawn
from benchmarks.load.report import as_page, as_text
from benchmarks.load.sender import Call

MACHINE = {"processor": "a <fast> one"}


def call(route: Route = Route.PLAN, *, at: float = 1.0, took: float = 0.01, **more: Any) -> Call:
    said = {"late": 0.0, "status": 200, "plan_id": None, "batch": 0, **more}
    return Call(route=route, at=at, took=took, **said)


def look(at: float, solvers: float, *, api: float = 0.0) -> Look:
    shares = Shares(solvers=solvers, workers=0.0, api=api, database=0.0)
    return Look(at=at, shares=shares, sender=0.0, busy=2 * at)


def plan(**changes: Any) -> Plan:
    one = Plan(plan_id="p", batch=0, status="succeeded", accepted=0.0, started=8.0, finished=12.0, cost=110.0)
    return dataclasses.replace(one, **changes)


def seen(**changes: Any) -> Measured:
    usual = Measured(
        cores=2,
        seconds=10.0,
        calls=[call(), call(Route.SUBMIT, status=202, plan_id="p")],
        looks=[look(0.0, 0.0), look(5.0, 9.5), look(10.0, 9.5)],
        plans=[plan()],
        alone=[100.0],
    )
    return dataclasses.replace(usual, **changes)


def broken(measured: Measured) -> set[str]:
    return {what for what, held in findings(measured).bars if not held}


# What is sent.


def test_equal_seeds_give_equal_mornings_and_others_differ() -> None:
    asked = {"seconds": 30.0, "search_seconds": 60.0, "reads_per_second": 5.0}
    assert morning(**asked, seed=1) == morning(**asked, seed=1) != morning(**asked, seed=2)


def test_a_morning_asks_for_as_much_searching_as_it_was_told() -> None:
    sent = morning(seconds=180.0, search_seconds=450.0, reads_per_second=1.0, seed=3)
    submitted = [each for each in sent.timetable if each.route is Route.SUBMIT]
    searching = sum(sent.requests[each.batch]["options"]["time_limit_seconds"] for each in submitted)
    assert 450 <= searching < 450 + 20
    assert {len(request["stops"]) for request in sent.requests} == {20, 60, 150, 400}


def test_most_batches_come_after_the_beginning_and_before_the_end() -> None:
    sent = morning(seconds=100.0, search_seconds=4_000.0, reads_per_second=1.0, seed=3)
    moments = [each.at for each in sent.timetable if each.route is Route.SUBMIT]
    tenths = [sum(10 * tenth <= at < 10 * tenth + 10 for at in moments) for tenth in range(10)]
    assert max(tenths) == max(tenths[2:5])
    assert tenths[9] < max(tenths) / 2


def test_reads_are_sent_at_even_distances_whatever_is_submitted() -> None:
    sent = morning(seconds=60.0, search_seconds=120.0, reads_per_second=8.0, seed=3)
    moments = [each.at for each in sent.timetable if each.route in READS]
    assert len(moments) == 480
    assert {round(after - before, 9) for before, after in pairwise(moments)} == {0.125}


# What is made of what was seen.


def test_a_good_morning_meets_every_bar() -> None:
    found = findings(seen())
    assert [held for _, held in found.bars] == [True] * 5
    assert found.processor.seconds == pytest.approx(5.0)  # after 5 s the look at 10 s finds nobody waiting
    assert found.processor.solvers == pytest.approx(95.0)
    assert found.processor.strangers == pytest.approx(5.0)
    assert found.mean_dearer == pytest.approx(10.0)


@pytest.mark.parametrize(
    ("mistake", "bar"),
    [
        ({"looks": [look(0.0, 0.0), look(5.0, 8.9)]}, "solvers have ≥ 90 % of the cores"),
        ({"calls": [call(took=0.2)] * 2}, "p99 of all reads ≤ 100 ms"),
        ({"plans": [plan(finished=None, status="running")]}, "no plan lost"),
        ({"plans": [plan(status="lost")]}, "no plan lost"),
        ({"plans": [plan(status="failed", cost=None)]}, "every plan succeeded"),
        ({"calls": [call(status=503)]}, "no call failed"),
        ({"calls": [call(status=0)]}, "no call failed"),
    ],
)
def test_each_bar_can_be_missed(mistake: dict[str, Any], bar: str) -> None:
    assert bar in broken(seen(**mistake))


def test_solvers_are_not_measured_where_nothing_waits() -> None:
    """Idle cores are no fault of the service."""
    found = findings(seen(plans=[plan(started=0.1)]))
    assert found.processor.seconds == 0.0


# What is shown.


def test_the_page_holds_everything_and_loads_nothing() -> None:
    page = as_page(seen(), findings(seen()), MACHINE, "python -m benchmarks.load --seed 1")
    assert page.count("<svg") == 3
    assert "a &lt;fast&gt; one" in page
    assert "--seed 1" in page
    assert not any(word in page for word in ("<script", "<link", "<img", "url(", "@import", "src=", "href="))


def test_pictures_are_well_formed_and_stay_inside() -> None:
    line = Line("a & b", "#123", [(0.0, 0.0), (5.0, 50.0), (20.0, 200.0)])
    picture = ET.fromstring(drawn("t < u", [line], seconds=10.0, highest=100.0))  # noqa: S314  (our own)
    [path] = [each for each in picture.iter() if each.tag.endswith("polyline")]
    places = [tuple(map(float, place.split(","))) for place in path.attrib["points"].split()]
    assert len(places) == 3
    assert all(0 <= x <= 760 and 0 <= y <= 240 for x, y in places)


def test_the_table_says_which_bars_are_missed() -> None:
    text = as_text(findings(seen(plans=[plan(status="lost")])), MACHINE)
    assert "| no plan lost | **no** |" in text
    assert "| no call failed | yes |" in text

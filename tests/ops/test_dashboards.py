"""Dashboards: what is committed is what the code makes, every panel can be read, every expression is one."""

from pathlib import Path

import pytest

from deploy.grafana.catalogue import FOLDER, texts
from tests.ops.expressions import DASHBOARDS, every_expression, panels, recorded, selectors

THEIRS = ("up", "ALERTS", "process_", "prometheus_", "selat_")


def test_the_dashboards_are_those_that_the_code_makes() -> None:
    committed = {file.name: file.read_text() for file in FOLDER.glob("*.json")}
    assert committed == texts(), "write them anew: python -m deploy.grafana"


@pytest.mark.parametrize("dashboard", DASHBOARDS, ids=lambda file: file.stem)
def test_every_panel_says_how_to_read_it_and_has_a_unit(dashboard: Path) -> None:
    shown = panels(dashboard)
    assert [panel["title"] for panel in shown if not panel["description"].endswith(".")] == []
    assert [panel["title"] for panel in shown if not panel["fieldConfig"]["defaults"].get("unit")] == []


@pytest.mark.parametrize("dashboard", DASHBOARDS, ids=lambda file: file.stem)
def test_panels_lie_beside_each_other(dashboard: Path) -> None:
    taken: set[tuple[int, int]] = set()
    for panel in panels(dashboard):
        place = panel["gridPos"]
        cells = {
            (x, y)
            for x in range(place["x"], place["x"] + place["w"])
            for y in range(place["y"], place["y"] + place["h"])
        }
        assert not taken & cells, panel["title"]
        assert max(x for x, _ in cells) < 24, panel["title"]
        taken |= cells


@pytest.mark.parametrize("expression", sorted(set(every_expression())))
def test_an_expression_can_be_read_and_asks_for_metrics_of_ours(expression: str) -> None:
    names = {each.name for each in selectors(expression)}
    strange = {name for name in names - recorded() if not name.startswith(THEIRS)}
    assert strange == set()

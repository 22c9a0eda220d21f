"""The newcomer's walk, docs/walk.md: its table, with what it says to type, becomes the plan that it describes."""

from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.map_steps import assert_nothing_wrong, draw_little, drop, open_map, wait_for_plan
from tests.browser.watching import Watch
from tests.running_service import RunningService

pytestmark = pytest.mark.alone

TABLE = Path(__file__).parents[2] / "docs" / "examples" / "addresses.csv"


def test_the_table_of_the_walk_becomes_the_plan_of_the_walk(
    page: Page, service: RunningService, watch: Watch
) -> None:
    draw_little(page)
    open_map(page, service.url)
    drop(page, TABLE.name, TABLE.read_text(encoding="utf-8"))
    page.get_by_label("How many").fill("3")
    page.get_by_label("From", exact=True).fill("04:00")
    page.get_by_label("Until", exact=True).fill("22:00")
    page.get_by_label("Seconds of search").fill("4")
    page.get_by_role("button", name="Make the plan").click()
    resource = service.plan(wait_for_plan(page))
    expect(page.get_by_text("Every stop is served.")).to_be_visible()
    assert resource["plan"]["totals"]["served"] == 20
    lines = [
        {step["line_id"] for step in route["steps"] if step["type"] == "ferry"}
        for route in resource["plan"]["routes"]
    ]
    assert sorted(map(sorted, lines)) == [
        [],
        ["lembar-padangbai", "padangbai-lembar"],
        ["mentigi-padangbai", "padangbai-mentigi"],
    ]
    assert_nothing_wrong(watch, service)

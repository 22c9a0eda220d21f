"""What a dispatcher does on the map page, for tests and for pictures."""

import json
from typing import Any

from playwright.sync_api import Page, expect

from tests.browser.watching import Watch
from tests.running_service import RunningService

PLAN_MILLISECONDS = 60_000
"""How long a plan may take from a drop to its totals: a search of some seconds on a machine that draws maps, too."""

Json = dict[str, Any]

_DROP = """([name, text]) => {
    const transfer = new DataTransfer();
    transfer.items.add(new File([text], name));
    for (const kind of ['dragenter', 'dragover', 'drop']) {
        document.body.dispatchEvent(new DragEvent(kind, {dataTransfer: transfer, bubbles: true, cancelable: true}));
    }
}"""

_NOTE_COSTS = """
    window.costs = [];
    new MutationObserver(() => {
        const said = document.getElementById('live-cost')?.textContent;
        if (said && said !== window.costs.at(-1)) window.costs.push(said);
    }).observe(document, {subtree: true, childList: true, characterData: true});
"""

_SCRUB = """moment => {
    const slider = document.getElementById('scrub');
    slider.value = String(Date.parse(moment));
    slider.dispatchEvent(new Event('input', {bubbles: true}));
}"""


def draw_little(page: Page) -> None:
    """Keep the map small and still, where the claim is not its look: a processor draws each of its points."""
    page.set_viewport_size({"width": 820, "height": 560})
    page.emulate_media(reduced_motion="reduce")


def note_costs(page: Page) -> None:
    """Let the page note every cost that it shows during a search, however short; call it before opening the page."""
    page.add_init_script(_NOTE_COSTS)


def noted_costs(page: Page) -> list[str]:
    """Return the costs that it has shown."""
    return [cost for cost in page.evaluate("window.costs") if "Rp" in cost]


def open_map(page: Page, url: str, place: str = "") -> None:
    """Open the page and wait until it can be used; ``place`` is what follows the path."""
    page.goto(f"{url}/{place}")
    expect(page.locator("html[data-ready]")).to_be_attached(timeout=PLAN_MILLISECONDS)


def drop(page: Page, name: str, content: str | Json) -> None:
    """Drop a file onto the page."""
    page.evaluate(_DROP, [name, content if isinstance(content, str) else json.dumps(content)])


def wait_for_plan(page: Page) -> str:
    """Wait until the totals of a finished plan are shown, and return its id from the address."""
    expect(page.locator("#total-cost")).to_be_visible(timeout=PLAN_MILLISECONDS)
    return page.url.split("#plan=")[1]


def scrub(page: Page, moment: str) -> None:
    """Draw the clock to an instant, to the minute."""
    page.evaluate(_SCRUB, moment)


def assert_nothing_wrong(watch: Watch, service: RunningService) -> None:
    """Refuse whatever the watch has seen, but for requests that nobody waits for any more.

    Those are what a page was loading when it was loaded again, and event streams whose end Chromium reads
    together with their last event.
    """
    watch.failed[:] = [each for each in watch.failed if not each.endswith(": net::ERR_ABORTED")]
    watch.assert_nothing_wrong(service.url)

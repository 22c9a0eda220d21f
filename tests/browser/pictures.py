"""Pictures of the map page for the documentation: ``python -m tests.browser.pictures``."""

import json
import tempfile
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Browser, expect, sync_playwright

from router.cli.demo import demo_request
from tests.browser.chromium import HOW_TO_GET_IT, found_chromium
from tests.browser.conftest import FLAGS
from tests.browser.map_steps import open_map, scrub, wait_for_plan
from tests.running_service import RunningService, ended

IMAGES = Path(__file__).parents[2] / "docs" / "images"
MOMENT = "2026-11-25T09:50:00+08:00"
SETTLED_MILLISECONDS = 4_000
PATIENCE_MILLISECONDS = 120_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Picture:
    """A picture to be taken."""

    name: str
    size: tuple[int, int]
    colours: str = "light"
    language: str = "en-GB"


PICTURES = (
    Picture(name="map-desktop", size=(1440, 900)),
    Picture(name="map-phone", size=(390, 844), language="id-ID"),
    Picture(name="map-dark", size=(1440, 900), colours="dark"),
)


def main() -> None:
    """Solve the demo once, and take every picture of it."""
    program = found_chromium()
    assert program is not None, HOW_TO_GET_IT
    with tempfile.TemporaryDirectory() as folder, RunningService(Path(folder)) as service:
        service.wait_for_event("worker_ready")
        resource = service.plan_when(service.submit(json.loads(demo_request())), ended)
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(
                executable_path=program, args=list(FLAGS), chromium_sandbox=False
            )
            for picture in PICTURES:
                take(browser, picture, f"{service.url}", str(resource["id"]))
            browser.close()


def take(browser: Browser, picture: Picture, url: str, plan_id: str) -> None:
    """Take a picture of a plan, in the morning of its day."""
    width, height = picture.size
    page = browser.new_page(
        viewport={"width": width, "height": height},
        color_scheme="dark" if picture.colours == "dark" else "light",
        locale=picture.language,
        reduced_motion="reduce",
    )
    page.set_default_timeout(PATIENCE_MILLISECONDS)
    expect.set_options(timeout=PATIENCE_MILLISECONDS)
    open_map(page, url, f"#plan={plan_id}")
    wait_for_plan(page)
    scrub(page, MOMENT)
    expect(page.locator(".moving").first).to_be_visible()
    page.wait_for_timeout(SETTLED_MILLISECONDS)  # for pictures only: land and badges have come by then
    page.screenshot(path=IMAGES / f"{picture.name}.png")
    page.close()


if __name__ == "__main__":
    main()

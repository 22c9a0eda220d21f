"""For tests in a browser: a really running service, and a page of a headless Chromium that is watched.

A test takes ``service`` (its ``url``), ``page`` (Playwright's synchronous ``Page``) and, to see what the page did
behind its face, ``watch``; ``grave_faults(page)`` of ``watching.py`` asks axe. Playwright's loop runs in this
thread until the module ends, so nothing here may call ``asyncio.run``, ``service.query`` among that.
"""

import os
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright

from tests.browser.chromium import HOW_TO_GET_IT, found_chromium
from tests.browser.watching import Watch
from tests.running_service import RunningService

PATIENCE_MILLISECONDS = 15_000
"""How long a page may take to show what is waited for; a loaded machine draws maps slowly."""

FLAGS = (
    "--use-angle=swiftshader",  # WebGL without a graphics card, for the map
    "--enable-unsafe-swiftshader",
    "--disable-gpu-sandbox",
    "--disable-gpu-rasterization",  # Debian's asks for it: then text, too, is drawn by what stands in for the card
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",  # the browser's own errands, which are none of the page's
    "--disable-component-update",
    "--disable-sync",
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",  # no name leads out of the machine
)


@pytest.fixture(scope="session")
def service(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningService]:
    """A service whose worker is ready to solve."""
    with RunningService(tmp_path_factory.mktemp("browsed")) as running:
        running.wait_for_event("worker_ready")
        yield running


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """A headless Chromium."""
    program = found_chromium()
    if program is None:
        pytest.skip(HOW_TO_GET_IT)
    sandboxed = os.geteuid() != 0  # Chromium's sandbox refuses root
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(
            executable_path=program, args=list(FLAGS), chromium_sandbox=sandboxed
        )
        yield chromium
        chromium.close()


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    """A profile of its own for each test: no cookies, no storage, no cache; an English reader in Bali."""
    profile = browser.new_context(
        locale="en-GB", timezone_id="Asia/Makassar", viewport={"width": 1280, "height": 800}
    )
    profile.set_default_timeout(PATIENCE_MILLISECONDS)
    expect.set_options(timeout=PATIENCE_MILLISECONDS)
    yield profile
    profile.close()


@pytest.fixture
def watch() -> Watch:
    """What ``page`` does behind its face."""
    return Watch()


@pytest.fixture
def page(context: BrowserContext, watch: Watch) -> Page:
    """An empty page, watched."""
    opened = context.new_page()
    watch.over(opened)
    return opened

"""The watch over a page sees what it is there to see: were it blind, every other test here would pass for nothing."""

from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

import pytest
from playwright.sync_api import Page

from tests.browser.watching import Watch, grave_faults

POLICY = "default-src 'none'; script-src 'self'; img-src *"
PAGES = {
    "/good": b'<!doctype html><html lang="en"><title>Good</title><main><h1>Good</h1></main>',
    "/inline": b'<!doctype html><html lang="en"><title>Inline</title><h1>Inline</h1><script>1</script>',
    "/thrown": b'<!doctype html><html lang="en"><title>Thrown</title><script src="/throw.js"></script>',
    "/throw.js": b"throw new Error('nobody catches me')",
    "/abroad": b'<!doctype html><html lang="en"><title>Abroad</title><img alt="" src="http://abroad.test/a.png">',
    "/lacking": b'<!doctype html><html lang="en"><title>Lacking</title><img alt="" src="/no.png">',
    "/nameless": b'<!doctype html><html lang="en"><title>Nameless</title><main><button></button></main>',
}


class Pages(BaseHTTPRequestHandler):
    """Serves the pages above under a strict policy."""

    def do_GET(self) -> None:
        """Answer with a page, or 404."""
        body = PAGES.get(self.path)
        self.send_response(200 if body or self.path == "/favicon.ico" else 404)
        self.send_header("Content-Type", "text/javascript" if self.path.endswith(".js") else "text/html")
        self.send_header("Content-Security-Policy", POLICY)
        self.end_headers()
        self.wfile.write(body or b"")

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@pytest.fixture(scope="module")
def site() -> Iterator[str]:
    """The address of a small site of pages, good and bad."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), Pages)
    Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_address[1]}"
    server.shutdown()
    server.server_close()


def test_a_good_page_passes(page: Page, watch: Watch, site: str) -> None:
    page.goto(f"{site}/good")
    assert grave_faults(page) == []
    watch.assert_nothing_wrong(site)


@pytest.mark.parametrize("path", ["/inline", "/thrown", "/abroad", "/lacking"])
def test_a_page_that_does_wrong_is_seen(page: Page, watch: Watch, site: str, path: str) -> None:
    page.goto(f"{site}{path}")
    with pytest.raises(AssertionError):
        watch.assert_nothing_wrong(site)


def test_a_request_to_another_host_is_seen_and_goes_nowhere(page: Page, watch: Watch, site: str) -> None:
    page.goto(f"{site}/abroad")
    assert "abroad.test" in watch.hosts
    assert any("abroad.test" in line and "ERR_NAME_NOT_RESOLVED" in line for line in watch.failed)


def test_axe_runs_under_a_strict_policy_and_finds_a_button_without_a_name(
    page: Page, watch: Watch, site: str
) -> None:
    page.goto(f"{site}/nameless")
    assert [fault.split(" (")[0] for fault in grave_faults(page)] == ["critical: button-name"]
    watch.assert_nothing_wrong(site)

"""What a page does behind its face: what it says on the console, whom it asks, what stands in the way of people."""

from dataclasses import dataclass, field
from importlib.resources import files
from typing import Any
from urllib.parse import urlsplit

from playwright.sync_api import ConsoleMessage, Page, Request

GRAVE = ("serious", "critical")
"""The impacts of axe that keep somebody from using a page."""

_AXE = files("axe_playwright_python").joinpath("axe.min.js").read_text(encoding="utf-8")


@dataclass  # without slots: Playwright keeps a mark of its own on whom it tells
class Watch:
    """What has been seen of a page since it was opened.

    Attributes:
        errors: Errors and warnings on the console (refusals of the content security policy among them), and
            exceptions that nobody caught.
        hosts: Every host, with its port, that was asked for anything over the network.
        failed: Requests that got no answer, or one of 400 and above.
    """

    errors: list[str] = field(default_factory=list)
    hosts: set[str] = field(default_factory=set)
    failed: list[str] = field(default_factory=list)

    def over(self, page: Page) -> None:
        """Watch a page from now on."""
        page.on("console", self._heard)
        page.on("pageerror", lambda error: self.errors.append(str(error)))
        page.on("request", self._asked)
        page.on("requestfailed", lambda request: self.failed.append(f"{request.url}: {request.failure}"))
        page.on(
            "response",
            lambda answer: (
                self.failed.append(f"{answer.url}: {answer.status}") if answer.status >= 400 else None
            ),
        )

    def assert_nothing_wrong(self, url: str) -> None:
        """Refuse errors, failed requests, and any host but that of ``url``."""
        assert self.errors == []
        assert self.failed == []
        assert self.hosts <= {urlsplit(url).netloc}

    def _heard(self, message: ConsoleMessage) -> None:
        if message.type in ("error", "warning"):
            self.errors.append(f"{message.text} ({message.location.get('url')})")

    def _asked(self, request: Request) -> None:
        address = urlsplit(request.url)
        if address.scheme not in ("data", "blob"):
            self.hosts.add(address.netloc)


def grave_faults(page: Page) -> list[str]:
    """Return what axe finds on the page as it now stands that keeps somebody from using it.

    The page's content security policy stays in force: the debugging protocol may evaluate a script whatever the
    page allows, so that nothing has to be loosened for the test, and what is tested is what people get.
    """
    page.evaluate(_AXE)
    found: dict[str, Any] = page.evaluate("axe.run({resultTypes: ['violations']})")
    return [
        f"{fault['impact']}: {fault['id']} ({fault['help']}): {[node['target'] for node in fault['nodes']]}"
        for fault in found["violations"]
        if fault["impact"] in GRAVE
    ]

"""The page of the API lists all that the service describes, works without the rest of the world, and for everybody."""

import subprocess
from typing import Any
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Page, expect

from tests.browser.watching import Watch, grave_faults
from tests.running_service import RunningService

METHODS = ("get", "put", "post", "delete", "patch")


def opened(page: Page, service: RunningService, place: str = "") -> Page:
    page.goto(f"{service.url}/docs{place}")
    expect(page.locator("main section.shape").last).to_be_attached()
    return page


def described(service: RunningService) -> Any:
    return service.call("GET", "/openapi.json").json


def test_every_call_of_the_description_is_there_and_in_the_contents(
    page: Page, service: RunningService, watch: Watch
) -> None:
    opened(page, service)
    whole = described(service)
    calls = {
        (each["operationId"], f"{method.upper()} {path}")
        for path, item in whole["paths"].items()
        for method, each in item.items()
        if method in METHODS
    }
    sections = page.locator("main section.call").evaluate_all(
        "all => all.map(each => [each.id, each.querySelector('h3').textContent])"
    )
    assert calls <= {(identity, heading) for identity, heading in sections}
    names = {name for name, _ in calls} | set(whole["components"]["schemas"]) | {"planEnded"}
    links = page.locator("#contents a").evaluate_all("all => all.map(each => each.hash.slice(1))")
    assert sorted(links) == sorted(names)
    watch.assert_nothing_wrong(service.url)


def test_no_link_on_the_page_leads_nowhere(page: Page, service: RunningService) -> None:
    opened(page, service)
    dead = page.locator("a[href^='#']").evaluate_all(
        "all => all.map(each => each.hash.slice(1)).filter(id => !document.getElementById(id))"
    )
    assert dead == []


@pytest.mark.parametrize("colours", ["light", "dark"])
def test_nothing_keeps_anybody_from_using_it(
    page: Page, service: RunningService, watch: Watch, colours: str
) -> None:
    page.add_init_script(f"localStorage.setItem('selat-docs-colours', '{colours}')")
    opened(page, service)
    page.get_by_label("Search calls").fill("CheckResponse")  # one of each kind: axe looks at what is shown
    expect(page.locator("main section.call:visible")).to_have_count(1)
    page.locator("#checkPlan details summary").click()
    assert page.evaluate("document.documentElement.dataset.colours") == colours
    assert grave_faults(page) == []
    watch.assert_nothing_wrong(service.url)


def test_the_curl_of_a_plan_request_makes_a_plan(page: Page, service: RunningService) -> None:
    opened(page, service)
    command = page.get_by_role("region", name="curl for submitPlan").inner_text()
    said = subprocess.run(["bash", "-c", command], capture_output=True, text=True, timeout=30, check=True)
    assert '"status":"queued"' in said.stdout.replace(" ", ""), said


def test_a_search_leaves_what_has_the_words(page: Page, service: RunningService) -> None:
    opened(page, service)
    page.get_by_label("Search calls").fill("idempotency-key prefer")
    left = page.locator("main section.call:visible")
    expect(left).to_have_count(2)
    assert left.evaluate_all("all => all.map(each => each.id)") == ["submitPlan", "replan"]
    expect(page.locator("#contents li:visible")).to_have_count(2)


def test_a_link_leads_out_of_a_search_that_hides_its_target(page: Page, service: RunningService) -> None:
    opened(page, service)
    page.get_by_label("Search calls").fill("validate_only")
    expect(page.locator("#Stop")).to_be_hidden()
    page.evaluate("location.hash = '#Stop'")
    expect(page.locator("#Stop")).to_be_in_viewport()


def test_an_address_with_a_place_opens_there(page: Page, service: RunningService) -> None:
    opened(page, service, "#cancelPlan")
    expect(page.locator("#heading-cancelPlan")).to_be_in_viewport()


def test_a_description_out_of_reach_is_said(page: Page, service: RunningService) -> None:
    page.route("**/openapi.json", lambda route: route.fulfill(status=503))
    page.goto(f"{service.url}/docs")
    expect(page.get_by_role("status").filter(has_text="could not be read")).to_contain_text("503")
    assert urlsplit(page.url).path == "/docs"

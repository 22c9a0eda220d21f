"""The map page does what a dispatcher needs, with nothing from elsewhere: from a dropped file to files taken along."""

import json
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, Literal

import pytest
from playwright.sync_api import Page, ViewportSize, expect

from router.cli.demo import demo_request
from tests.browser.map_steps import (
    PLAN_MILLISECONDS,
    assert_nothing_wrong,
    draw_little,
    drop,
    note_costs,
    noted_costs,
    open_map,
    scrub,
    wait_for_plan,
)
from tests.browser.watching import Watch, grave_faults
from tests.running_service import RunningService, a_request, ended

pytestmark = pytest.mark.alone

TABLE = """id;alamat;lintang;bujur;jumlah;buka;tutup
A1;"Jl. Danau Toba; no. 3";-8,6900;115,2560;2;09:00;15:00
A2;Toya Pakeh;-8.6830;115.4840;1;;
A3;tanpa posisi;;;1;;
A4;Denpasar;-8.6560;115.2200;;8.30;17.00
"""


Colours = Literal["light", "dark"]
PHONE = ViewportSize(width=390, height=844)
DESKTOP = ViewportSize(width=1024, height=640)


@pytest.fixture(autouse=True)
def _patience(page: Page) -> None:
    """Draw little and wait long: without a graphics card, the first routes take their time to be drawn."""
    draw_little(page)
    page.set_default_timeout(PLAN_MILLISECONDS)
    expect.set_options(timeout=PLAN_MILLISECONDS)


def a_demo(seconds: int = 2) -> Any:
    request = json.loads(demo_request())
    request["options"]["time_limit_seconds"] = seconds
    return request


def a_crossing(resource: Any) -> tuple[str, Any]:
    """Return a vehicle that takes a ferry, and the step in which it does."""
    return next(
        (route["vehicle_id"], step)
        for route in resource["plan"]["routes"]
        for step in route["steps"]
        if step["type"] == "ferry"
    )


def halfway(step: Any) -> str:
    """Return an instant at which a ferry is at sea."""
    departs, docks = datetime.fromisoformat(step["departs_at"]), datetime.fromisoformat(step["docks_at"])
    return (departs + timedelta(seconds=(docks - departs).seconds // 2)).isoformat()


def solved(service: RunningService, request: Any) -> str:
    """Have a request solved without the page, and return the id of its plan."""
    return str(service.plan_when(service.submit(request), ended)["id"])


def assert_usable(page: Page, colours: Colours) -> None:
    """Refuse whatever keeps somebody from using what is shown, and other colours than these."""
    expect(page.locator(f"html[data-theme='{colours}']")).to_be_attached()
    assert grave_faults(page) == []


def taken_along(page: Page, label: str) -> bytes:
    with page.expect_download() as download:
        page.locator(".exports").get_by_role("button", name=label, exact=True).click()
    return Path(download.value.path()).read_bytes()


def test_a_dropped_request_is_solved_live_replayed_translated_and_taken_along(
    page: Page, service: RunningService, watch: Watch
) -> None:
    note_costs(page)
    open_map(page, service.url)
    drop(page, "demo.json", a_demo())
    plan_id = wait_for_plan(page)
    assert noted_costs(page), "the cost was shown while it fell"
    resource = service.plan(plan_id)
    vehicle_id, ferry = a_crossing(resource)

    # What the service says is what the page shows.
    expect(page.locator("#total-cost")).to_contain_text(f"{resource['plan']['cost']['total']:,.0f}")
    routes = resource["plan"]["routes"]
    expect(page.locator("details[data-vehicle]")).to_have_count(len(routes))

    # Clicked through: the route, its crossing, a stop.
    row = page.locator(f"details[data-vehicle='{vehicle_id}']")
    row.locator("summary").click()
    row.locator("tr.ferry button").first.click()
    said = page.locator(".maplibregl-popup")
    expect(said).to_contain_text(ferry["line_id"])
    expect(said).to_contain_text(ferry["check_in_by"][11:16])
    row.locator("tr.stop button").first.click()
    expect(said).to_contain_text("Arrives")
    row.locator("summary").click()

    # Replayed: at sea halfway through the crossing, elsewhere at its end; the clock runs and stops.
    scrub(page, halfway(ferry))
    moving = page.locator(f".moving[data-vehicle='{vehicle_id}']")
    expect(moving).to_have_attribute("data-doing", "ferry")
    at_sea = moving.bounding_box()
    scrub(page, ferry["docks_at"])
    assert moving.bounding_box() != at_sea
    stood = page.locator("#time").inner_text()
    page.emulate_media(reduced_motion="no-preference")
    page.get_by_role("button", name="Play").click()
    expect(page.locator("#time")).not_to_have_text(stood)
    page.get_by_role("button", name="Pause").click()

    # In the reader's language.
    page.get_by_role("button", name="Bahasa Indonesia").click()
    expect(page.get_by_role("heading", name="Rute")).to_be_visible()
    expect(page.locator("html")).to_have_attribute("lang", "id")
    expect(page.locator("#total-cost")).to_contain_text(
        f"{resource['plan']['cost']['total']:,.0f}".replace(",", ".")
    )
    assert page.locator("text=/^[a-z]+[.][a-zA-Z_]+$/").count() == 0, "words are missing"

    # Taken along: byte for byte what the service gives.
    page.locator(".exports summary").click()
    base = f"/v1/plans/{plan_id}"
    for label, path in {
        "GeoJSON": "/routes.geojson",
        "Daftar titik (CSV)": "/stops.csv",
        "Pesanan feri (CSV)": "/bookings.csv",
        vehicle_id: f"/routes/{vehicle_id}.gpx",
    }.items():
        assert taken_along(page, label) == service.call("GET", base + path).body, path
    assert_nothing_wrong(watch, service)


def test_a_table_of_addresses_becomes_a_plan(page: Page, service: RunningService, watch: Watch) -> None:
    open_map(page, service.url)
    drop(page, "antaran.csv", TABLE)
    expect(page.get_by_role("alert")).to_contain_text("Line 4: no position in degrees")
    page.get_by_label("Kind").select_option("courier")
    page.get_by_label("Date").fill("2026-11-25")
    page.get_by_label("Seconds of search").fill("1")
    page.get_by_role("button", name="Make the plan").click()
    resource = service.plan(wait_for_plan(page))
    stops = {
        step["stop_id"]
        for route in resource["plan"]["routes"]
        for step in route["steps"]
        if step["type"] == "stop"
    }
    assert stops == {"A1", "A2", "A4"}
    assert a_crossing(resource)[1]["from_port"] == "sanur"
    expect(page.locator(".port[aria-label='Port sanur']")).to_be_attached()  # known from the stored timetable
    assert_nothing_wrong(watch, service)


def test_the_faults_of_a_request_are_said_one_by_one(page: Page, service: RunningService) -> None:
    open_map(page, service.url)
    request = a_request()
    request["stops"][2]["location"] = {"lat": -9.6, "lon": 115.2}
    request["vehicles"][0]["start"] = "nowhere"
    drop(page, "faulty.json", request)
    faults = page.locator(".fault")
    expect(faults).to_have_count(2)
    expect(faults.filter(has_text="Stop “p-2”")).to_contain_text("location_at_sea")
    expect(faults.filter(has_text="Vehicle “van-0”")).to_contain_text("unknown_depot")
    drop(page, "broken.json", '{"stops": [')
    expect(page.get_by_role("alert")).to_contain_text("not proper JSON")


def test_a_search_is_stopped_and_its_best_kept_and_the_address_leads_back_to_it(
    page: Page, service: RunningService, watch: Watch
) -> None:
    open_map(page, service.url)
    drop(page, "long.json", a_request(stops=40, time_limit=60))
    expect(page.locator("#live-cost")).to_contain_text("Rp")
    page.get_by_role("button", name="Stop and keep the best").click()
    plan_id = wait_for_plan(page)
    assert service.plan(plan_id)["status"] == "cancelled"
    cost = page.locator("#total-cost").inner_text()
    page.reload()
    assert wait_for_plan(page) == plan_id
    assert page.locator("#total-cost").inner_text() == cost
    assert_nothing_wrong(watch, service)


def test_what_is_left_out_is_told_with_its_reasons(page: Page, service: RunningService) -> None:
    request = a_request(time_limit=1)
    for line in request["ferries"]["lines"]:
        line["fares"] = {"II": 30_000}
    open_map(page, service.url, f"#plan={solved(service, request)}")
    wait_for_plan(page)
    left = page.locator(".unserved > ul > li")
    expect(left).to_have_count(3)
    expect(left.first).to_contain_text("The ferry does not carry this class of vehicle.")


@pytest.mark.parametrize(
    ("size", "first", "then"),
    [(PHONE, "light", "dark"), (DESKTOP, "dark", "light")],
    ids=["phone", "desktop"],
)
def test_nothing_keeps_anybody_from_using_it_in_either_colours(
    page: Page, service: RunningService, watch: Watch, size: ViewportSize, first: Colours, then: Colours
) -> None:
    page.set_viewport_size(size)
    page.emulate_media(color_scheme=first)
    open_map(page, service.url)
    assert_usable(page, first)
    page.emulate_media(color_scheme=then)
    assert_usable(page, then)

    plan_id = solved(service, a_request(time_limit=1))
    page.evaluate("id => { location.hash = `plan=${id}`; }", plan_id)
    wait_for_plan(page)
    page.locator("details[data-vehicle] summary").first.click()
    page.locator(".exports summary").click()
    page.locator("tr.ferry button").first.click()
    expect(page.locator(".maplibregl-popup")).to_contain_text("IVB")
    assert_usable(page, then)
    page.emulate_media(color_scheme=first)
    assert_usable(page, first)
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), "nothing sticks out sideways"
    assert_nothing_wrong(watch, service)

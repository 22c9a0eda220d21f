"""Plans handed out to other programs, over HTTP."""

import csv
import io
from collections.abc import Iterator
from urllib.parse import quote
from xml.etree import ElementTree as ET

import pytest

from tests.running_service import Answer, Json, RunningService, a_request, ended

ODD_VEHICLE = "van 1/Gianyar & Söhne"
NOWHERE = "/v1/plans/01JZZZZZZZZZZZZZZZZZZZZZZZ"


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningService]:
    with RunningService(tmp_path_factory.mktemp("selat")) as running:
        running.wait_for_event("worker_ready")
        yield running


@pytest.fixture(scope="module")
def planned(service: RunningService) -> Json:
    """A plan of one van with an odd name, a plate and a stop whose landmark looks like a formula."""
    request = a_request(time_limit=1)
    request["vehicles"][0] |= {"id": ODD_VEHICLE, "plate": "DK 1234 AB"}
    request["stops"][0]["landmark"] = '=HYPERLINK("http://example.com")'
    return service.plan_when(service.submit(request), ended)


def export(service: RunningService, planned: Json, path: str) -> Answer:
    return service.call("GET", f"/v1/plans/{planned['id']}/{path}")


def rows(answer: Answer) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(answer.body.decode(), newline="")))


def test_the_map_shows_every_step_of_the_plan(service: RunningService, planned: Json) -> None:
    answer = export(service, planned, "routes.geojson")
    assert (answer.status, answer.headers["Content-Type"]) == (200, "application/geo+json")
    said = [feature["properties"] for feature in answer.json["features"]]
    (route,) = planned["plan"]["routes"]
    stops = [step["stop_id"] for step in route["steps"] if step["type"] == "stop"]
    assert [each["stop_id"] for each in said if each["kind"] == "stop"] == stops
    sailings = [step["sailing_id"] for step in route["steps"] if step["type"] == "ferry"]
    assert [each["sailing_id"] for each in said if each.get("mode") == "ferry"] == sailings


def test_a_vehicle_with_an_odd_name_gets_its_route(service: RunningService, planned: Json) -> None:
    answer = export(service, planned, f"routes/{quote(ODD_VEHICLE, safe='')}.gpx")
    assert (answer.status, answer.headers["Content-Type"]) == (200, "application/gpx+xml")
    root = ET.fromstring(answer.body)  # noqa: S314 - our own
    namespaces = {"": "http://www.topografix.com/GPX/1/1"}
    assert root.findtext("rte/name", namespaces=namespaces) == ODD_VEHICLE
    assert len(root.findall("wpt", namespaces)) == 6


def test_the_table_of_stops_opens_without_harm(service: RunningService, planned: Json) -> None:
    answer = export(service, planned, "stops.csv")
    assert (answer.status, answer.headers["Content-Type"]) == (200, "text/csv; charset=utf-8")
    assert answer.headers["Content-Disposition"] == f"attachment; filename*=UTF-8''{planned['id']}-stops.csv"
    table = {row["stop_id"]: row for row in rows(answer)}
    assert len(table) == 6
    assert table["p-0"]["landmark"] == '\'=HYPERLINK("http://example.com")'


def test_bookings_name_the_plate_and_when_check_in_closes(service: RunningService, planned: Json) -> None:
    listed = export(service, planned, "bookings.json").json["bookings"]
    ferries = [step for step in planned["plan"]["routes"][0]["steps"] if step["type"] == "ferry"]
    assert [(b["sailing_id"], b["check_in_by"], b["departs_at"], b["fare"]) for b in listed] == [
        (step["sailing_id"], step["check_in_by"], step["departs_at"], step["fare"]) for step in ferries
    ]
    assert {b["plate"] for b in listed} == {"DK 1234 AB"}
    answer = export(service, planned, "bookings.csv")
    assert answer.headers["Content-Type"] == "text/csv; charset=utf-8"
    assert [row["sailing_id"] for row in rows(answer)] == [step["sailing_id"] for step in ferries]


def test_a_plan_that_has_not_begun_cannot_be_exported_yet(service: RunningService) -> None:
    """Behind others in the queue there is nothing to show; asking again later is what to do."""
    ahead = [service.submit(a_request(stops=80, time_limit=30)) for _ in range(12)]
    last = ahead[-1]
    answer = service.call("GET", f"/v1/plans/{last}/stops.csv")
    for plan_id in ahead:
        service.call("DELETE", f"/v1/plans/{plan_id}")
    assert (answer.status, answer.headers["Content-Type"]) == (409, "application/problem+json")
    assert "nothing to export" in answer.json["detail"]


@pytest.mark.parametrize(
    "path", ["routes.geojson", "routes/van-1.gpx", "stops.csv", "bookings.csv", "bookings.json"]
)
def test_what_does_not_exist_is_not_found(service: RunningService, path: str) -> None:
    assert service.call("GET", f"{NOWHERE}/{path}").status == 404


def test_a_vehicle_without_a_route_is_not_found(service: RunningService, planned: Json) -> None:
    answer = export(service, planned, "routes/van-99.gpx")
    assert (answer.status, answer.json["detail"]) == (404, "the plan has no route of this vehicle")


def test_a_plan_made_anew_is_exported_as_well(service: RunningService, planned: Json) -> None:
    """Also where no boat brings the van home any more, so that its route ends on the other island."""
    ferries = [step for step in planned["plan"]["routes"][0]["steps"] if step["type"] == "ferry"]
    closed = {
        "line_id": ferries[1]["line_id"],
        "start": ferries[0]["docks_at"],
        "end": "2026-11-26T00:00:00+08:00",
    }
    changes = {"at": ferries[0]["docks_at"], "cancel_lines": [closed]}
    anew = service.call(
        "POST", f"/v1/plans/{planned['id']}/replans", changes, headers={"Prefer": "wait=30"}
    ).json
    assert anew["status"] == "succeeded", anew
    for path in ("routes.geojson", f"routes/{quote(ODD_VEHICLE, safe='')}.gpx", "stops.csv"):
        assert export(service, anew, path).status == 200, path
    assert len(export(service, anew, "bookings.json").json["bookings"]) == 1

"""Timetables over HTTP: stored in versions, read back, named by plans, and kept with those."""

from collections.abc import Iterator

import pytest

from tests.running_service import Json, RunningService, ended
from tests.timetables import feed, request, timetable

ZIP = {"Content-Type": "application/zip"}


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningService]:
    with RunningService(tmp_path_factory.mktemp("timetabled")) as running:
        running.wait_for_event("worker_ready")
        yield running


def names(service: RunningService) -> list[str]:
    return [each["name"] for each in service.call("GET", "/v1/timetables").json["timetables"]]


def sailings_of(resource: Json) -> list[str]:
    steps = (step for route in resource["plan"]["routes"] for step in route["steps"])
    return [step["sailing_id"] for step in steps if step["type"] == "ferry"]


def test_a_timetable_is_stored_listed_read_and_deleted(service: RunningService) -> None:
    document = timetable(title="There and back")
    stored = service.call("PUT", "/v1/timetables/life", document)
    assert stored.status == 201
    assert stored.headers["Location"] == "/v1/timetables/life"
    assert (stored.json["version"], stored.json["title"], stored.json["lines"]) == (1, "There and back", 2)
    read = service.call("GET", "/v1/timetables/life").json
    assert read["timetable"] == document
    assert read["sha256"] == stored.json["sha256"]
    assert "life" in names(service)
    assert service.call("DELETE", "/v1/timetables/life").status == 204
    assert "life" not in names(service)
    for method in ("GET", "DELETE"):
        assert service.call(method, "/v1/timetables/life").status == 404


def test_storing_again_makes_a_new_version_and_keeps_the_old_one(service: RunningService) -> None:
    service.call("PUT", "/v1/timetables/twice", timetable(title="first"))
    again = service.call("PUT", "/v1/timetables/twice", timetable(title="second"))
    assert (again.status, again.json["version"]) == (200, 2)
    assert service.call("GET", "/v1/timetables/twice").json["title"] == "second"
    assert service.call("GET", "/v1/timetables/twice?version=1").json["title"] == "first"
    assert service.call("GET", "/v1/timetables/twice?version=3").status == 404
    assert service.call("GET", "/v1/timetables/twice?version=x").status == 400


def test_every_fault_of_a_timetable_is_told(service: RunningService) -> None:
    document = timetable(
        {"times": ["8 am"]}, exceptions=[{"reason": "x", "start": "?", "end": "?", "line_ids": ["no"]}]
    )
    document["lines"][1]["to_port"] = "nowhere"
    refused = service.call("PUT", "/v1/timetables/faulty", document)
    assert refused.status == 422
    assert {(each["pointer"], each["code"]) for each in refused.json["errors"]} == {
        ("/lines/0/services/0/times/0", "bad_clock_time"),
        ("/lines/1/to_port", "unknown_port"),
        ("/exceptions/0/start", "bad_instant"),
        ("/exceptions/0/end", "bad_instant"),
        ("/exceptions/0/line_ids/0", "unknown_line"),
    }
    assert "faulty" not in names(service)


@pytest.mark.parametrize("name", ["Big", "a%20b", "-", "a" * 64])
def test_not_every_word_is_a_name(service: RunningService, name: str) -> None:
    assert service.call("PUT", f"/v1/timetables/{name}", timetable()).status == 400


def test_a_feed_is_stored_as_what_it_says_about_ferries(service: RunningService) -> None:
    path = "/v1/timetables/feed?check_in_seconds=60&currency=EUR"
    assert service.call("PUT", path, feed(), ZIP).status == 201
    read = service.call("GET", "/v1/timetables/feed").json["timetable"]
    (line,) = read["lines"]
    assert read["currency"] == "EUR"
    assert (line["id"], line["crossing_seconds"], line["check_in_seconds"]) == ("r:one-two", 1800, 60)
    assert line["services"] == [{"from": "2026-01-01", "until": "2026-12-31", "times": ["08:00"]}]


def test_a_feed_with_faults_is_refused_with_all_of_them(service: RunningService) -> None:
    refused = service.call("PUT", "/v1/timetables/bad-feed", feed(agency=None, trips=[{"trip_id": "t"}]), ZIP)
    assert refused.status == 422
    assert {(each["pointer"], each["code"]) for each in refused.json["errors"]} >= {
        ("/agency.txt", "gtfs_missing_file"),
        ("/trips.txt/1/route_id", "gtfs_missing_column"),
        ("/trips.txt/1/service_id", "gtfs_missing_column"),
    }


def test_what_is_no_zip_cannot_be_read(service: RunningService) -> None:
    assert service.call("PUT", "/v1/timetables/bad-feed", b"PK, but no more", ZIP).status == 400


def test_a_plan_takes_its_sailings_from_the_timetables_that_it_names(service: RunningService) -> None:
    service.call("PUT", "/v1/timetables/plan", timetable({"times": ["08:00", "09:15"]}))
    resource = service.plan_when(service.submit(request("plan")), ended)
    assert resource["status"] == "succeeded"
    assert sailings_of(resource) == ["out/2026-11-25T09:15", "back/2026-11-25T17:00"]
    assert [(each["name"], each["version"]) for each in resource["timetables"]] == [("plan", 1)]


def test_a_plan_keeps_the_version_that_it_was_accepted_with(service: RunningService) -> None:
    """Whatever becomes of the timetable, the version can be looked at as long as there is the plan."""
    service.call("PUT", "/v1/timetables/kept", timetable({"times": ["08:00"]}))
    plan_id = service.submit(request("kept"))
    for _ in range(12):
        service.call("PUT", "/v1/timetables/kept", timetable({"times": ["10:00"]}))
    assert service.call("GET", "/v1/timetables/kept?version=2").status == 404
    assert service.call("DELETE", "/v1/timetables/kept").status == 204
    resource = service.plan_when(plan_id, ended)
    assert sailings_of(resource)[0] == "out/2026-11-25T08:00"
    (used,) = resource["timetables"]
    looked_up = service.call("GET", f"/v1/timetables/{used['name']}?version={used['version']}").json
    assert looked_up["sha256"] == used["sha256"]
    assert looked_up["timetable"] == timetable({"times": ["08:00"]})
    service.call("DELETE", f"/v1/plans/{plan_id}")
    assert service.call("GET", "/v1/timetables/kept?version=1").status == 404
    assert service.query("select from timetable_version where name = 'kept'") == []


def test_an_unknown_timetable_is_a_fault_beside_all_others(service: RunningService) -> None:
    document = request("nobody") | {"stops": [{"id": "stop", "location": {"lat": 99, "lon": 0}}]}
    refused = service.call("POST", "/v1/plans?validate_only=true", document)
    assert {(each["pointer"], each["code"]) for each in refused.json["errors"]} == {
        ("/timetables/0", "unknown_timetable"),
        ("/stops/0/location/lat", "out_of_range"),
    }


def test_a_check_knows_the_same_timetables(service: RunningService) -> None:
    service.call("PUT", "/v1/timetables/checked", timetable())
    resource = service.plan_when(service.submit(request("checked")), ended)
    answer = service.call("POST", "/v1/checks", {"request": request("checked"), "plan": resource["plan"]})
    assert answer.json == {"violations": []}

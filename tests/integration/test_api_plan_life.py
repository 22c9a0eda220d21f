"""What happens to a plan after it was handed in: told as events, listed, fetched once, erased."""

import gzip
import json
import time
from collections.abc import Iterator

import pytest

from tests.event_stream import events_in, watch
from tests.running_service import RunningService, a_request, ended, has_a_plan

pytestmark = pytest.mark.mostly_waits


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningService]:
    with RunningService(tmp_path_factory.mktemp("selat")) as running:
        running.wait_for_event("worker_ready")
        yield running


# Events.


def test_a_plan_is_watched_from_queued_to_done(service: RunningService) -> None:
    plan_id = service.submit(a_request(stops=80, time_limit=3))
    events = list(watch(service.url, plan_id))
    assert [int(event.id) for event in events] == sorted({int(event.id) for event in events})
    told = [event.data["status"] for event in events if event.name == "status"]
    assert told == ["queued", "running"]
    progress = [event.data for event in events if event.name == "progress"]
    assert progress
    assert all(step.keys() == {"cost", "served", "seconds"} for step in progress)
    assert (events[-1].name, events[-1].data["status"]) == ("done", "succeeded")
    assert [event.name for event in events].count("done") == 1


def test_a_watcher_who_comes_back_is_told_only_what_it_has_missed(service: RunningService) -> None:
    plan_id = service.submit(a_request(stops=80, time_limit=20))
    stream = watch(service.url, plan_id)
    first, second = next(stream), next(stream)
    stream.close()
    service.plan_when(plan_id, has_a_plan)
    service.call("POST", f"/v1/plans/{plan_id}/cancel")
    service.plan_when(plan_id, ended)
    missed = list(watch(service.url, plan_id, {"Last-Event-ID": second.id}))
    everything = list(watch(service.url, plan_id))
    assert everything == [first, second, *missed]
    assert (missed[-1].name, missed[-1].data["status"]) == ("done", "cancelled")


def test_a_watcher_who_has_seen_the_end_is_told_to_stop_asking(service: RunningService) -> None:
    """A browser opens a stream anew whenever it ends; only 204 keeps it from that."""
    plan_id = service.submit(a_request(time_limit=1))
    *_, last = watch(service.url, plan_id)
    assert (
        service.call("GET", f"/v1/plans/{plan_id}/events", headers={"Last-Event-ID": last.id}).status == 204
    )


@pytest.mark.parametrize("seen", ["", "x", "-1", "9" * 40, "1.5"])
def test_a_last_event_that_is_none_of_ours_tells_everything(service: RunningService, seen: str) -> None:
    plan_id = service.submit(a_request(time_limit=1))
    service.plan_when(plan_id, ended)
    answer = service.call("GET", f"/v1/plans/{plan_id}/events", headers={"Last-Event-ID": seen})
    assert events_in(answer.body.decode())[0].data["status"] == "queued"


def test_the_events_of_no_plan_are_not_found(service: RunningService) -> None:
    answer = service.call("GET", "/v1/plans/nobody/events")
    assert (answer.status, answer.headers["Content-Type"]) == (404, "application/problem+json")


@pytest.mark.parametrize("shown", ["Bearer selat_00000000_x", "Basic dXNlcjpwYXNz", "nonsense"])
def test_as_long_as_there_are_no_keys_nobody_is_asked_for_one(service: RunningService, shown: str) -> None:
    assert service.call("GET", "/v1/plans", headers={"Authorization": shown}).status == 200


# Idempotency.


def test_the_same_request_under_the_same_key_is_one_plan(service: RunningService) -> None:
    key = {"Idempotency-Key": "once-and-for-all"}
    first = service.call("POST", "/v1/plans", a_request(time_limit=1), key)
    again = service.call("POST", "/v1/plans", a_request(time_limit=1), {**key, "Prefer": "wait=20"})
    assert first.json["id"] == again.json["id"]
    assert "Idempotent-Replayed" not in first.headers
    assert (again.headers["Idempotent-Replayed"], again.status) == ("true", 200)


def test_another_request_under_the_same_key_is_refused(service: RunningService) -> None:
    key = {"Idempotency-Key": '"quoted"'}
    assert service.call("POST", "/v1/plans", a_request(time_limit=1), key).status == 202
    other = service.call("POST", "/v1/plans", a_request(time_limit=2), key)
    assert (other.status, other.json["type"]) == (422, "urn:problem-type:selat:invalid-request")


def test_validating_uses_no_key_up(service: RunningService) -> None:
    key = {"Idempotency-Key": "tried first"}
    assert service.call("POST", "/v1/plans?validate_only=true", a_request(), key).status == 400
    key = {"Idempotency-Key": "tried-first"}
    assert service.call("POST", "/v1/plans?validate_only=true", a_request(), key).status == 200
    assert service.call("POST", "/v1/plans", a_request(time_limit=1), key).status == 202


# Lists.


def test_a_list_shows_every_plan_once_newest_first_page_by_page(service: RunningService) -> None:
    made = [service.submit(a_request(time_limit=1, name=f"listed {i}")) for i in range(5)]
    shown, token = [], ""
    while token is not None:
        page = service.call("GET", f"/v1/plans?page_size=2&page_token={token}").json
        assert len(page["plans"]) <= 2
        shown += [plan["id"] for plan in page["plans"]]
        token = page["next_page_token"]
    assert shown == sorted(set(shown), reverse=True)
    assert shown[:5] == made[::-1]
    for plan_id in made:
        service.plan_when(plan_id, ended)


def test_a_list_can_be_narrowed_to_a_status(service: RunningService) -> None:
    plan_id = service.submit(a_request(time_limit=1))
    service.plan_when(plan_id, ended)
    done = service.call("GET", "/v1/plans?status=succeeded").json["plans"]
    assert done[0]["id"] == plan_id
    assert {plan["status"] for plan in done} == {"succeeded"}
    assert "plan" not in done[0]


@pytest.mark.parametrize(
    "query", ["status=done", "page_size=0", "page_size=x", "page_token=nonsense", "page_token=%00"]
)
def test_a_list_of_nonsense_is_refused(service: RunningService, query: str) -> None:
    answer = service.call("GET", f"/v1/plans?{query}")
    assert (answer.status, answer.json["type"]) == (400, "urn:problem-type:selat:bad-parameter")


# Fetching once, packed.


def test_a_plan_that_has_not_changed_is_not_sent_again(service: RunningService) -> None:
    plan_id = service.submit(a_request(time_limit=1))
    service.plan_when(plan_id, ended)
    path = f"/v1/plans/{plan_id}"
    tag = service.call("GET", path).headers["ETag"]
    for known in (tag, tag.removeprefix("W/"), f'"old", {tag}', "*"):
        again = service.call("GET", path, headers={"If-None-Match": known})
        assert (again.status, again.body, again.headers["ETag"]) == (304, b"", tag)
    for unknown in ('"old"', "nonsense", ""):
        assert service.call("GET", path, headers={"If-None-Match": unknown}).status == 200


def test_a_tag_of_a_running_plan_is_good_only_until_there_is_a_better_one(service: RunningService) -> None:
    plan_id = service.submit(a_request(stops=80, time_limit=20))
    queued = service.call("GET", f"/v1/plans/{plan_id}").headers["ETag"]
    service.plan_when(plan_id, has_a_plan)
    later = service.call("GET", f"/v1/plans/{plan_id}", headers={"If-None-Match": queued})
    assert (later.status, later.headers["ETag"] != queued) == (200, True)
    service.call("POST", f"/v1/plans/{plan_id}/cancel")
    service.plan_when(plan_id, ended)


def test_what_can_be_got_can_be_asked_for_without_its_body(service: RunningService) -> None:
    plan_id = service.submit(a_request(time_limit=1))
    service.plan_when(plan_id, ended)
    for path in (f"/v1/plans/{plan_id}", "/readyz", "/openapi.json", "/v1/plans/nobody"):
        whole, head = service.call("GET", path), service.call("HEAD", path)
        assert (head.status, head.body) == (whole.status, b"")
        assert head.headers.get("ETag") == whole.headers.get("ETag")


def test_bodies_go_both_ways_packed(service: RunningService) -> None:
    body = gzip.compress(json.dumps(a_request(time_limit=1)).encode())
    headers = {"Content-Encoding": "gzip", "Accept-Encoding": "gzip", "Prefer": "wait=20"}
    answer = service.call("POST", "/v1/plans", body, headers)
    assert (answer.status, answer.headers["Content-Encoding"]) == (200, "gzip")
    assert answer.headers["Vary"] == "Accept, Accept-Encoding"
    assert json.loads(gzip.decompress(answer.body))["plan"]["totals"]["served"] == 6


def test_short_answers_and_those_not_asked_for_are_not_packed(service: RunningService) -> None:
    assert (
        "Content-Encoding" not in service.call("GET", "/livez", headers={"Accept-Encoding": "gzip"}).headers
    )
    assert "Content-Encoding" not in service.call("GET", "/openapi.json").headers


# Erasing.


def test_an_erased_plan_is_gone_with_its_events(service: RunningService) -> None:
    plan_id = service.submit(a_request(time_limit=1))
    service.plan_when(plan_id, ended)
    erased = service.call("DELETE", f"/v1/plans/{plan_id}")
    assert (erased.status, erased.body) == (204, b"")
    for path in (f"/v1/plans/{plan_id}", f"/v1/plans/{plan_id}/events"):
        assert service.call("GET", path).status == 404
    assert service.call("DELETE", f"/v1/plans/{plan_id}").status == 404


def test_erasing_a_running_plan_stops_its_search_and_ends_its_streams(service: RunningService) -> None:
    plan_id = service.submit(a_request(stops=80, time_limit=60))
    service.plan_when(plan_id, has_a_plan)
    stream = watch(service.url, plan_id)
    next(stream)
    assert service.call("DELETE", f"/v1/plans/{plan_id}").status == 204
    assert "done" not in [event.name for event in stream]
    began = time.monotonic()
    answer = service.call("POST", "/v1/plans", a_request(time_limit=1), {"Prefer": "wait=30"})
    assert (answer.status, time.monotonic() - began < 20) == (200, True), "the search went on"


def test_every_answer_tells_browsers_to_keep_their_hands_off(service: RunningService) -> None:
    for path in ("/livez", "/v1/plans/nobody", "/v1/plans", "/nowhere", "/openapi.json", "/metrics"):
        headers = service.call("GET", path).headers
        assert headers["X-Content-Type-Options"] == "nosniff"
        assert headers["Cache-Control"] == "no-store"
        assert headers["Content-Security-Policy"].startswith("default-src 'none'")
        assert headers["Server"] == "selat", "nothing of what it is built from"


def test_none_of_this_was_an_error(service: RunningService) -> None:
    assert service.errors() == []

"""The log says what happened, under the id of the request, and nothing of what callers sent."""

import re
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from router.errors import StoreUnavailable, said_to_operators, trace_without_values
from tests.running_service import Json, RunningService, a_request, ended

MARK = "Xq7"
"""Stands in everything that a caller may not want in a log; nothing of ours has it."""


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningService]:
    with RunningService(tmp_path_factory.mktemp("selat"), SELAT_LOG_LEVEL="debug") as running:
        running.wait_for_event("worker_ready")
        yield running


def marked_request(time_limit: int = 1) -> Json:
    """Return a request with a mark in every text, and with telling numbers."""
    request = a_request(time_limit=time_limit, name=f"{MARK} morning wave")
    for number, stop in enumerate(request["stops"]):
        stop["id"] = f"{MARK}-stop-{number}"
        stop["landmark"] = f"behind the {MARK} mosque"
        stop["location"] = {"lat": -8.654321 - number / 1000, "lon": 115.223456, "island": f"{MARK}-island"}
        stop["cash_on_delivery"] = 918273
        stop["requires"] = [f"{MARK}-skill"]
        stop["load"] = {f"{MARK}-parcels": 1}
    request["depots"][0]["location"]["island"] = f"{MARK}-island"
    for vehicle in request["vehicles"]:
        vehicle.update(
            {"id": f"{MARK}-ibu-sari", "provides": [f"{MARK}-skill"], "capacity": {f"{MARK}-parcels": 60}}
        )
    return request


def test_nothing_of_what_callers_send_is_in_the_log(service: RunningService) -> None:
    """Plans that succeed, are refused, are unreadable, are checked; keys, queries and headers as well."""
    key = {"Authorization": f"Bearer {MARK}-key", "Idempotency-Key": f"{MARK}-1"}
    good = marked_request()
    plan_id = service.submit(good)
    plan = service.plan_when(plan_id, ended)["plan"]
    plan["routes"][0]["steps"][1]["cash"] = 918274.0
    calls: list[tuple[str, str, Json]] = [
        ("POST", "/v1/checks", {"request": good, "plan": plan}),
        ("POST", "/v1/plans", {**good, f"{MARK}-field": MARK}),
        ("POST", "/v1/plans", {**good, "webhook": {"url": f"https://{MARK}:secret@example.com/{MARK}"}}),
        ("POST", "/v1/plans", f'{{"name": "{MARK}", '.encode()),
        ("POST", f"/v1/plans?validate_only={MARK}", good),
        ("GET", f"/v1/plans/{MARK}", None),
        ("GET", f"/v1/plans?page_token={MARK}", None),
        ("GET", f"/{MARK}?q={MARK}", None),
    ]
    for method, path, body in calls:
        assert service.call(method, path, body, {"X-Request-Id": "ours"}).status < 500
        assert service.call(method, path, body, {"X-Request-Id": f"{MARK} {MARK}", **key}).status < 500
    written = "\n".join(map(str, service.log))
    assert "request_answered" in written, "it does log"
    for secret in (MARK, "918273", "918274", "8.654321", "115.223456", "mosque", "secret"):
        assert secret not in written, re.findall(rf".{{100}}{secret}.{{40}}", written)[:3]


def test_a_request_is_found_in_the_log_by_the_id_that_its_caller_knows(service: RunningService) -> None:
    refused = service.call("POST", "/v1/plans", b"{", {"X-Request-Id": "order-7-again"})
    assert refused.headers["X-Request-Id"] == refused.json["request_id"] == "order-7-again"
    unnamed = service.call("GET", "/v1/plans/nobody")
    assert unnamed.json["request_id"] == unnamed.headers["X-Request-Id"]
    deadline = time.monotonic() + 10  # the log is read by a thread of its own
    while not (lines := [line for line in service.log if line.get("request_id") == "order-7-again"]):
        assert time.monotonic() < deadline, "the request is in the log"
        time.sleep(0.02)
    assert [(line["event"], line["route"], line["status"]) for line in lines] == [
        ("request_answered", "/v1/plans", 400)
    ]


def test_an_exception_is_logged_without_what_it_quotes() -> None:
    stops = {"known": 1}

    def look_up(name: str) -> int:
        try:
            return stops[name]
        except KeyError as error:
            raise ValueError(f"no stop {name}") from error

    with pytest.raises(ValueError, match=MARK) as caught:
        look_up(f"{MARK}-stop")
    told = trace_without_values(caught.value)
    assert MARK not in told
    assert "builtins.KeyError\nthen\n" in told
    assert told.endswith("builtins.ValueError")
    assert Path(__file__).name in told
    assert said_to_operators(caught.value) == "ValueError"
    assert said_to_operators(StoreUnavailable("the disk is full")) == "the disk is full"

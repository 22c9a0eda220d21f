"""Webhooks: told once a plan has ended, signed, again where they were not received, and nowhere they must not be."""

import base64
import hashlib
import hmac
import ipaddress
import json
import os
import queue
import signal
import socket
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.receiving import Received, Receiver
from tests.running_service import Json, RunningService, a_request, ended

SECONDS = 30.0


def open_service(data_directory: Path, retry_seconds: str = "[0.1, 0.1]") -> RunningService:
    """Start a service that calls receivers on loopback, and calls them again soon."""
    return RunningService(
        data_directory,
        SELAT_WEBHOOK_HTTP="true",
        SELAT_WEBHOOK_PRIVATE_ADDRESSES="true",
        SELAT_WEBHOOK_RETRY_SECONDS=retry_seconds,
    )


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningService]:
    with open_service(tmp_path_factory.mktemp("selat")) as running:
        running.wait_for_event("worker_ready")
        yield running
        assert running.errors() == []


def telling(url: str, **change: Json) -> Json:
    return {**a_request(time_limit=1), "webhook": {"url": url}, **change}


def assert_signed(call: Received, secret: bytes) -> None:
    """Do what a receiver would do (standardwebhooks.com)."""
    signed = f"{call.headers['webhook-id']}.{call.headers['webhook-timestamp']}.".encode() + call.body
    version, _, said = call.headers["webhook-signature"].partition(",")
    assert version == "v1"
    assert base64.b64decode(said) == hmac.digest(secret, signed, hashlib.sha256)


def secret_of(service: RunningService) -> bytes:
    [row] = service.query("select webhook_secret from tenant where id = 'local'")
    return bytes(row["webhook_secret"])


def test_the_end_of_a_plan_is_told_signed(service: RunningService) -> None:
    with Receiver().listening() as receiver:
        plan_id = service.submit(telling(receiver.url))
        call = receiver.calls.get(timeout=SECONDS)
    assert call.path == "/hook"
    assert json.loads(call.body)["data"] == {"id": plan_id, "status": "succeeded"}
    assert_signed(call, secret_of(service))


def test_a_cancelled_plan_is_told_as_well(service: RunningService) -> None:
    with Receiver().listening() as receiver:
        plan_id = service.submit(telling(receiver.url, options={"time_limit_seconds": 60}))
        service.call("POST", f"/v1/plans/{plan_id}/cancel")
        call = receiver.calls.get(timeout=SECONDS)
    assert json.loads(call.body)["type"] == "plan.cancelled"


def test_what_is_not_received_is_told_again_under_the_same_id(service: RunningService) -> None:
    with Receiver(500, 429, 204).listening() as receiver:
        service.submit(telling(receiver.url))
        calls = [receiver.calls.get(timeout=SECONDS) for _ in range(3)]
        assert [call.headers["webhook-id"] for call in calls] == [calls[0].headers["webhook-id"]] * 3
        assert {call.body for call in calls} == {calls[0].body}
        wait_for_reception(service, "received")
        with pytest.raises(queue.Empty):
            receiver.calls.get(timeout=1)
    for call in calls:
        assert_signed(call, secret_of(service))


def test_after_the_last_attempt_it_is_given_up(service: RunningService) -> None:
    with Receiver(500).listening() as receiver:
        plan_id = service.submit(telling(receiver.url))
        for _ in range(3):
            receiver.calls.get(timeout=SECONDS)
        with pytest.raises(queue.Empty):
            receiver.calls.get(timeout=1)
    [row] = service.query("select due_at, failure from webhook_delivery where plan_id = $1", plan_id)
    assert (row["due_at"], row["failure"]) == (None, "status 500")


def test_whoever_is_gone_is_not_told_again(service: RunningService) -> None:
    with Receiver(410).listening() as receiver:
        service.submit(telling(receiver.url))
        receiver.calls.get(timeout=SECONDS)
        wait_for_reception(service, "refused")
        with pytest.raises(queue.Empty):
            receiver.calls.get(timeout=1)


def test_a_redirect_is_not_followed(service: RunningService) -> None:
    """Else a host of the public internet could send us on into our own network."""
    with Receiver().listening() as inside, Receiver(302, location=inside.url).listening() as outside:
        service.submit(telling(outside.url))
        outside.calls.get(timeout=SECONDS)
        outside.calls.get(timeout=SECONDS)
        assert inside.calls.empty()


def test_a_message_outlives_the_death_of_everything(tmp_path: Path) -> None:
    """The plan has ended, nobody listens, and everything is killed: the message comes after the new start."""
    patient = "[1, 1, 1, 1, 1, 1, 1, 1, 1, 1]"
    receiver = Receiver()
    with receiver.listening():
        url = receiver.url
    service = open_service(tmp_path, patient)
    plan_id = service.submit(telling(url))
    service.plan_when(plan_id, ended)
    wait_for_reception(service, "failed")
    service.kill_everything()
    with Receiver().listening() as listening, open_service(tmp_path, patient) as again:
        again.query("update plan set webhook_url = $1 where id = $2", listening.url, plan_id)
        call = listening.calls.get(timeout=60)
        assert json.loads(call.body)["data"]["id"] == plan_id


def test_a_worker_that_dies_with_a_message_in_hand_loses_none(service: RunningService) -> None:
    """Killed the moment the receiver has it: another worker tells it again, under the same id."""
    with Receiver(500, 204).listening() as receiver:
        service.submit(telling(receiver.url))
        first = receiver.calls.get(timeout=SECONDS)
        [worker] = [line["pid"] for line in service.log if line["event"] == "worker_started"][-1:]
        os.kill(worker, signal.SIGKILL)
        second = receiver.calls.get(timeout=120)
    assert second.headers["webhook-id"] == first.headers["webhook-id"]


# What must not be called.


@pytest.fixture(scope="module")
def strict(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningService]:
    """A service as it comes: https on the public internet only. It stays ready whatever it is asked."""
    with RunningService(tmp_path_factory.mktemp("strict")) as running:
        running.wait_for_event("worker_ready")
        yield running
        assert running.call("GET", "/readyz").status == 200
        assert running.errors() == []


@pytest.mark.parametrize(
    "url",
    [
        "http://127.0.0.1:9/",
        "http://example.com/",
        "https://127.0.0.1:9/",
        "https://169.254.169.254/latest/meta-data/",
        "https://localhost/",
        "https://[::ffff:10.0.0.1]/",
        "https://127.1/",
        "https://0x7f000001/",
        "https://user:password@example.com/",
    ],
)
def test_an_address_of_our_own_network_is_refused_with_the_request(strict: RunningService, url: str) -> None:
    for query in ("", "?validate_only=true"):
        answer = strict.call("POST", f"/v1/plans{query}", telling(url))
        assert answer.status == 422
        assert [(fault["pointer"], fault["code"]) for fault in answer.json["errors"]] == [
            ("/webhook/url", "webhook_not_allowed")
        ]


def test_a_webhook_is_refused_together_with_everything_else_that_is_wrong(strict: RunningService) -> None:
    answer = strict.call("POST", "/v1/plans", telling("https://10.0.0.1/", currency="rupiah"))
    assert {fault["pointer"] for fault in answer.json["errors"]} == {"/webhook/url", "/currency"}


def a_name_of_this_machine() -> str:
    """Return a name that says nothing of where it leads, and leads to loopback."""
    name = socket.gethostname()
    try:
        inside = ipaddress.ip_address(socket.gethostbyname(name)).is_loopback
    except OSError:
        inside = False
    if not inside or name == "localhost":
        pytest.skip(f"the name of this machine, {name}, does not lead to loopback")
    return name


def test_a_name_that_leads_into_our_own_network_is_refused_with_the_request(strict: RunningService) -> None:
    answer = strict.call("POST", "/v1/plans", telling(f"https://{a_name_of_this_machine()}/"))
    assert [fault["code"] for fault in answer.json["errors"]] == ["webhook_not_allowed"]


def test_an_address_that_turns_out_to_be_inside_is_not_called_when_the_plan_ends(
    strict: RunningService,
) -> None:
    """As where a name server shows one address to the check and another to the call."""
    with Receiver().listening() as receiver:
        plan_id = strict.submit(telling("https://nowhere.invalid/", options={"time_limit_seconds": 60}))
        inside = f"https://127.1:{receiver.port}/"
        strict.query("update plan set webhook_url = $1 where id = $2", inside, plan_id)
        strict.call("POST", f"/v1/plans/{plan_id}/cancel")
        wait_for_reception(strict, "refused")
        assert receiver.calls.empty()
    [row] = strict.query("select failure from webhook_delivery where plan_id = $1", plan_id)
    assert row["failure"] == "its address is none of the public internet"


def wait_for_reception(service: RunningService, reception: str) -> None:
    """Wait until a webhook was called with this outcome."""
    while service.wait_for_event("webhook_attempted")["reception"] != reception:
        pass

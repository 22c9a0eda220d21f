"""Messages are signed as Standard Webhooks has it, and tell nothing but which plan ended how."""

import base64
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from ipaddress import ip_address

import orjson
import pytest

from router.adapters.webhooks.addresses import Addresses, AddressForbidden, PinnedResolver
from router.adapters.webhooks.sender import HttpWebhookSender, signature
from router.domain.records import Delivery, PlanStatus
from router.domain.tenants import LOCAL
from router.domain.webhooks import Reception, WebhookRules
from router.wire import shapes
from router.wire.webhook_message import webhook_message_bytes

NEWS = Delivery(
    id="msg_1",
    token="t",  # noqa: S106
    tenant_id=LOCAL,
    plan_id="01J",
    status=PlanStatus.SUCCEEDED,
    finished_at=datetime(2026, 11, 25, 14, 0, tzinfo=timezone(timedelta(hours=8))),
    url="https://example.com/hook",
    secret=b"secret",
    attempt=1,
)


def test_a_message_is_signed_like_the_example_of_the_specification() -> None:
    secret = base64.b64decode("MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw")
    signed = signature(secret, "msg_p5jXN8AQM9LWM0D4loKWxJek", 1614265330, b'{"test": 2432232314}')
    assert signed == "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="


def test_a_message_says_which_plan_ended_how_and_when() -> None:
    message = orjson.loads(webhook_message_bytes(NEWS))
    assert message == {
        "type": "plan.succeeded",
        "timestamp": "2026-11-25T06:00:00+00:00",
        "data": {"id": "01J", "status": "succeeded"},
    }
    shapes.WebhookMessage.model_validate(message)


def test_every_attempt_says_the_same() -> None:
    again = replace(NEWS, attempt=4, token="u")  # noqa: S106
    assert webhook_message_bytes(again) == webhook_message_bytes(NEWS)


async def test_a_host_of_the_own_network_is_refused_before_and_at_the_call() -> None:
    """The name alone tells nothing: it is where the name leads to that counts."""
    sender = HttpWebhookSender(WebhookRules())
    for url in ("https://127.1/", "https://2130706433/", "https://0x7f.1/", "https://127.0.0.1/"):
        assert await sender.objection(url) is not None
        result = await sender.send(replace(NEWS, url=url))
        assert result.reception is Reception.REFUSED


async def test_a_name_that_nobody_knows_is_no_objection_but_a_failure_later() -> None:
    sender = HttpWebhookSender(WebhookRules())
    assert await sender.objection("https://nowhere.invalid/") is None
    assert (await sender.send(replace(NEWS, url="https://nowhere.invalid/"))).reception is Reception.FAILED


async def test_a_host_with_one_forbidden_address_is_not_called_at_the_others_either() -> None:
    addresses = Addresses(WebhookRules(private_addresses=True))
    found = await addresses.of("127.0.0.1", 443)
    assert [ip_address(each["host"]).is_loopback for each in found] == [True]
    with pytest.raises(AddressForbidden):
        await Addresses(WebhookRules()).of("127.0.0.1", 443)


async def test_a_pinned_name_is_never_looked_up_again() -> None:
    """Whatever name is asked for: the answer is what was found out, and allowed, before."""
    found = await Addresses(WebhookRules(private_addresses=True)).of("127.0.0.1", 443)
    assert await PinnedResolver(found).resolve("rebinding.example", 443) == list(found)


def test_the_moments_of_messages_are_told_in_utc() -> None:
    utc = replace(NEWS, finished_at=NEWS.finished_at.astimezone(UTC))
    assert webhook_message_bytes(utc) == webhook_message_bytes(NEWS)

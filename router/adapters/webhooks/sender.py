"""Tells webhooks that plans have ended, as Standard Webhooks has it: https://www.standardwebhooks.com."""

import asyncio
import base64
import hashlib
import hmac
import time
from urllib.parse import urlsplit

import aiohttp

import router
from router.adapters.webhooks.addresses import Addresses, AddressForbidden, PinnedResolver
from router.domain.records import Delivery
from router.domain.webhooks import Reception, SendResult, WebhookRules
from router.wire.webhook_message import webhook_message_bytes

SEND_SECONDS = 15.0
"""How long a receiver may take to answer, from looking its name up on."""

LOOK_UP_SECONDS = 2.0
"""How long the host of a new request is looked up. What is not found out by then shows when it is called."""

GONE = 410
DEFAULT_PORTS = {"https": 443, "http": 80}


class HttpWebhookSender:
    """A ``WebhookSender`` over HTTP. Redirects are not followed, and answers are not read beyond their status."""

    def __init__(self, rules: WebhookRules) -> None:
        """Call what the rules allow."""
        self._rules = rules
        self._addresses = Addresses(rules)

    async def objection(self, url: str) -> str | None:
        """Return why this address will not be called; see the port."""
        objection = self._rules.objection(url)
        if objection is not None:
            return objection
        try:
            async with asyncio.timeout(LOOK_UP_SECONDS):
                await self._addresses.of(*_host_and_port(url))
        except AddressForbidden:
            return "its address is none of the public internet"
        except OSError:  # TimeoutError is one: whether the name exists shows when it is called
            return None
        return None

    async def send(self, delivery: Delivery) -> SendResult:
        """Send the message once; see the port."""
        objection = self._rules.objection(delivery.url)
        if objection is not None:
            return SendResult(Reception.REFUSED, objection)
        try:
            async with asyncio.timeout(SEND_SECONDS):
                status = await self._post(delivery)
        except AddressForbidden:
            return SendResult(Reception.REFUSED, "its address is none of the public internet")
        except (aiohttp.ClientError, OSError) as error:
            return SendResult(Reception.FAILED, type(error).__name__)
        return _result_of(status)

    async def _post(self, delivery: Delivery) -> int:
        """Return the status that the receiver answers with.

        The host is looked up once and the connection made to what was found and allowed, so that a name server
        cannot show one address to the check and another to the call.
        """
        addresses = await self._addresses.of(*_host_and_port(delivery.url))
        connector = aiohttp.TCPConnector(
            resolver=PinnedResolver(addresses), use_dns_cache=False, force_close=True
        )
        body = webhook_message_bytes(delivery)
        async with (
            aiohttp.ClientSession(connector=connector, cookie_jar=aiohttp.DummyCookieJar()) as session,
            session.post(
                delivery.url, data=body, headers=_headers(delivery, body), allow_redirects=False
            ) as answer,
        ):
            return answer.status


def signature(secret: bytes, message_id: str, timestamp: int, body: bytes) -> str:
    """Return the ``webhook-signature`` of a message: HMAC-SHA256 of id, moment and body under the secret."""
    signed = b"%s.%d.%s" % (message_id.encode(), timestamp, body)
    return "v1," + base64.b64encode(hmac.digest(secret, signed, hashlib.sha256)).decode()


def _headers(delivery: Delivery, body: bytes) -> dict[str, str]:
    timestamp = int(time.time())
    return {
        "Content-Type": "application/json",
        "User-Agent": f"selat/{router.__version__}",
        "webhook-id": delivery.id,
        "webhook-timestamp": str(timestamp),
        "webhook-signature": signature(delivery.secret, delivery.id, timestamp, body),
    }


def _host_and_port(url: str) -> tuple[str, int]:
    parts = urlsplit(url)
    return parts.hostname or "", parts.port or DEFAULT_PORTS[parts.scheme]


def _result_of(status: int) -> SendResult:
    if status // 100 == 2:
        return SendResult(Reception.RECEIVED, f"status {status}")
    return SendResult(Reception.REFUSED if status == GONE else Reception.FAILED, f"status {status}")

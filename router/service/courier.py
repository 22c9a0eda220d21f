"""Tells webhooks that plans have ended: once they are received, later where they are not, and at last no more."""

import asyncio
import random
from collections.abc import Sequence
from dataclasses import dataclass

import structlog

from router.domain.records import Delivery
from router.domain.webhooks import Reception, SendResult
from router.errors import StoreUnavailable
from router.ports import Observer, Outbox, WebhookSender

COURIERS = 4
"""How many messages are under way at once in one process: a slow receiver holds up one of them."""

SECONDS_BETWEEN_LOOKS = 5.0
SECONDS_AFTER_TROUBLE = 1.0
JITTER = 0.1


@dataclass(frozen=True, slots=True, kw_only=True)
class PostOffice:
    """Everything that couriers work with; ``bootstrap`` sets it up.

    Attributes:
        retry_seconds: How long to wait after each attempt that failed; after as many, and one more, it is given up.
    """

    outbox: Outbox
    sender: WebhookSender
    observer: Observer
    retry_seconds: Sequence[float]


async def deliver_news(office: PostOffice, shutdown: asyncio.Event) -> None:
    """Deliver what is in the outbox, and what comes into it, until ``shutdown``.

    What is under way then is taken up again by another courier: receivers may be told twice, never not at all.
    """
    couriers = [asyncio.create_task(_courier(office), name=f"courier {n}") for n in range(COURIERS)]
    try:
        await shutdown.wait()
    finally:
        for each in couriers:
            each.cancel()
        await asyncio.gather(*couriers, return_exceptions=True)


async def _courier(office: PostOffice) -> None:
    log = structlog.get_logger(__name__)
    while True:
        try:
            delivery = await office.outbox.claim()
            if delivery is None:
                await office.outbox.wait_for_news(SECONDS_BETWEEN_LOOKS)
            else:
                await deliver(delivery, office)
        except StoreUnavailable as error:
            log.warning("outbox_unavailable", error=str(error))
            await asyncio.sleep(SECONDS_AFTER_TROUBLE)
        except Exception:
            log.exception("courier_broke")
            await asyncio.sleep(SECONDS_AFTER_TROUBLE)


async def deliver(delivery: Delivery, office: PostOffice) -> None:
    """Make one attempt and write down what became of it.

    Raises:
        StoreUnavailable: it could not be written down, so the attempt will be made again.
    """
    result = await office.sender.send(delivery)
    office.observer.webhook_attempted(result.reception)
    structlog.get_logger(__name__).info(
        "webhook_attempted",
        plan_id=delivery.plan_id,
        attempt=delivery.attempt,
        reception=result.reception,
        reason=result.reason,
    )
    await _write_down(delivery, result, office)


async def _write_down(delivery: Delivery, result: SendResult, office: PostOffice) -> None:
    if result.reception is Reception.RECEIVED:
        await office.outbox.delivered(delivery)
    elif result.reception is Reception.REFUSED or delivery.attempt > len(office.retry_seconds):
        await office.outbox.give_up(delivery, result.reason)
    else:
        pause = office.retry_seconds[delivery.attempt - 1] * random.uniform(1 - JITTER, 1 + JITTER)  # noqa: S311
        await office.outbox.put_off(delivery, pause)

"""What a webhook is told: which plan ended how, and nothing that should not lie around in somebody's log."""

from datetime import UTC

import orjson

from router.domain.records import Delivery


def webhook_message_bytes(delivery: Delivery) -> bytes:
    """Return the message as JSON, the same for every attempt."""
    moment = delivery.finished_at.astimezone(UTC).isoformat(timespec="seconds")
    return orjson.dumps(
        {
            "type": f"plan.{delivery.status}",
            "timestamp": moment,
            "data": {"id": delivery.plan_id, "status": delivery.status},
        }
    )

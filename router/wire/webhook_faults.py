"""The webhook of a request: may its address be called at all?"""

from router.domain.webhooks import WebhookRules
from router.errors import Fault
from router.wire.document import Json, matches, shown
from router.wire.faults import FaultCode, fault

AT = ("webhook", "url")


def webhook_faults(request: Json, rules: WebhookRules) -> list[Fault]:
    """Return a fault where the URL cannot be called, as far as its text tells."""
    return [
        webhook_fault(f"{shown(url)}: {objection}")
        for _, url in matches(request, "/webhook/url")
        if isinstance(url, str) and url and (objection := rules.objection(url)) is not None
    ]


def webhook_fault(detail: str) -> Fault:
    """Return the fault of a webhook that will not be called."""
    return fault(AT, FaultCode.WEBHOOK_NOT_ALLOWED, detail)

"""The opaque word that says where a list goes on: the position of the last plan shown."""

import base64
import binascii
from datetime import UTC, datetime, timedelta

from router.errors import BadPageToken

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
MICROSECOND = timedelta(microseconds=1)


def page_token(created_at: datetime, plan_id: str) -> str:
    """Return the word for the position after this plan."""
    position = f"{(created_at - EPOCH) // MICROSECOND} {plan_id}"
    return base64.urlsafe_b64encode(position.encode()).decode().rstrip("=")


def position_of(token: str) -> tuple[datetime, str]:
    """Return when the last plan shown was made, and its id.

    Raises:
        BadPageToken: it is no word of ours.
    """
    try:
        padded = token.encode("ascii") + b"=" * (-len(token) % 4)
        moment, _, plan_id = base64.b64decode(padded, altchars=b"-_", validate=True).decode().partition(" ")
        created_at = EPOCH + int(moment) * MICROSECOND
    except (binascii.Error, ValueError, OverflowError) as error:
        raise BadPageToken("page_token is none of ours: take next_page_token of the page before") from error
    if not plan_id or "\0" in plan_id:
        raise BadPageToken("page_token is none of ours: take next_page_token of the page before")
    return created_at, plan_id

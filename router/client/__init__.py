"""A client of the service for Python programs: ``Client`` waits, ``AsyncClient`` is for asyncio.

It speaks HTTP and knows nothing of the inside of the service: this package imports no other room of the router.
"""

from router.client.asynchronous import AsyncClient
from router.client.blocking import Client
from router.client.errors import (
    ClientError,
    Conflict,
    Invalid,
    NoAnswer,
    NotAllowed,
    NotAuthenticated,
    NotFound,
    NotSolved,
    Overloaded,
    Refused,
    TookTooLong,
)
from router.client.retrying import Retries
from router.client.shapes import (
    Booking,
    Event,
    Fault,
    PlanResource,
    PlanSummary,
    StoredTimetable,
    TimetableResource,
    TimetableSummary,
    Validation,
    Violation,
    Warned,
)

__all__ = [
    "AsyncClient",
    "Booking",
    "Client",
    "ClientError",
    "Conflict",
    "Event",
    "Fault",
    "Invalid",
    "NoAnswer",
    "NotAllowed",
    "NotAuthenticated",
    "NotFound",
    "NotSolved",
    "Overloaded",
    "PlanResource",
    "PlanSummary",
    "Refused",
    "Retries",
    "StoredTimetable",
    "TimetableResource",
    "TimetableSummary",
    "TookTooLong",
    "Validation",
    "Violation",
    "Warned",
]

"""Who uses the service: tenants, what their keys may do, and how much work they may ask for."""

import re
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import NewType

from router.errors import DomainError

TenantId = NewType("TenantId", str)

LOCAL = TenantId("local")
"""The tenant of everybody, as long as there are no keys."""

HEARTBEAT = TenantId("selat-heartbeat")
"""The tenant of the plans that the service hands in to see whether it works. Nobody else's: it has no keys."""

TENANT_ID = re.compile(r"[a-z0-9][a-z0-9_-]{0,62}")


class Scope(StrEnum):
    """What a key may be used for."""

    PLANS_READ = "plans:read"
    PLANS_WRITE = "plans:write"
    CHECKS = "checks"
    TIMETABLES = "timetables"


ALL_SCOPES = frozenset(Scope)


@dataclass(frozen=True, slots=True, kw_only=True)
class Caller:
    """Somebody who was let in."""

    tenant_id: TenantId
    scopes: frozenset[Scope] = ALL_SCOPES


@dataclass(frozen=True, slots=True, kw_only=True)
class Quota:
    """How much work a tenant may hand in: so many stops x seconds of time limit in each period.

    Periods follow each other without a gap since 1970-01-01T00:00:00Z.
    """

    stop_seconds: int
    period_seconds: int

    def __post_init__(self) -> None:
        if self.stop_seconds < 1 or self.period_seconds < 1:
            raise DomainError("a quota and its period are at least 1")


@dataclass(frozen=True, slots=True, kw_only=True)
class Usage:
    """How much of a quota is left, as ``RateLimit`` headers tell it.

    Attributes:
        limit: Stops x seconds per period.
        remaining: What is left of it in this period.
        reset_seconds: Until the next period begins.
        period_seconds: How long a period is.
    """

    limit: int
    remaining: int
    reset_seconds: int
    period_seconds: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Tenant:
    """A company, or a part of one, whose plans nobody else sees.

    Attributes:
        weight: Its share where tenants compete for workers: 2 gets twice as much as 1.
        max_running: How many of its plans are solved at the same time at most; ``None`` means no cap.
        quota: ``None`` means that it may hand in as much as it likes.
    """

    id: TenantId
    weight: float = 1.0
    max_running: int | None = None
    quota: Quota | None = None

    def __post_init__(self) -> None:
        if not TENANT_ID.fullmatch(self.id):
            raise DomainError(
                f"{self.id!r} cannot be the name of a tenant: lower-case letters, digits, - and _ only, 63 at most"
            )
        if self.id == HEARTBEAT:
            raise DomainError(f"{self.id!r} is the name of a tenant of the service's own: take another")
        if self.weight <= 0 or (self.max_running is not None and self.max_running < 1):
            raise DomainError(f"tenant {self.id}: weight and max_running must be above zero")


@dataclass(frozen=True, slots=True, kw_only=True)
class ApiKey:
    """What is kept of a key; the key itself is not.

    Attributes:
        id: The part of the key by which people tell it from others.
        label: What it is for, in the words of whoever made it.
        revoked_at: Since when it lets nobody in.
    """

    id: str
    tenant_id: TenantId
    scopes: frozenset[Scope]
    label: str
    created_at: datetime
    revoked_at: datetime | None = None

"""API keys: made here, kept only as their SHA-256.

A key has 256 random bits, so that a plain hash is enough: there is nothing to guess.
"""

import hashlib
import secrets
from dataclasses import dataclass

from router.domain.tenants import ApiKey, Scope, TenantId
from router.ports import Clock

PREFIX = "selat"
"""By it a key that leaked is recognized for what it is."""

ID_BYTES, SECRET_BYTES = 4, 32


@dataclass(frozen=True, slots=True, kw_only=True)
class NewKey:
    """A key that has just been made: the only moment at which it can be seen."""

    secret: str
    record: ApiKey
    digest: bytes


def new_key(tenant_id: TenantId, scopes: frozenset[Scope], label: str, clock: Clock) -> NewKey:
    """Make a key: ``selat_<id>_<secret>``."""
    key_id = secrets.token_hex(ID_BYTES)
    secret = f"{PREFIX}_{key_id}_{secrets.token_urlsafe(SECRET_BYTES)}"
    record = ApiKey(id=key_id, tenant_id=tenant_id, scopes=scopes, label=label, created_at=clock.now())
    return NewKey(secret=secret, record=record, digest=digest_of(secret))


def digest_of(key: str) -> bytes:
    """Return by what a key is known; words that nobody could have been given are digested too."""
    return hashlib.sha256(key.encode("utf-8", "surrogatepass")).digest()

"""Who may come in: keys by their SHA-256, in PostgreSQL."""

import time
from contextlib import ExitStack
from types import TracebackType
from typing import Self

from router.adapters.postgres.database import EVERY_TENANT, Database
from router.adapters.postgres.statements import statement
from router.domain.tenants import LOCAL, Caller, Scope, TenantId
from router.service.keys import digest_of

REMEMBER_SECONDS = 10.0
"""For how long a key stays good that was revoked while notifications were lost; else it ends at once."""


class PostgresKeyRing:
    """A ``KeyRing`` that remembers good keys for some seconds; use it as ``with``."""

    def __init__(self, database: Database, *, open_house: bool) -> None:
        """Use an open database.

        Args:
            database: Where the keys are.
            open_house: Whether to let everybody in as long as no key has ever been made.
        """
        self._database = database
        self._open_house = open_house
        self._known: dict[bytes, Caller] = {}
        self._good_until = 0.0
        self._exit = ExitStack()

    def __enter__(self) -> Self:
        """Begin to listen for changes."""
        self._changed = self._exit.enter_context(self._database.feed.subscribe("keys"))
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Listen no more."""
        self._exit.close()

    async def authenticate(self, key: str | None) -> Caller | None:
        """Return whose key this is; see the port."""
        self._forget_when_changed()
        digest = b"" if key is None else digest_of(key)
        if digest in self._known:
            return self._known[digest]
        caller = await (self._find(digest) if key is not None else self._anybody())
        if caller is not None and not self._changed.is_set():
            self._known[digest] = caller
        return caller

    def _forget_when_changed(self) -> None:
        if self._changed.is_set() or time.monotonic() > self._good_until:
            self._changed.clear()
            self._known = {}
            self._good_until = time.monotonic() + REMEMBER_SECONDS

    async def _find(self, digest: bytes) -> Caller | None:
        row = await self._database.row(EVERY_TENANT, statement("find_key"), digest)
        if row is None:
            return None
        scopes = frozenset(scope for scope in Scope if scope in row["scopes"])
        return Caller(tenant_id=TenantId(row["tenant"]), scopes=scopes)

    async def _anybody(self) -> Caller | None:
        if not self._open_house:
            return None
        row = await self._database.row(EVERY_TENANT, statement("any_key"))
        return None if row is None or row[0] else Caller(tenant_id=LOCAL)

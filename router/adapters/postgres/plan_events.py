"""What happens to plans, for many watchers at once: those who wait for the same news share one look at the database."""

import asyncio
from collections.abc import AsyncGenerator, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

import asyncpg

from router.adapters.postgres.database import Database
from router.adapters.postgres.plan_feed import set_within
from router.adapters.postgres.statements import statement
from router.domain.records import EventKind, PlanEvent
from router.domain.tenants import TenantId
from router.errors import PlanNotFound


@dataclass(frozen=True, slots=True)
class _Found:
    """The events after some event, and whether they are the last."""

    events: tuple[PlanEvent, ...]
    ended: bool


@dataclass(frozen=True, slots=True)
class _Look:
    """A look at the events of a plan: what had been heard of the plan before, and when it was."""

    heard: int
    began: float
    finding: "asyncio.Task[_Found]"


@dataclass(slots=True)
class _Watched:
    """A plan that is followed: by how many, and what they have looked for."""

    watchers: int = 0
    looks: dict[tuple[TenantId, int], _Look] = field(default_factory=dict)


class PlanEvents:
    """Follows plans. However many follow one plan from one event on, each change costs one statement."""

    def __init__(self, database: Database, look_again_seconds: float) -> None:
        """Use an open database; ``look_again_seconds`` bounds how late a lost notification is made up for."""
        self._database = database
        self._look_again_seconds = look_again_seconds
        self._plans: dict[str, _Watched] = {}

    async def follow(self, tenant_id: TenantId, plan_id: str, after: int) -> AsyncGenerator[PlanEvent, None]:
        """Yield the events after one until the last; see ``PlanStore.events``."""
        with self._watching(plan_id) as changed:
            while True:
                changed.clear()
                found = await self._look(tenant_id, plan_id, after)
                for event in found.events:
                    after = event.seq
                    yield event
                if found.ended:
                    return
                await set_within(self._look_again_seconds, changed)

    @contextmanager
    def _watching(self, plan_id: str) -> Iterator[asyncio.Event]:
        watched = self._plans.setdefault(plan_id, _Watched())
        watched.watchers += 1
        try:
            with self._database.feed.subscribe(plan_id) as changed:
                yield changed
        finally:
            watched.watchers -= 1
            if watched.watchers == 0:
                del self._plans[plan_id]

    async def _look(self, tenant_id: TenantId, plan_id: str, after: int) -> _Found:
        """Return what there is, from a look that began after the last news of the plan were heard."""
        heard, now = self._database.feed.heard(plan_id), asyncio.get_running_loop().time()
        looks = self._plans[plan_id].looks
        look = looks.get((tenant_id, after))
        if look is None or look.heard != heard or look.began + self._look_again_seconds <= now:
            for old in [key for key, look in looks.items() if look.heard != heard]:
                del looks[old]
            finding = asyncio.ensure_future(self._find(tenant_id, plan_id, after))
            finding.add_done_callback(_retrieve)
            look = looks[tenant_id, after] = _Look(heard, now, finding)
        return await asyncio.shield(look.finding)  # a watcher who goes does not take it from the others

    async def _find(self, tenant_id: TenantId, plan_id: str, after: int) -> _Found:
        try:
            rows = await self._database.rows(tenant_id, statement("events_after"), tenant_id, plan_id, after)
        except asyncpg.DataError:  # no text that the database could hold, such as one with a NUL in it
            rows = []
        if not rows:
            raise PlanNotFound(f"there is no plan {plan_id!r}")
        events = tuple(
            PlanEvent(seq=row["seq"], kind=EventKind(row["kind"]), data=row["data"].encode())
            for row in rows
            if row["seq"] is not None
        )
        return _Found(events, ended=rows[0]["ended"])


def _retrieve(finding: "asyncio.Task[_Found]") -> None:
    """Keep a failure from being complained about where every watcher has gone meanwhile."""
    if not finding.cancelled():
        finding.exception()

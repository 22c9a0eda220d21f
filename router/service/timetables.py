"""Timetables: keep one, give one back, and find those that a request names."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum, auto
from functools import partial

from router.domain.stored_timetables import (
    TIMETABLE_NAME,
    FeedDefaults,
    KeptTimetable,
    TimetableRecord,
    TimetableSummary,
    TimetableUse,
)
from router.domain.tenants import TenantId
from router.errors import InvalidRequest, RequestTooLarge, TimetableNotFound
from router.ports import TimetableStore
from router.service.intake import Intake
from router.service.workshop import Workshop
from router.wire import shapes
from router.wire.document import parse
from router.wire.faults import RequestWarning
from router.wire.request import Resolved, resolve_plan_request
from router.wire.resource import warnings_bytes
from router.wire.timetable_merging import names_of
from router.wire.timetable_network import network_bytes, to_network
from router.wire.timetable_reading import read_timetable
from router.wire.timetable_relevance import ports_at_sea


class TimetableFormat(Enum):
    """How a timetable comes in."""

    OURS = auto()
    FEED = auto()


@dataclass(frozen=True, slots=True, kw_only=True)
class Archives:
    """Where timetables are, and what reads them; ``bootstrap`` equips it.

    Attributes:
        store: Those of tenants.
        built_in: Those that come with the package.
    """

    store: TimetableStore
    built_in: Sequence[KeptTimetable]
    intake: Intake

    async def put(
        self, tenant_id: TenantId, name: str, body: bytes, form: TimetableFormat, defaults: FeedDefaults
    ) -> TimetableRecord:
        """Keep a new version of a timetable, and return it.

        Raises:
            InvalidRequest: names every fault; nothing was kept.
            RequestTooLarge: it passes a limit.
        """
        reader = _read_ours if form is TimetableFormat.OURS else partial(_read_feed, defaults=defaults)
        record = await self.intake.read(body, reader, beside=form is TimetableFormat.FEED)
        summary = await self.store.put(tenant_id, name, record)
        return TimetableRecord(summary=summary, document=record.document, warnings=record.warnings)

    async def get(self, tenant_id: TenantId, name: str, version: int | None) -> TimetableRecord:
        """Return a timetable of the tenant, else the built-in one of this name.

        Raises:
            TimetableNotFound: there is none.
        """
        try:
            return await self.store.get(tenant_id, name, version)
        except TimetableNotFound:
            kept = next((each for each in self.built_in if each.use.name == name), None)
            if kept is None or version is not None:
                raise
        return TimetableRecord(summary=_summary(kept), document=kept.document)

    async def list_timetables(self, tenant_id: TenantId) -> tuple[TimetableSummary, ...]:
        """Return those of the tenant and the built-in ones, by name; its own win over built-in ones."""
        own = await self.store.list_timetables(tenant_id)
        names = {each.use.name for each in own}
        others = [_summary(kept) for kept in self.built_in if kept.use.name not in names]
        return tuple(sorted([*own, *others], key=lambda each: each.use.name))

    async def named_in(self, body: bytes, tenant_id: TenantId) -> tuple[KeptTimetable, ...]:
        """Return those timetables that a plan request, or the request in a check, names, as far as there are any."""
        if b'"timetables"' not in body:
            return ()
        names = await self.intake.read(body, _named)
        own = await self.store.newest(tenant_id, [name for name in names if TIMETABLE_NAME.fullmatch(name)])
        missing = set(names) - {kept.use.name for kept in own}
        return (*own, *(kept for kept in self.built_in if kept.use.name in missing))


def resolve(request: bytes, workshop: Workshop, stock: Sequence[KeptTimetable]) -> Resolved:
    """Return a plan request with the sailings of its timetables written into it.

    Raises:
        InvalidRequest: it has faults; a timetable that is not in the stock is one.
    """
    return resolve_plan_request(request, workshop.limits, workshop.land, stock)


def read_record(
    body: bytes, form: TimetableFormat, defaults: FeedDefaults, workshop: Workshop
) -> TimetableRecord:
    """Return a timetable as it would be kept, without a name.

    Raises:
        InvalidRequest: names every fault.
        RequestTooLarge: it passes a limit.
    """
    if form is TimetableFormat.OURS:
        return _read_ours(body, workshop)
    return _read_feed(body, workshop, defaults=defaults)


def _read_ours(body: bytes, workshop: Workshop) -> TimetableRecord:
    return _record(body, read_timetable(body), (), workshop)


def _read_feed(body: bytes, workshop: Workshop, *, defaults: FeedDefaults) -> TimetableRecord:
    network, warnings = workshop.feeds.read(body, defaults)
    document = network_bytes(network)
    return _record(document, read_timetable(document), warnings, workshop)


def _record(
    document: bytes, timetable: shapes.Timetable, warnings: Sequence[RequestWarning], workshop: Workshop
) -> TimetableRecord:
    at_sea = ports_at_sea(("ports",), to_network(timetable, workshop.land), workshop.land)
    return TimetableRecord(
        summary=TimetableSummary(
            use=TimetableUse(name="", version=None, sha256=hashlib.sha256(document).hexdigest()),
            title=timetable.title,
            ports=len(timetable.ports),
            lines=len(timetable.lines),
        ),
        document=document,
        warnings=warnings_bytes((*warnings, *at_sea)),
    )


def _summary(kept: KeptTimetable) -> TimetableSummary:
    timetable = read_timetable(kept.document)
    return TimetableSummary(
        use=kept.use, title=timetable.title, ports=len(timetable.ports), lines=len(timetable.lines)
    )


def _named(body: bytes, _workshop: Workshop) -> list[str]:
    """Return the names; where the body cannot be read, whoever reads it in earnest says why."""
    try:
        document = parse(body)
    except (InvalidRequest, RequestTooLarge):
        return []
    inner = document.get("request") if isinstance(document, dict) else None
    return names_of(document) or names_of(inner)

"""From the bytes of a replan to what has changed, or to everything that is wrong with it, all at once."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import orjson

from router.domain.ids import SailingId, StopId, VehicleId
from router.domain.problem import Problem
from router.domain.replans import Disruption
from router.domain.units import Instant
from router.errors import Fault, InvalidRequest
from router.wire import shapes
from router.wire.document import Json, parse, require_object
from router.wire.faults import refusal
from router.wire.ingest import Ingested, to_problem
from router.wire.limits import Limits
from router.wire.replan_faults import Followed, replan_faults
from router.wire.request import examine
from router.wire.siting import Land
from router.wire.structure import shape

DEFAULT_SECONDS = 3
"""How long a replan is searched for where it does not say: somebody is waiting for it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Replan:
    """What has changed.

    Attributes:
        request: The request of the day, JSON, with the stops added and the options of this search.
        ingested: What it means; the timetable is as it was.
        disruption: What this replan adds to what had changed before.
    """

    at: Instant
    request: bytes
    ingested: Ingested
    disruption: Disruption


def read_replan(body: bytes, request: bytes, followed: Followed, limits: Limits, land: Land) -> Replan:
    """Return what a JSON body says of a day, whose ``request`` was accepted before.

    Raises:
        InvalidRequest: with every fault, at most a hundred; not ``readable`` where the body is not JSON.
    """
    document = require_object(parse(body))
    given, faults = shape(shapes.ReplanRequest, document)
    day = orjson.loads(request)
    before, added = len(day.get("stops") or ()), _stops(document)
    whole = {**day, "stops": [*(day.get("stops") or ()), *added]}
    whole["options"] = _options(day, document)
    examined = examine(whole, limits, land)
    faults = [
        *faults,
        *replan_faults(document, followed),
        *_told_here(examined.faults, before, has_added=bool(added)),
    ]
    # What the shape says of added stops and options is said again by the examination of the whole.
    faults = list({(fault.pointer, fault.code): fault for fault in faults}.values())
    if given is None or examined.request is None or faults:
        raise refusal(faults)
    try:
        ingested = to_problem(examined.request, land)
    except InvalidRequest as error:
        raise refusal(list(_told_here(error.faults, before, has_added=bool(added)))) from None
    return Replan(
        at=given.at,
        request=orjson.dumps(whole),
        ingested=ingested,
        disruption=disruption_of(given, ingested.problem),
    )


def disruption_of(given: shapes.ReplanRequest, problem: Problem) -> Disruption:
    """Return what a replan without faults says: lines as their sailings, ends of shipments as both."""
    cancelled = {SailingId(name) for name in given.cancel_sailings}
    for closed in given.cancel_lines:
        line = next(line for line in problem.timetable.lines if line.id == closed.line_id)
        first = max(closed.start, given.at)
        cancelled |= {s.id for s in line.sailings if first <= s.departs <= closed.end}
    gone = set(given.remove_stops)
    withdrawn = {StopId(name) for name in gone if problem.has_stop(name)}
    for shipment in problem.shipments:
        if gone & {shipment.id, shipment.pickup, shipment.dropoff}:
            withdrawn |= {shipment.pickup, shipment.dropoff}
    return Disruption(
        cancelled=frozenset(cancelled),
        delayed={SailingId(one.sailing_id): one.departs for one in given.delay_sailings},
        withdrawn=frozenset(withdrawn),
        dropped=frozenset(map(VehicleId, given.drop_vehicles)),
    )


def _stops(document: dict[str, Json]) -> list[Json]:
    added = document.get("add_stops")
    return added if isinstance(added, list) else []


def _options(day: dict[str, Json], document: dict[str, Json]) -> dict[str, Json]:
    """Return the options of the new search: its own, else the seed and the cost of a change of the day's."""
    kept = {
        name: value for name, value in (day.get("options") or {}).items() if name in ("seed", "change_cost")
    }
    given = document.get("options")
    own = (
        {name: value for name, value in given.items() if value is not None} if isinstance(given, dict) else {}
    )
    return {**kept, "time_limit_seconds": DEFAULT_SECONDS, **own}


def _told_here(faults: Iterable[Fault], before: int, *, has_added: bool) -> Iterator[Fault]:
    """Yield the faults of the whole day as those of the replan, which has brought them in with its stops."""
    for fault in faults:
        parts = fault.pointer.split("/")
        if parts[1:2] == ["stops"] and len(parts) > 2 and parts[2].isdigit() and int(parts[2]) >= before:
            rest = ["add_stops", str(int(parts[2]) - before), *parts[3:]]
            yield Fault(
                pointer="/" + "/".join(rest), code=fault.code, detail=fault.detail, action=fault.action
            )
        elif parts[1:2] == ["options"]:
            yield fault
        else:  # without new stops it can only be that this version refuses what an earlier one has accepted
            pointer = "/add_stops" if has_added else ""
            yield Fault(pointer=pointer, code=fault.code, detail=fault.detail, action=fault.action)

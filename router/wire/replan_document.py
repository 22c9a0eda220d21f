"""What is kept of a replan beside the request of its day, as JSON: written and read by this service alone."""

from dataclasses import dataclass

import orjson

from router.domain.ids import SailingId, StopId, VehicleId
from router.domain.replans import Disruption, Loaded
from router.domain.units import Instant, Money


@dataclass(frozen=True, slots=True, kw_only=True)
class ReplanDocument:
    """What makes a plan a replan.

    Attributes:
        of: The id of the plan that was followed until ``at``.
        before: That plan: the ``plan`` member of its resource, JSON.
        disruption: Everything that has changed since the first plan of the day.
        loaded: What earlier replans knew to be on board.
        change_cost: As the options say it.
    """

    of: str
    at: Instant
    before: bytes
    disruption: Disruption
    loaded: tuple[Loaded, ...] = ()
    change_cost: Money | None = None


def replan_document_bytes(document: ReplanDocument) -> bytes:
    """Return it as JSON."""
    disruption = document.disruption
    return orjson.dumps(
        {
            "of": document.of,
            "at": document.at,
            "before": orjson.Fragment(document.before),
            "cancelled": sorted(disruption.cancelled),
            "delayed": dict(disruption.delayed),
            "withdrawn": sorted(disruption.withdrawn),
            "dropped": sorted(disruption.dropped),
            "loaded": [
                {"vehicle_id": one.vehicle_id, "trip": one.trip, "stop_ids": sorted(one.stop_ids)}
                for one in document.loaded
            ],
            "change_cost": document.change_cost,
        }
    )


def replan_document(body: bytes) -> ReplanDocument:
    """Return what ``replan_document_bytes`` was given."""
    said = orjson.loads(body)
    return ReplanDocument(
        of=said["of"],
        at=Instant(said["at"]),
        before=orjson.dumps(said["before"]),
        disruption=Disruption(
            cancelled=frozenset(map(SailingId, said["cancelled"])),
            delayed={SailingId(name): Instant(departs) for name, departs in said["delayed"].items()},
            withdrawn=frozenset(map(StopId, said["withdrawn"])),
            dropped=frozenset(map(VehicleId, said["dropped"])),
        ),
        loaded=tuple(
            Loaded(
                vehicle_id=VehicleId(one["vehicle_id"]),
                trip=one["trip"],
                stop_ids=frozenset(map(StopId, one["stop_ids"])),
            )
            for one in said["loaded"]
        ),
        change_cost=None if said["change_cost"] is None else Money(said["change_cost"]),
    )

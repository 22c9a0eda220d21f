"""What one vehicle fails by, and how findings of many vehicles become few reasons."""

from collections.abc import Iterable
from dataclasses import dataclass

from router.domain.fleet import Vehicle
from router.domain.ids import VehicleId
from router.domain.plan import Reason, ReasonCode


@dataclass(frozen=True, slots=True)
class Finding:
    """Why a stop cannot go with a vehicle.

    Attributes:
        short_by: By how much it fails, in the unit of its code; of several the nearest miss is told.
        detail: The same in words, with the numbers that show it.
        kind: What of several things that have one code in common.
    """

    code: ReasonCode
    short_by: float
    detail: str
    kind: str = ""


def reasons(findings: Iterable[tuple[Vehicle, Finding]]) -> tuple[Reason, ...]:
    """Return one reason for each code and kind, with all vehicles it holds for and the words of the nearest miss."""
    alike: dict[tuple[ReasonCode, str], list[tuple[VehicleId, Finding]]] = {}
    for vehicle, finding in findings:
        alike.setdefault((finding.code, finding.kind), []).append((vehicle.id, finding))
    return tuple(
        Reason(
            code=code,
            vehicle_ids=tuple(vehicle_id for vehicle_id, _ in found),
            detail=min((finding for _, finding in found), key=lambda finding: finding.short_by).detail,
        )
        for (code, _), found in alike.items()
    )

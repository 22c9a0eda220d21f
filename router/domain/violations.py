"""What the referee says."""

from dataclasses import dataclass

from router.domain.ids import VehicleId


@dataclass(frozen=True, slots=True, kw_only=True)
class Violation:
    """One rule broken at one place.

    Attributes:
        rule: The name of the rule: the module under ``checking/`` that holds it.
        vehicle_id: The route concerned, or ``None`` for the whole plan.
        step: Index of the step in that route, or ``None`` for the whole route or plan.
        expected: What the rule wants, for people.
        actual: What the plan says, for people.
    """

    rule: str
    vehicle_id: VehicleId | None
    step: int | None
    expected: str
    actual: str

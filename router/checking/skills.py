"""Skills: a vehicle provides everything that its stops require."""

from collections.abc import Iterator

from router.checking.case import Case, Finding


def skills(case: Case) -> Iterator[Finding]:
    """Yield every stop that is served without a skill it requires."""
    for visit in case.visits():
        missing = visit.stop.requires - visit.vehicle.provides
        if missing:
            yield Finding(
                visit.vehicle.id,
                visit.index,
                f"a vehicle with {', '.join(sorted(visit.stop.requires))} for stop {visit.stop.id}",
                f"{visit.vehicle.id} lacks {', '.join(sorted(missing))}",
            )

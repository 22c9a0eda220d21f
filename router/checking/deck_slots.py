"""Deck slots: the vehicles on one sailing take no more deck than it has."""

from collections import defaultdict
from collections.abc import Iterator

from router.checking.case import Boarded, Case, Finding
from router.domain.ids import SailingId


def deck_slots(case: Case) -> Iterator[Finding]:
    """Yield every sailing that is asked to carry more than its deck holds."""
    aboard: dict[SailingId, list[Boarded]] = defaultdict(list)
    for boarding in case.boardings():
        aboard[boarding.sailing.id].append(boarding)
    for sailing_id, boardings in aboard.items():
        room = boardings[0].sailing.deck_slots
        taken = sum(boarding.vehicle.conveyance.deck_slots for boarding in boardings)
        if room is not None and taken > room:
            names = ", ".join(f"{b.vehicle.id} ({b.vehicle.conveyance.deck_slots})" for b in boardings)
            yield Finding(
                None, None, f"at most {room} deck slots on sailing {sailing_id}", f"{taken} taken by {names}"
            )

"""What a road engine knew of a request, and its caller should know as well: places far from roads, or without."""

from collections.abc import Iterator, Mapping

import numpy as np

from router.domain.ids import IslandId, PlaceId, Profile
from router.domain.travel_choice import NO_ROAD, InlineMatrices, TravelChoice
from router.travel.matrix import Block, TravelMatrix
from router.wire import shapes
from router.wire.faults import Path, RequestWarning, WarningCode, warning

MOST_NAMED = 50
"""No answer names more places without roads, nor more far from them; the last warning counts the others."""

EXAMPLES = 3


def road_hints(
    request: shapes.PlanRequest, choice: TravelChoice, matrix: TravelMatrix
) -> Iterator[RequestWarning]:
    """Warn of places that the engine moved to a road far away, and of those that no road joins to others.

    Callers who bring their own matrices know what they say.
    """
    if isinstance(choice, InlineMatrices):
        return
    paths = _paths(request)
    yield from _at_most(WarningCode.FAR_FROM_ROAD, list(_far(matrix, paths)))
    without = (
        hint
        for (profile, mass), block in matrix.blocks.items()
        for hint in _without_roads(profile, mass, block, paths)
    )
    yield from _at_most(WarningCode.NO_ROAD, list(without))


def _paths(request: shapes.PlanRequest) -> dict[PlaceId, Path]:
    """Return where in the request each place says where it is; places of named timetables do not."""
    paths: dict[PlaceId, Path] = {}
    paths |= {depot.id: ("depots", index, "location") for index, depot in enumerate(request.depots)}
    paths |= {stop.id: ("stops", index, "location") for index, stop in enumerate(request.stops)}
    for index, shipment in enumerate(request.shipments):
        for end in ("pickup", "dropoff"):
            paths[f"{shipment.id}/{end}"] = ("shipments", index, end, "location")
    for index, port in enumerate(request.ferries.ports if request.ferries else ()):
        paths[port.id] = ("ferries", "ports", index, "location")
    return paths


def _far(matrix: TravelMatrix, paths: Mapping[PlaceId, Path]) -> Iterator[RequestWarning]:
    for far in matrix.far_places:
        detail = (
            f"{far.place} is {far.meters} m from the road that {matrix.source} takes it to be on for profile "
            f"{far.profile!r}; the way between counts for nothing"
        )
        yield warning(paths.get(far.place, ("timetables",)), WarningCode.FAR_FROM_ROAD, detail)


def _without_roads(
    profile: Profile, mass: IslandId, block: Block, paths: Mapping[PlaceId, Path]
) -> Iterator[RequestWarning]:
    """Name places until every pair without a road has one of its ends named: those with most such pairs first."""
    missing = block.seconds == NO_ROAD
    missing = missing | missing.T
    left = missing.sum(axis=1)
    while left.any():
        row = int(left.argmax())
        others = np.flatnonzero(missing[row])
        some = ", ".join(block.places[other] for other in others[:EXAMPLES])
        more = "" if len(others) <= EXAMPLES else ", …"
        detail = (
            f"no road for profile {profile!r} joins {block.places[row]} both ways to {len(others)} of "
            f"{len(block.places) - 1} other places of {mass}: {some}{more}"
        )
        yield warning(paths.get(block.places[row], ("timetables",)), WarningCode.NO_ROAD, detail)
        left[others] -= 1
        left[row] = 0
        missing[row, :] = missing[:, row] = False


def _at_most(code: WarningCode, hints: list[RequestWarning]) -> Iterator[RequestWarning]:
    yield from hints[:MOST_NAMED]
    if len(hints) > MOST_NAMED:
        yield warning(
            ("travel", "provider"), code, f"{len(hints) - MOST_NAMED} more such warnings are left out"
        )

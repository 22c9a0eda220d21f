"""Ids that a timetable and the rest of a request both use."""

from collections.abc import Iterator

from router.errors import Fault
from router.wire.document import Json, matches, shown
from router.wire.faults import FaultCode, Path, fault, pointer
from router.wire.references import DEPOTS, PORTS, STOPS, Named
from router.wire.timetable_expansion import Expansion

_LINES, _SAILINGS = Named("/ferries/lines/*"), Named("/ferries/lines/*/sailings/*")


def conflicts(document: Json, expansions: dict[Path, Expansion]) -> Iterator[Fault]:
    """Yield a fault for every port, line and sailing whose id is taken, pointing at the name of its timetable."""
    places, lines, sailings = (
        _taken(document, DEPOTS, *STOPS, PORTS),
        _taken(document, _LINES),
        _taken(document, _SAILINGS),
    )
    for path, expansion in expansions.items():
        added = (
            ("port", places, [port["id"] for port in expansion.ports]),
            ("line", lines, [line["id"] for line in expansion.lines]),
            ("sailing", sailings, [each["id"] for line in expansion.lines for each in line["sailings"]]),
        )
        for noun, taken, names in added:
            for name in names:
                if taken.setdefault(name, path) != path:
                    detail = (
                        f"{noun} {shown(name)} of this timetable is already the id of {pointer(taken[name])}"
                    )
                    yield fault(path, FaultCode.DUPLICATE_ID, detail)


def _taken(document: Json, *kinds: Named) -> dict[str, Path]:
    """Return what has each id."""
    return {
        name: path
        for kind in kinds
        for path, thing in matches(document, kind.pattern)
        for name in kind.names_of(thing)
        if name is not None
    }

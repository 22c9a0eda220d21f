"""Ids: each is used once, and each reference leads somewhere.

Works on the JSON document, so that one broken stop does not hide a dangling reference elsewhere. Where an id
that is declared cannot be read, references to its kind are not judged.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from router.errors import Fault
from router.wire.document import Json, matches, shown, values
from router.wire.faults import FaultCode, Path, fault, pointer
from router.wire.shapes.places import DROPOFF_SUFFIX, PICKUP_SUFFIX


@dataclass(frozen=True, slots=True)
class Named:
    """Things at ``pattern`` that have an ``id``; their names are that with each of the ``suffixes``."""

    pattern: str
    suffixes: tuple[str, ...] = ("",)

    def names_of(self, thing: Json) -> list[str | None]:
        """Return the names of one of them, ``None`` for each where its id cannot be read."""
        name = thing.get("id") if isinstance(thing, dict) else None
        return [name + suffix if isinstance(name, str) else None for suffix in self.suffixes]


DEPOTS, PORTS = Named("/depots/*"), Named("/ferries/ports/*")
STOPS = (Named("/stops/*"), Named("/shipments/*", (PICKUP_SUFFIX, DROPOFF_SUFFIX)))
"""Stops, and the two ends of each shipment."""

_VEHICLES, _SAILINGS = Named("/vehicles/*"), Named("/ferries/lines/*/sailings/*")
_ID_SPACES: tuple[tuple[Named, ...], ...] = (
    (DEPOTS, *STOPS, PORTS),
    (_VEHICLES,),
    (Named("/ferries/lines/*"),),
    (_SAILINGS,),
)
"""No two things of one space may have the same name."""


@dataclass(frozen=True, slots=True)
class Reference:
    """Values at ``pattern`` are names of one of the ``targets``."""

    pattern: str
    targets: tuple[Named, ...]
    code: FaultCode


_REFERENCES = (
    Reference("/vehicles/*/start", (DEPOTS,), FaultCode.UNKNOWN_DEPOT),
    Reference("/vehicles/*/end", (DEPOTS,), FaultCode.UNKNOWN_DEPOT),
    Reference("/vehicles/*/tickets/*", (_SAILINGS,), FaultCode.UNKNOWN_SAILING),
    Reference("/stops/*/allowed_vehicles/*", (_VEHICLES,), FaultCode.UNKNOWN_VEHICLE),
    Reference("/ferries/lines/*/from_port", (PORTS,), FaultCode.UNKNOWN_PORT),
    Reference("/ferries/lines/*/to_port", (PORTS,), FaultCode.UNKNOWN_PORT),
    Reference("/locks/*/vehicle_id", (_VEHICLES,), FaultCode.UNKNOWN_VEHICLE),
    Reference("/locks/*/stop_ids/*", STOPS, FaultCode.UNKNOWN_STOP),
)


def reference_faults(request: Json) -> list[Fault]:
    """Return a fault for every id used twice and every reference that leads nowhere."""
    named_twice = [fault for space in _ID_SPACES for fault in duplicates(request, space)]
    leading_nowhere = [fault for reference in _REFERENCES for fault in dangling(request, reference)]
    return [*named_twice, *_breaks_named_twice(request), *leading_nowhere]


def declared_names(request: Json, *kinds: Named) -> tuple[frozenset[str], bool]:
    """Return the names of all things of some kinds, and whether every one of them could be read."""
    lists = [things for kind in kinds for things in values(request, kind.pattern.removesuffix("/*"))]
    names = [name for kind in kinds for name in _names(request, kind)]
    readable = all(isinstance(things, list) for things in lists) and None not in names
    return frozenset(name for name in names if name is not None), readable


def _names(request: Json, kind: Named) -> list[str | None]:
    return [name for thing in values(request, kind.pattern) for name in kind.names_of(thing)]


def duplicates(request: Json, space: tuple[Named, ...]) -> list[Fault]:
    """Return a fault for everything that has the name of an earlier thing of the same space."""
    names = [name for kind in space for name in _names(request, kind)]
    if len(set(names)) == len(names):
        return []
    return _named_twice(
        (path, name)
        for kind in space
        for path, thing in matches(request, kind.pattern)
        for name in kind.names_of(thing)
    )


def _named_twice(named: Iterator[tuple[Path, str | None]]) -> list[Fault]:
    """Return one fault for each thing that has a name of an earlier one."""
    first: dict[str, Path] = {}
    faults: dict[Path, Fault] = {}
    for path, name in named:
        if name is not None and first.setdefault(name, path) != path and path not in faults:
            detail = f"{shown(name)} is already the id of {pointer(first[name])}"
            faults[path] = fault((*path, "id"), FaultCode.DUPLICATE_ID, detail)
    return list(faults.values())


def _breaks_named_twice(request: Json) -> Iterator[Fault]:
    """Yield breaks whose id another break of the same vehicle has."""
    for path, breaks in matches(request, "/vehicles/*/breaks"):
        if isinstance(breaks, list) and len(breaks) > 1:
            kind = Named("/*")
            yield from _named_twice(
                ((*path, *way), name)
                for way, rest in matches(breaks, kind.pattern)
                for name in kind.names_of(rest)
            )


def dangling(request: Json, reference: Reference) -> list[Fault]:
    """Return a fault for every name that leads nowhere, unless a name that is declared cannot be read."""
    said = values(request, reference.pattern)
    if not said:
        return []
    names, all_read = declared_names(request, *reference.targets)
    if not all_read or all(name in names for name in said if isinstance(name, str)):
        return []
    where = " or ".join(target.pattern.removesuffix("/*") for target in reference.targets)
    return [
        fault(path, reference.code, f"there is no {shown(name)} in {where}")
        for path, name in matches(request, reference.pattern)
        if isinstance(name, str) and name not in names
    ]

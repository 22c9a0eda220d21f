"""Ids: each is used once, and each reference leads somewhere.

Works on the JSON document, so that one broken stop does not hide a dangling reference elsewhere. Where an id
that is declared cannot be read, references to its kind are not judged.
"""

from dataclasses import dataclass

from router.errors import Fault
from router.wire.document import Json, matches, shown, values
from router.wire.faults import FaultCode, Path, fault, pointer


@dataclass(frozen=True, slots=True)
class _IdSpace:
    """Things of which no two may have the same id; patterns lead to the things, not to their ids."""

    patterns: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Reference:
    """Values at ``pattern`` are ids of things at ``target``."""

    pattern: str
    target: str
    code: FaultCode


_ID_SPACES = (
    _IdSpace(("/depots/*", "/stops/*", "/ferries/ports/*")),
    _IdSpace(("/shipments/*",)),
    _IdSpace(("/vehicles/*",)),
    _IdSpace(("/ferries/lines/*",)),
    _IdSpace(("/ferries/lines/*/sailings/*",)),
)
_REFERENCES = (
    _Reference("/vehicles/*/start", "/depots/*", FaultCode.UNKNOWN_DEPOT),
    _Reference("/vehicles/*/end", "/depots/*", FaultCode.UNKNOWN_DEPOT),
    _Reference("/vehicles/*/tickets/*", "/ferries/lines/*/sailings/*", FaultCode.UNKNOWN_SAILING),
    _Reference("/stops/*/allowed_vehicles/*", "/vehicles/*", FaultCode.UNKNOWN_VEHICLE),
    _Reference("/ferries/lines/*/from_port", "/ferries/ports/*", FaultCode.UNKNOWN_PORT),
    _Reference("/ferries/lines/*/to_port", "/ferries/ports/*", FaultCode.UNKNOWN_PORT),
    _Reference("/locks/*/vehicle_id", "/vehicles/*", FaultCode.UNKNOWN_VEHICLE),
    _Reference("/locks/*/stop_ids/*", "/stops/*", FaultCode.UNKNOWN_STOP),
)


def reference_faults(request: Json) -> list[Fault]:
    """Return a fault for every id used twice and every reference that leads nowhere."""
    return [fault for space in _ID_SPACES for fault in _duplicates(request, space)] + [
        fault for reference in _REFERENCES for fault in _dangling(request, reference)
    ]


def declared_ids(request: Json, pattern: str) -> tuple[frozenset[str], bool]:
    """Return the ids of the things at ``pattern``, and whether every one of them could be read."""
    ids = [_id_of(thing) for thing in values(request, pattern)]
    listed = all(isinstance(things, list) for things in values(request, pattern.removesuffix("/*")))
    return frozenset(name for name in ids if name is not None), listed and None not in ids


def _duplicates(request: Json, space: _IdSpace) -> list[Fault]:
    ids = [_id_of(thing) for pattern in space.patterns for thing in values(request, pattern)]
    if len(set(ids)) == len(ids):
        return []
    first: dict[str, Path] = {}
    faults = []
    for pattern in space.patterns:
        for path, thing in matches(request, pattern):
            name = _id_of(thing)
            if name is None:
                continue
            if name in first:
                detail = f"{shown(name)} is already the id of {pointer(first[name])}"
                faults.append(fault((*path, "id"), FaultCode.DUPLICATE_ID, detail))
            else:
                first[name] = path
    return faults


def _dangling(request: Json, reference: _Reference) -> list[Fault]:
    ids, all_read = declared_ids(request, reference.target)
    if not all_read or all(
        name in ids for name in values(request, reference.pattern) if isinstance(name, str)
    ):
        return []
    return [
        fault(path, reference.code, f"there is no {shown(name)} in {reference.target.removesuffix('/*')}")
        for path, name in matches(request, reference.pattern)
        if isinstance(name, str) and name not in ids
    ]


def _id_of(thing: Json) -> str | None:
    name = thing.get("id") if isinstance(thing, dict) else None
    return name if isinstance(name, str) else None

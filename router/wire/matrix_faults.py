"""Whether inline matrices fit the request: their size, their places, their profiles."""

from collections.abc import Iterator

from router.errors import Fault
from router.wire.document import Json, matches, shown, values
from router.wire.faults import FaultCode, Path, fault
from router.wire.references import DEPOTS, PORTS, STOPS, declared_names

_NAMED_AT_MOST = 5


def matrix_faults(request: Json) -> list[Fault]:
    """Return every way in which the matrices of the request do not fit it."""
    faults: list[Fault] = []
    needed = _needed_places(request)
    for path, matrix in _matrices(request):
        places = matrix.get("places")
        if isinstance(places, list):
            faults += _wrong_sizes(path, matrix, len(places))
            faults += _named_twice(path, places)
            faults += _missing(path, places, needed)
    return [*faults, *_missing_profiles(request)]


def _matrices(request: Json) -> Iterator[tuple[Path, dict[str, Json]]]:
    for pattern in ("/travel/matrix", "/travel/matrices/{}"):
        for path, matrix in matches(request, pattern):
            if isinstance(matrix, dict):
                yield path, matrix


def _needed_places(request: Json) -> list[str]:
    used_ports = {
        name
        for pattern in ("/ferries/lines/*/from_port", "/ferries/lines/*/to_port")
        for name in values(request, pattern)
        if isinstance(name, str)
    }
    ports, _ = declared_names(request, PORTS)
    others, _ = declared_names(request, DEPOTS, *STOPS)
    return sorted(others | (used_ports & ports))


def _wrong_sizes(path: Path, matrix: dict[str, Json], size: int) -> Iterator[Fault]:
    for name in ("seconds", "meters"):
        rows = matrix.get(name)
        if not isinstance(rows, list):
            continue
        if len(rows) != size:
            detail = f"{len(rows)} rows for {size} places"
            yield fault((*path, name), FaultCode.MATRIX_SIZE, detail)
        for index, row in enumerate(rows[:size]):
            if isinstance(row, list) and len(row) != size:
                detail = f"{len(row)} columns for {size} places"
                yield fault((*path, name, index), FaultCode.MATRIX_SIZE, detail)


def _named_twice(path: Path, places: list[Json]) -> Iterator[Fault]:
    first: dict[str, int] = {}
    for index, name in enumerate(places):
        if isinstance(name, str) and first.setdefault(name, index) != index:
            detail = f"{shown(name)} already names row {first[name]}"
            yield fault((*path, "places", index), FaultCode.DUPLICATE_ID, detail)


def _missing(path: Path, places: list[Json], needed: list[str]) -> Iterator[Fault]:
    named = {name for name in places if isinstance(name, str)}
    missing = [name for name in needed if name not in named]
    if missing:
        some = ", ".join(map(shown, missing[:_NAMED_AT_MOST])) + (
            " …" if len(missing) > _NAMED_AT_MOST else ""
        )
        detail = f"{len(missing)} of the places needed are missing: {some}"
        yield fault((*path, "places"), FaultCode.MATRIX_MISSES_PLACE, detail)


def _missing_profiles(request: Json) -> Iterator[Fault]:
    profiles = sorted({p for p in values(request, "/vehicles/*/profile") if isinstance(p, str)})
    for path, matrices in matches(request, "/travel/matrices"):
        if isinstance(matrices, dict) and matrices:
            for profile in profiles:
                if profile not in matrices:
                    yield fault(
                        path,
                        FaultCode.MATRIX_MISSES_PROFILE,
                        f"there is no matrix for profile {shown(profile)}",
                    )
